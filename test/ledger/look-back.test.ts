import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  countTasks,
  findClinic,
  findPathwayChain,
  findPatient,
  findPeriod,
  findTask,
  listBookings,
  listEntries,
  listImports,
  listOpenTasks,
  listPools,
  listPreemptions,
  listReasons,
  listSettings,
  listStaff,
  listTaskHistory,
  listTasks,
  listTasksInWindow,
  listUsedWork,
  listWaitCauses,
  listWorkKinds,
  openLookBack,
  readEntries,
} from '../../src/main/ledger/index.ts';
import type { LookBackAt, LookBackBy, ReadDb } from '../../src/main/ledger/index.ts';
import { openScratch } from '../../src/main/ledger/connection.ts';
import { readHandle, writeHandle } from '../../src/main/ledger/handles.ts';
import { migrate } from '../../src/main/ledger/migrations/index.ts';
import { PROJECTION_TABLES, TASK_TABLES } from '../../src/main/ledger/projections/tables.ts';
import { replayEntry } from '../../src/main/ledger/replay.ts';
import { batchId, pathwayId, taskId } from '../../src/shared/ids.ts';
import { accept } from '../../src/shared/result.ts';
import { instant } from '../../src/shared/units.ts';
import {
  adopt,
  moved,
  planOf,
  ROOM,
  roomFor,
  roomPool,
  SCAN,
  scanTask,
  setUpClinic,
  submitted,
} from '../support/ledger/clinic-rows.ts';
import { RandomHistory, steps } from '../support/ledger/random-history.ts';
import { accepted, TemporaryLedger } from '../support/ledger/temporary-ledger.ts';

const HOUR = 3600;
const WIDE = { from: instant(1_700_000_000), to: instant(1_900_000_000) };

/** Everything a screen could ask, except what was erased since: notes. */
function everything(db: ReadDb, at: number): unknown {
  const tasks = listTasks(db, {}, { offset: 0, limit: 1000, direction: 'forward' });
  const withoutNote = (records: typeof tasks) => records.map((record) => ({ ...record, note: null }));
  return {
    clinic: findClinic(db),
    pools: listPools(db, instant(at)),
    workKinds: listWorkKinds(db),
    staff: listStaff(db),
    settings: listSettings(db),
    imports: listImports(db),
    tasks: withoutNote(tasks),
    secondPage: withoutNote(
      listTasks(
        db,
        { subsystems: ['imaging'], states: ['finished'] },
        { offset: 1, limit: 2, direction: 'backward' },
      ),
    ),
    open: withoutNote(listOpenTasks(db)),
    inWindow: withoutNote(listTasksInWindow(db, WIDE)),
    reasons: listReasons(db),
    waitCauses: listWaitCauses(db, WIDE, instant(at)),
    counts: countTasks(db)
      .map((row) => `${row.subsystem} ${row.state} ${row.count}`)
      .sort(),
    bookings: listBookings(db, WIDE)
      .map((booking) => JSON.stringify(booking))
      .sort(),
    used: listUsedWork(db, WIDE),
    preemptions: listPreemptions(db, WIDE),
    period: findPeriod(db),
    entries: listEntries(db, {}, 1000),
    histories: tasks.map(({ task }) => listTaskHistory(db, task.id).map((entry) => entry.seq)),
  };
}

function lookAt<Seen>(path: string, asked: LookBackAt, look: (db: ReadDb, lastSeq: number) => Seen): Seen {
  const back = openLookBack(path, asked);
  try {
    return look(back.db, back.lastSeq);
  } finally {
    back.close();
  }
}

/** The naive way: empty tables, and every entry up to the last one applied. */
function replayedTo(books: TemporaryLedger, lastSeq: number, at: number): unknown {
  const scratch = openScratch();
  migrate(scratch, 0);
  scratch.pragma('foreign_keys = 0');
  const target = writeHandle(scratch);
  scratch.exec('DROP TRIGGER entries_continue_the_chain');
  scratch.prepare('ATTACH ? AS live').run(books.path);
  scratch.prepare('INSERT INTO main.entries SELECT * FROM live.entries WHERE seq <= ?').run(lastSeq);
  for (const entry of readEntries(books.ledger.db, 0, lastSeq)) replayEntry(target, entry);
  const seen = everything(readHandle(scratch), at);
  scratch.close();
  return seen;
}

let books: TemporaryLedger;
beforeEach(async () => {
  books = await TemporaryLedger.open();
});
afterEach(() => books.dispose());

