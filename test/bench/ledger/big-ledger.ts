/**
 * A ledger with very many finished allocations, spread evenly over the years before now. Making a million takes
 * minutes: a folder to keep them in makes the next run begin with a copy.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findClinic } from '../../../src/main/ledger/index.ts';
import { MIGRATIONS } from '../../../src/main/ledger/migrations/index.ts';
import { syncFile } from '../../../src/main/ledger/sync-file.ts';
import { unreportedDays, unsettledDays } from '../../../src/main/usecases/clinic/settle-days.ts';
import { dayBasis, MEASURED_AS, measureSettledDay } from '../../../src/main/usecases/reports/report-days.ts';
import { accept } from '../../../src/shared/result.ts';
import { batchId } from '../../../src/shared/ids.ts';
import { instant } from '../../../src/shared/units.ts';
import { scanTask, setUpClinic } from '../../support/ledger/clinic-rows.ts';
import { accepted, TemporaryLedger } from '../../support/ledger/temporary-ledger.ts';

/** A kept ledger of another form is not the one to measure. */
const FORM = MIGRATIONS.map(({ version }) => version).join('-');

const PER_COMMAND = 20_000;
/** One allocation every 250 seconds: a million of them are eight years. */
const APART_SECONDS = 250;

/**
 * @param entries  how many entries the ledger has in the end, at least the few that set it up
 * @param cache  a folder outside the project that keeps ledgers for the next run; null keeps none
 */
export async function bigLedger(entries: number, cache: string | null = null): Promise<TemporaryLedger> {
  return keptLedger(`history-${entries}`, cache, async (books) => {
    await setUpClinic(books);
    await addHistory(books, entries);
  });
}

/** The same with its days settled, as they are a few minutes after such a ledger is first opened. */
export async function settledLedger(entries: number, cache: string | null = null): Promise<TemporaryLedger> {
  return keptLedger(`settled-${entries}-as-${MEASURED_AS}`, cache, async (books) => {
    await setUpClinic(books);
    await addHistory(books, entries);
    await settleDays(books);
  });
}

/** Sums every day that is over, as the application does in the background. */
export async function settleDays({ ledger, clock }: TemporaryLedger): Promise<void> {
  const zone = findClinic(ledger.db)?.timeZone ?? 'UTC';
  for (const day of unsettledDays(ledger.db, clock.now, zone)) accepted(await ledger.settle([day]));
  const basis = dayBasis(ledger.db, zone);
  const days = unreportedDays(ledger.db, clock.now, basis);
  accepted(await ledger.settleReports(days, (db, day) => measureSettledDay(db, day, basis, clock.now)));
}

/** A ledger that `fill` fills, or the copy of one that an earlier run of the same form has filled. */
export async function keptLedger(
  name: string,
  cache: string | null,
  fill: (books: TemporaryLedger) => Promise<void>,
): Promise<TemporaryLedger> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const kept = cache === null ? null : join(cache, `${name}-form-${FORM}`);
  if (kept !== null && existsSync(kept)) {
    cpSync(kept, folder, { recursive: true });
    return openAtRest(folder);
  }
  const books = await TemporaryLedger.open(folder);
  await fill(books);
  if (kept === null) {
    await books.close();
    return openAtRest(folder);
  }
  await books.close();
  mkdirSync(cache ?? '', { recursive: true });
  cpSync(folder, `${kept}.part`, { recursive: true });
  renameSync(`${kept}.part`, kept);
  return openAtRest(folder);
}

/** Once everything is on the disk: the first sync that is measured would otherwise wait for what was just copied. */
async function openAtRest(folder: string): Promise<TemporaryLedger> {
  for (const name of readdirSync(folder)) syncFile(join(folder, name));
  return TemporaryLedger.open(folder);
}

async function addHistory(books: TemporaryLedger, entries: number): Promise<void> {
  const first = books.clock.now - (entries + 10) * APART_SECONDS;
  for (let done = books.ledger.head().seq; done < entries; done = books.ledger.head().seq) {
    const batch = batchId(`batch-${done}`);
    const count = Math.min(PER_COMMAND, entries - done) - 1;
    const reply = await books.ledger.write(books.command(), (tx) => {
      for (let index = done; index < done + count; index += 1) {
        const start = instant(first + index * APART_SECONDS);
        const end = instant(start + 900 + (index % 7) * 600);
        const task = scanTask(`history-${index}`, {
          state: 'finished',
          startedAt: start,
          endedAt: end,
          batchId: batch,
        });
        const windows = [{ booked: { start, end }, actual: { start, end }, unitIds: [] }];
        tx.append('task-imported', { task, note: null, sourceDigest: null, windows, isOpenEnded: false });
      }
      const payload = { batchId: batch, source: 'bench', mapping: null, counts: { taken: count } };
      return accept(tx.append('import-committed', payload));
    });
    accepted(reply);
  }
}
