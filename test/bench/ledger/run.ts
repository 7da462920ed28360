/**
 * `npm run bench:ledger [-- --entries 1000000 --cache FOLDER --json]`: what an append, a batch, an open, a proof and
 * the hot queries cost in a large ledger, as ratios to plain inserts by the same better-sqlite3 with the same settings in
 * the same run. Exit code 1 when something that must be reached is missed.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  isProven,
  listBookings,
  listTasks,
  listTasksInWindow,
  listUsedWork,
  openLedger,
  readEntries,
  verifyChain,
} from '../../../src/main/ledger/index.ts';
import { openForWriting } from '../../../src/main/ledger/connection.ts';
import { canonicalJson } from '../../../src/main/ledger/index.ts';
import { hashOfEntry, NO_HASH } from '../../../src/main/ledger/entry.ts';
import { unsettledDays } from '../../../src/main/usecases/clinic/settle-days.ts';
import { proveInThreads } from '../../../src/main/usecases/care/proof-client.ts';
import { accept } from '../../../src/shared/result.ts';
import { taskId } from '../../../src/shared/ids.ts';
import { instant } from '../../../src/shared/units.ts';
import { planOf, roomFor, scanTask, submitted } from '../../support/ledger/clinic-rows.ts';
import { accepted } from '../../support/ledger/temporary-ledger.ts';
import type { TemporaryLedger } from '../../support/ledger/temporary-ledger.ts';
import { bigLedger } from './big-ledger.ts';
import { ratioInGroups, Results, timeInTurns, timeMs, timesOf } from './measure.ts';

const DAY = 86_400;
const ROUNDS = 300;
const BATCH = 1000;
const BATCH_ROUNDS = 50;
/** Plain inserts fill the WAL file in about two rounds, batches with projections in less than one. */
const BATCH_GROUP = 10;
const HASH_BYTES = 32;