test('by recorded time every query answers as it did then, after random histories', async () => {
  const property = fc.asyncProperty(
    steps,
    fc.array(fc.nat(1000), { minLength: 3, maxLength: 3 }),
    async (all, when) => {
      const own = await TemporaryLedger.open();
      try {
        await setUpClinic(own);
        own.clock.passSeconds(60);
        const first = own.clock.now;
        const history = new RandomHistory(own);
        for (const step of all) await history.apply(step);
        const span = own.clock.now - first;
        for (const share of when) {
          const at = first + Math.floor((span * share) / 1000);
          const asked = { at, by: 'recorded' as const };
          lookAt(own.path, asked, (db, lastSeq) => {
            expect(everything(db, at)).toEqual(replayedTo(own, lastSeq, at));
          });
        }
      } finally {
        await own.dispose();
      }
    },
  );
  await fc.assert(property, {
    numRuns: Number(process.env['LEDGER_HISTORIES'] ?? 8),
    seed: 20261119,
    endOnFailure: true,
  });
}, 120_000);

test('by effective time, when everything was entered at once, it is the same as by recorded time', async () => {
  await setUpClinic(books);
  books.clock.passSeconds(HOUR);
  await books.append('task-submitted', submitted(scanTask('t-1')));
  await adopt(books, [roomFor('t-1', books.clock.now + HOUR)]);
  const at = books.clock.now;
  books.clock.passSeconds(HOUR);
  await books.append('task-moved', moved('t-1', ['tentative', 'start', 'running'], books.clock.now));
  const seen = (by: LookBackBy) => lookAt(books.path, { at, by }, (db) => everything(db, at));
  expect(seen('effective')).toEqual(seen('recorded'));
});

describe('work that was entered later than it happened', () => {
  /** Confirmed at 11:20, begun at 11:50, both entered at 12:20: after the confirmation of another desk at 12:10. */
  async function enterLater(): Promise<{ begun: number; entered: number }> {
    await setUpClinic(books);
    await books.append('task-submitted', submitted(scanTask('t-1')));
    await adopt(books, [roomFor('t-1', books.clock.now + HOUR)]);
    books.clock.passSeconds(1.5 * HOUR);
    const begun = books.clock.now;
    books.clock.passSeconds(HOUR);
    await books.append('task-moved', moved('t-1', ['tentative', 'confirm', 'confirmed'], books.clock.now));
    books.clock.passSeconds(600);
    await books.append('task-moved', moved('t-1', ['confirmed', 'start', 'running'], begun), begun);
    return { begun, entered: books.clock.now };
  }
  const stateAt = (at: number, by: LookBackBy) =>
    lookAt(books.path, { at, by }, (db) => findTask(db, taskId('t-1'))?.task.state);

  test('shows by effective time what is known today, by recorded time what the ledger said', async () => {
    const { begun, entered } = await enterLater();
    expect([stateAt(begun - 1, 'effective'), stateAt(begun - 1, 'recorded')]).toEqual([
      'tentative',
      'tentative',
    ]);
    expect([stateAt(begun, 'effective'), stateAt(begun, 'recorded')]).toEqual(['running', 'tentative']);
    expect([stateAt(entered, 'effective'), stateAt(entered, 'recorded')]).toEqual(['running', 'running']);
  });

  test('shows imported history when it happened, although it was brought in later', async () => {
    await setUpClinic(books);
    const start = instant(books.clock.now - 40 * 24 * HOUR);
    const end = instant(start + HOUR);
    await books.ledger.write(books.command(), (tx) => {
      const batch = batchId('b-1');
      const task = scanTask('old', { state: 'finished', startedAt: start, endedAt: end, batchId: batch });
      const windows = [{ booked: null, actual: { start, end }, unitIds: [] }];
      const payload = { task, note: null, sourceDigest: null, windows, isOpenEnded: false };
      tx.append('task-imported', payload, { effective: end });
      return accept(
        tx.append('import-committed', { batchId: batch, source: 'x', mapping: null, counts: {} }),
      );
    });
    const ids = (at: number, by: LookBackBy) =>
      lookAt(books.path, { at, by }, (db) => listTasksInWindow(db, WIDE).map(({ task }) => task.id));
    expect(ids(end, 'effective')).toEqual(['old']);
    expect(ids(start - 1, 'effective')).toEqual([]);
    const running = lookAt(books.path, { at: end - 1, by: 'effective' }, (db) => ({
      state: findTask(db, taskId('old'))?.task.state,
      held: listBookings(db, WIDE).map(({ actualStart, actualEnd }) => [actualStart, actualEnd]),
    }));
    expect(running).toEqual({ state: 'running', held: [[start, null]] });
    expect(ids(end, 'recorded')).toEqual([]);
  });
});

