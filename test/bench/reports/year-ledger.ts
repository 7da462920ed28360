/**
 * A clinic's year: bookings of five subsystems in fifty pools, ten of them of beds, with waits, late starts and missed
 * appointments, spread evenly over the 365 days before now and a little ahead. Made by a formula, without chance.
 */
import type { EntryPayloads } from '../../../src/main/ledger/index.ts';
import { batchId, poolId, workKindId } from '../../../src/shared/ids.ts';
import { sameText } from '../../../src/shared/domain/local-text.ts';
import { SUBSYSTEM_IDS } from '../../../src/shared/domain/subsystem.ts';
import { URGENCY_CLASSES } from '../../../src/shared/domain/urgency.ts';
import { accept } from '../../../src/shared/result.ts';
import { DAY, HOUR, instant, milli, seconds } from '../../../src/shared/units.ts';
import {
  need,
  roomPool,
  scanKind,
  scanTask,
  setUpClinic,
  staffMember,
} from '../../support/ledger/clinic-rows.ts';
import { accepted } from '../../support/ledger/temporary-ledger.ts';
import type { TemporaryLedger } from '../../support/ledger/temporary-ledger.ts';
import { keptLedger, settleDays } from '../ledger/big-ledger.ts';

export const POOLS = 50;
const PER_COMMAND = 20_000;
/** Every fifth pool. */
const BEDS_EVERY = 5;

/** @param cache  a folder outside the project that keeps ledgers for the next run; null keeps none */
export function yearLedger(allocations: number, cache: string | null): Promise<TemporaryLedger> {
  return keptLedger(`year-${allocations}`, cache, async (books) => {
    await setUp(books);
    const now = books.clock.now;
    const apart = (365 * DAY) / allocations;
    for (let done = 0; done < allocations; done += PER_COMMAND) {
      const batch = batchId(`batch-${done}`);
      const until = Math.min(allocations, done + PER_COMMAND);
      const reply = await books.ledger.write(books.command(), (tx) => {
        for (let index = done; index < until; index += 1) {
          tx.append('task-imported', finishedTask(index, Math.floor(now - 365 * DAY + index * apart), batch));
        }
        const payload = { batchId: batch, source: 'bench', mapping: null, counts: { taken: until - done } };
        return accept(tx.append('import-committed', payload));
      });
      accepted(reply);
    }
  });
}

/** The same with its days settled. */
export async function settledYearLedger(
  allocations: number,
  cache: string | null = null,
): Promise<TemporaryLedger> {
  const books = await yearLedger(allocations, cache);
  await settleDays(books);
  return books;
}

async function setUp(books: TemporaryLedger): Promise<void> {
  await setUpClinic(books);
  const member = staffMember();
  await books.append('person-changed', { staffId: member.id });
  const weekday = [{ fromMinute: 360, toMinute: 1320 }];
  for (let index = 0; index < POOLS; index += 1) {
    const isBeds = index % BEDS_EVERY === 0;
    await books.append(
      'pool-set',
      roomPool({
        id: poolId(`pool-${index}`),
        name: sameText(`Pool ${index}`),
        template: isBeds ? 'bed' : 'room',
        kind: 'divisible',
        units: [],
        capacityMilli: milli(4000),
        weeklyHours: isBeds ? null : Array.from({ length: 7 }, () => weekday),
      }),
    );
  }
  for (const subsystem of SUBSYSTEM_IDS) {
    await books.append('work-kind-set', scanKind({ id: workKindId(`kind-${subsystem}`), subsystem }));
  }
}

/** @param index  decides whose work it is, where, and how it went */
function finishedTask(
  index: number,
  plannedAt: number,
  batch: ReturnType<typeof batchId>,
): EntryPayloads['task-imported'] {
  const subsystem = SUBSYSTEM_IDS[index % SUBSYSTEM_IDS.length] ?? 'records';
  const isMissed = index % 29 === 0;
  const plannedEnd = plannedAt + 900 + (index % 7) * 600;
  const start = plannedAt + (index % 11) * 67 - 120;
  const end = start + 800 + ((index * 13) % 71) * 60;
  const actual = { start: instant(start), end: instant(end) };
  const submittedAt = instant(
    plannedAt - 600 - ((index * 7919) % (3 * HOUR)) - (index % 17 === 0 ? 2 * DAY : 0),
  );
  const task = scanTask(`year-${index}`, {
    subsystem,
    workKindId: workKindId(`kind-${subsystem}`),
    urgency: URGENCY_CLASSES[index % URGENCY_CLASSES.length] ?? 4,
    needs: [need({ poolId: poolId(`pool-${(index * 7) % POOLS}`) })],
    durationSeconds: seconds(1800),
    submittedAt,
    earliestStart: submittedAt,
    state: isMissed ? 'missed' : 'finished',
    startedAt: isMissed ? null : actual.start,
    endedAt: isMissed ? instant(plannedEnd) : actual.end,
    batchId: batch,
  });
  const booked = { start: instant(plannedAt), end: instant(plannedEnd) };
  const windows = [{ booked, actual: isMissed ? null : actual, unitIds: [] }];
  return { task, note: null, sourceDigest: null, windows, isOpenEnded: false };
}