const { values } = parseArgs({
  options: {
    entries: { type: 'string', default: '1000000' },
    cache: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const ENTRIES = Number(values.entries);

const results = new Results(values.json);

/** A table of its own with one plain row per insert, as large as the ledger, under the ledger's settings. */
function plainTable(books: TemporaryLedger, name: string) {
  const connection = openForWriting(join(books.folder, name));
  connection.exec('CREATE TABLE rows (id INTEGER PRIMARY KEY, payload TEXT NOT NULL) STRICT');
  const insert = connection.prepare<[string]>('INSERT INTO rows (payload) VALUES (?)');
  return { connection, insert };
}

function planForOne(books: TemporaryLedger, round: number) {
  const id = `wait-${round}`;
  const changes = [{ taskId: taskId(id), allocation: roomFor(id, books.clock.now + round * 600) }];
  return planOf(books.keys.digest('plan'), books.clock.now, { changes });
}

async function measureAppend(books: TemporaryLedger): Promise<void> {
  const plain = plainTable(books, 'plain-appends.db');
  const payload = canonicalJson(planForOne(books, 0));
  accepted(
    await books.ledger.write(books.command(), (tx) => {
      for (let round = 0; round < ROUNDS; round += 1)
        tx.append('task-submitted', submitted(scanTask(`wait-${round}`)));
      return accept(null);
    }),
  );
  const plans = Array.from({ length: ROUNDS }, (_, round) => planForOne(books, round));
  const [append, insert] = await timeInTurns(
    ROUNDS,
    (round) => books.append('plan-adopted', plans[round] ?? planForOne(books, round)),
    () => plain.insert.run(payload),
  );
  results.note('one plain durable insert, median ms', insert.medianMs.toFixed(3));
  results.note('one plain durable insert, mean ms', insert.meanMs.toFixed(3));
  const what = 'durable append of one allocation ÷ one plain durable insert';
  results.add({
    what: `${what}, median`,
    measured: append.medianMs / insert.medianMs,
    unit: '×',
    budget: 1.6,
    isRate: false,
  });
  results.add({
    what: `${what}, mean`,
    measured: append.meanMs / insert.meanMs,
    unit: '×',
    budget: 2,
    isRate: false,
  });
  plain.connection.close();
}

/** What an entry takes in the file, its projections and indexes included. */
function bytesPerEntry(books: TemporaryLedger): number {
  const size = books.ledger.db.get<{ bytes: number }>(
    `SELECT c.page_count * s.page_size AS bytes FROM pragma_page_count c, pragma_page_size s`,
  );
  return Math.round((size?.bytes ?? 0) / books.ledger.head().seq);
}

/** Entry and hash alone: the same chain in a table of its own, without projections. */
async function measureBatches(books: TemporaryLedger): Promise<void> {
  const plain = plainTable(books, 'plain-batches.db');
  plain.connection
    .exec(`CREATE TABLE chain (seq INTEGER PRIMARY KEY, header TEXT NOT NULL, payload TEXT NOT NULL,
    prev_hash BLOB NOT NULL, hash BLOB NOT NULL) STRICT`);
  const chained = plain.connection.prepare('INSERT INTO chain VALUES (?, ?, ?, ?, ?)');
  const [sample] = readEntries(books.ledger.db, Math.floor(ENTRIES / 2), 1);
  if (!sample) throw new Error('no entry');
  const chainRow = sample.payload.padEnd(sample.payload.length + sample.site.length + 2 * HASH_BYTES);
  const wholeRow = sample.payload.padEnd(bytesPerEntry(books));
  let seq = 0;
  let previousHash = NO_HASH;
  const plainBatch = (payload: string) => {
    plain.connection.exec('BEGIN IMMEDIATE');
    for (let row = 0; row < BATCH; row += 1) plain.insert.run(payload);
    plain.connection.exec('COMMIT');
  };
  const chainBatch = () => {
    const value: unknown = JSON.parse(sample.payload);
    plain.connection.exec('BEGIN IMMEDIATE');
    for (let row = 0; row < BATCH; row += 1) {
      seq += 1;
      const text = canonicalJson(value);
      const hash = hashOfEntry({ ...sample, seq, payload: text, previousHash });
      chained.run(seq, sample.site, text, Buffer.from(previousHash, 'hex'), Buffer.from(hash, 'hex'));
      previousHash = hash;
    }
    plain.connection.exec('COMMIT');
  };
  const projected = async (round: number) => {
    const start = books.clock.now;
    accepted(
      await books.ledger.write(books.command(), (tx) => {
        for (let row = 0; row < BATCH; row += 1) {
          const startedAt = instant(start + row * 60);
          const endedAt = instant(startedAt + 900);
          const task = scanTask(`b-${round}-${row}`, { state: 'finished', startedAt, endedAt });
          const window = { booked: null, actual: { start: startedAt, end: endedAt }, unitIds: [] };
          tx.append('task-imported', {
            task,
            note: null,
            sourceDigest: null,
            windows: [window],
            isOpenEnded: false,
          });
        }
        return accept(null);
      }),
    );
  };
  const [chain, plainFirst] = await timeInTurns(BATCH_ROUNDS, chainBatch, () => plainBatch(chainRow));
  const [full, plainSecond] = await timeInTurns(BATCH_ROUNDS, projected, () => plainBatch(wholeRow));
  results.note('one batch with projections, mean ms', full.meanMs.toFixed(1));
  results.note('plain inserts of its bytes, mean ms', plainSecond.meanMs.toFixed(1));
  const what = `batch of ${BATCH} ÷ plain inserts of the same bytes`;
  results.add({
    what: `${what}, entry and hash`,
    measured: ratioInGroups(chain, plainFirst, BATCH_GROUP),
    unit: '×',
    budget: 3,
    isRate: false,
  });
  results.add({
    what: `${what}, with projections`,
    measured: ratioInGroups(full, plainSecond, BATCH_GROUP),
    unit: '×',
    budget: 8,
    isRate: false,
  });
  plain.connection.close();
}

async function medianOpenMs(books: TemporaryLedger): Promise<number> {
  const samples: number[] = [];
  for (let round = 0; round < 9; round += 1) {
    await books.ledger.close();
    samples.push(
      await timeMs(async () => {
        books.ledger = accepted(await openLedger({ path: books.path, clock: books.clock }));
      }),
    );
  }
  return timesOf(samples).medianMs;
}

async function measureOpen(books: TemporaryLedger): Promise<void> {
  const small = await bigLedger(1000);
  const ratio = (await medianOpenMs(books)) / (await medianOpenMs(small));
  await small.dispose();
  results.add({
    what: `open and verify head, ${ENTRIES} entries ÷ 1000`,
    measured: ratio,
    unit: '×',
    budget: 1.5,
    isRate: false,
  });
}

/** Wall time, and the processor time of all threads: on a busy machine the second one says more. */
async function timed(work: () => unknown): Promise<{ readonly ms: number; readonly cpuMs: number }> {
  const before = process.cpuUsage();
  const ms = await timeMs(work);
  const { user, system } = process.cpuUsage(before);
  return { ms, cpuMs: (user + system) / 1000 };
}

async function measureProofs(books: TemporaryLedger): Promise<void> {
  const { seq } = books.ledger.head();
  const perSecond = (ms: number): number => Math.round((seq / ms) * 1000);
  const chain = await timed(() => verifyChain(books.ledger.db));
  results.note('verify the chain, entries per second of processor time', perSecond(chain.cpuMs));
  results.add({
    what: 'verify the chain',
    measured: perSecond(chain.ms),
    unit: 'entries/s',
    budget: 150_000,
    isRate: true,
  });
  const proof = await timed(async () => {
    const proven = await proveInThreads(books.path);
    if (!isProven(proven)) throw new Error(`not proven: ${JSON.stringify(proven).slice(0, 600)}`);
  });
  results.note('full proof, entries per second of processor time', perSecond(proof.cpuMs));
  results.add({
    what: 'full proof with rebuild and comparison, on two threads',
    measured: perSecond(proof.ms),
    unit: 'entries/s',
    budget: 30_000,
    isRate: true,
  });
}

/** Settles every day that is over, as the application does in the minutes after it is opened. */
async function settleDays(books: TemporaryLedger): Promise<void> {
  const days = unsettledDays(books.ledger.db, books.clock.now, 'Asia/Shanghai');
  const ms = await timeMs(async () => {
    for (let done = 0; done < days.length; done += 8) {
      accepted(await books.ledger.settle(days.slice(done, done + 8)));
    }
  });
  results.note('days settled', days.length);
  results.note('settling one day, mean ms', (ms / Math.max(1, days.length)).toFixed(2));
}

async function measureQueries(books: TemporaryLedger): Promise<void> {
  await settleDays(books);
  const { db } = books.ledger;
  const { now } = books.clock;
  const today = { from: instant(now - DAY / 2), to: instant(now + DAY / 2) };
  const year = { from: instant(now - 365 * DAY), to: now };
  const page = { offset: 0, limit: 100, direction: 'backward' as const };
  const queries = [
    { what: 'tasks of today', run: () => listTasksInWindow(db, today) },
    { what: 'bookings of today', run: () => listBookings(db, today) },
    {
      what: 'first page of a task list',
      run: () => listTasks(db, { subsystems: ['imaging'], states: ['finished'] }, page),
    },
    { what: 'utilization of a year: work used per pool and subsystem', run: () => listUsedWork(db, year) },
  ];
  for (const { what, run } of queries) {
    const [times] = await timeInTurns(15, run, () => null);
    results.add({ what, measured: times.medianMs, unit: 'ms', budget: 16, isRate: false });
  }
}

const books = await bigLedger(ENTRIES, values.cache ?? null);
try {
  results.note('entries', books.ledger.head().seq);
  await measureQueries(books);
  await measureAppend(books);
  await measureBatches(books);
  await measureOpen(books);
  await measureProofs(books);
} finally {
  await books.dispose();
}
results.end();