test('an import that was taken back since is in the books of that day', async () => {
  await setUpClinic(books);
  const history = new RandomHistory(books);
  await history.apply({ what: 'import', pick: 3, minutes: 0 });
  const at = books.clock.now;
  books.clock.passSeconds(HOUR);
  await history.apply({ what: 'reverse', pick: 0, minutes: 0 });
  const count = (by: LookBackBy) => lookAt(books.path, { at, by }, (db) => countTasks(db)[0]?.count ?? 0);
  expect(count('recorded')).toBe(3);
  expect(count('effective')).toBe(0);
});

test('why a task waited comes back, although the plan that said so moved no window', async () => {
  await setUpClinic(books);
  await books.append('task-submitted', submitted(scanTask('t-1')));
  const reasonAt = async (hours: number) => {
    const now = instant(books.clock.now + hours * HOUR);
    const segments = [{ from: now, until: now, poolId: ROOM, rule: 'capacity' as const, blockers: [] }];
    const reasons = [{ taskId: taskId('t-1'), segments, refusal: null }];
    await books.append('plan-adopted', planOf(books.keys.digest('plan'), now, { reasons }));
    return now;
  };
  const before = await reasonAt(1);
  const at = books.clock.now;
  books.clock.passSeconds(HOUR);
  await reasonAt(2);
  const [reason] = lookAt(books.path, { at, by: 'recorded' }, (db) => listReasons(db));
  expect(reason?.segments[0]?.from).toBe(before);
});

test('a pool is what it was, and a patient erased since stays erased', async () => {
  await setUpClinic(books);
  const patientId = books.keys.newPatient();
  await books.append('patient-registered', {
    patientId,
    identity: books.keys.seal(patientId, 'identity', 'somebody'),
  });
  const at = books.clock.now;
  books.clock.passSeconds(HOUR);
  await books.append(
    'pool-set',
    roomPool({ units: [], capacityMilli: roomPool().capacityMilli, kind: 'divisible' }),
  );
  await books.append('patient-erased', { patientId });
  lookAt(books.path, { at, by: 'recorded' }, (db) => {
    expect(listPools(db, instant(at))[0]?.kind).toBe('countable');
    expect(findPatient(db, patientId)?.identity).toBeNull();
  });
});

test('every derived table that belongs to tasks is looked for in both parts', () => {
  const scratch = openScratch();
  migrate(scratch, 0);
  const ofTasks = PROJECTION_TABLES.map(({ name }) => name).filter((name) =>
    scratch
      .prepare<[], string>(`SELECT name FROM pragma_table_info('${name}')`)
      .pluck()
      .all()
      .includes('task_key'),
  );
  scratch.close();
  expect(ofTasks.toSorted()).toEqual([...TASK_TABLES].sort());
});

test('before the ledger began there is nothing', () => {
  const at = books.clock.now - 24 * HOUR;
  lookAt(books.path, { at, by: 'recorded' }, (db, lastSeq) => {
    expect(lastSeq).toBe(0);
    expect(findClinic(db)).toBeNull();
    expect(listEntries(db, {}, 10)).toEqual([]);
    expect(accepted(accept(countTasks(db)))).toEqual([]);
  });
});

test('a pathway of which one step has moved on is whole in the books of then', async () => {
  await setUpClinic(books);
  const taskIds = [taskId('step-1'), taskId('step-2')];
  const id = pathwayId('way');
  const steps = [{ workKindId: SCAN }, { workKindId: SCAN }];
  await books.append('pathway-set', { id, name: roomPool().name, steps, isActive: true });
  for (const each of taskIds) await books.append('task-submitted', submitted(scanTask(each)));
  await books.append('pathway-started', { pathwayId: id, taskIds });
  const at = books.clock.now;
  books.clock.passSeconds(HOUR);
  for (const each of taskIds) {
    await books.append('task-moved', moved(each, ['waiting', 'cancel', 'cancelled'], books.clock.now));
  }
  lookAt(books.path, { at, by: 'recorded' }, (db) => {
    expect(findPathwayChain(db, taskId('step-2'))?.taskIds).toEqual(taskIds);
    expect(findTask(db, taskId('step-1'))?.task.state).toBe('waiting');
  });
});
