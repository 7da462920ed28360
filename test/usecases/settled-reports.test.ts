/**
 * Reports from days that were measured before against the same reports measured from the books alone: equal to the last
 * digit, whatever happens to those days afterwards.
 */
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isProven, proveLedger } from '../../src/main/ledger/index.ts';
import type { ReadDb } from '../../src/main/ledger/index.ts';
import { resolvePeriod } from '../../src/main/reports/period.ts';
import { utilizationReport } from '../../src/main/reports/report.ts';
import { personAtDesk } from '../../src/main/security/index.ts';
import { unreportedDays } from '../../src/main/usecases/clinic/settle-days.ts';
import type { ReportBooks } from '../../src/main/usecases/reports/report-books.ts';
import { dayBasis, measureSettledDay } from '../../src/main/usecases/reports/report-days.ts';
import { groupingOf, makeReport } from '../../src/main/usecases/reports/get-report.ts';
import { NOTHING_SETTLED, reportInput } from '../../src/main/usecases/reports/report-input.ts';
import { findWrongReports } from '../../src/main/usecases/reports/wrong-reports.ts';
import type { Grouping } from '../../src/shared/domain/report-grouping.ts';
import { GROUPINGS } from '../../src/shared/domain/report-grouping.ts';
import type {
  LoadStep,
  PeriodChoice,
  PoolReport,
  UtilizationReport,
} from '../../src/shared/domain/report.ts';
import { batchId, poolId, taskId } from '../../src/shared/ids.ts';
import type { BatchId, PoolId } from '../../src/shared/ids.ts';
import { accept } from '../../src/shared/result.ts';
import { DAY, instant, milli } from '../../src/shared/units.ts';
import {
  adopt,
  moved,
  roomFor,
  roomPool,
  scanTask,
  serverPool,
  setUpClinic,
  staffMember,
  submitted,
} from '../support/ledger/clinic-rows.ts';
import { RandomHistory, steps } from '../support/ledger/random-history.ts';
import { accepted, TemporaryLedger } from '../support/ledger/temporary-ledger.ts';

const ZONE = 'Asia/Shanghai';
const RUNS = Number(process.env['SETTLED_RUNS'] ?? 4);
const PERIODS: readonly PeriodChoice[] = [
  { kind: 'year', from: '2026-11-18' },
  { kind: 'month', from: '2026-11-18' },
  { kind: 'custom', from: '2026-10-03', until: '2026-11-22' },
  { kind: 'week', from: '2026-11-18' },
];

let books: TemporaryLedger;

beforeEach(async () => {
  books = await TemporaryLedger.open();
  await setUp(books);
});

afterEach(() => books.dispose());

async function setUp(own: TemporaryLedger): Promise<void> {
  await setUpClinic(own);
  await own.append('person-changed', { staffId: staffMember().id });
}

/** Settles up to `most` days. @returns how many there were */
async function settle(own: TemporaryLedger, most = 50): Promise<number> {
  const { ledger, clock } = own;
  ledger.observeClock();
  const basis = dayBasis(ledger.db, ZONE);
  const days = unreportedDays(ledger.db, clock.now, basis);
  const measure = (db: ReadDb, day: (typeof days)[number]) => measureSettledDay(db, day, basis, clock.now);
  accepted(await ledger.settleReports(days.slice(0, most), measure));
  return days.length;
}

function placeOf(own: TemporaryLedger): ReportBooks {
  const { db } = own.ledger;
  return {
    db,
    ledger: own.ledger,
    surroundings: { version: '0', printReport: () => Promise.reject(new Error('nothing is printed')) },
    identities: null,
    now: () => own.clock.now,
    head: () => own.ledger.head(),
    person: () => personAtDesk(db),
  };
}

function report(
  own: TemporaryLedger,
  choice: PeriodChoice,
  settled: typeof NOTHING_SETTLED | null,
  grouping: Grouping | null = null,
): UtilizationReport {
  const place = placeOf(own);
  const filters = { poolIds: null, subsystems: null };
  if (settled === null) return accepted(makeReport(place, { period: choice, ...filters, grouping }));
  const periods = accepted(resolvePeriod(choice, ZONE));
  const input = reportInput(place, periods, filters, place.person(), { settled });
  return utilizationReport(input, grouping && groupingOf(place, input, grouping, new Map()));
}

function expectAgreement(own: TemporaryLedger): void {
  for (const choice of PERIODS) {
    expect(report(own, choice, null)).toEqual(report(own, choice, NOTHING_SETTLED));
  }
  expect(findWrongReports(own.ledger.db)).toEqual([]);
}

/** Groups are made of days of their own, kept or measured. */
function expectGroupsToAgree(own: TemporaryLedger): void {
  for (const choice of PERIODS.slice(0, 2)) {
    for (const by of GROUPINGS) {
      const { groups } = report(own, choice, null, by);
      expect([choice.kind, groups]).toEqual([choice.kind, report(own, choice, NOTHING_SETTLED, by).groups]);
    }
  }
}

/** The load that is drawn and the buckets are the pool's figures, taken apart in two ways. */
function expectSeriesToAddUp({ series, buckets, ...pool }: PoolReport): void {
  const sum = (parts: readonly LoadStep[]): number[] =>
    (['actualWork', 'reservedWork', 'plannedWork', 'offeredWork'] as const).map((figure) =>
      parts.reduce((total, part) => total + part[figure], 0),
    );
  const want = [pool.actualWork, pool.reservedWork, pool.plannedWork, pool.offeredWork];
  expect([sum(series), sum(buckets)]).toEqual([want, want]);
}

/** Buckets and load of one pool, of the first where nothing is said; everything else as in the whole report. */
function expectOneChart(own: TemporaryLedger): void {
  const filters = { poolIds: null, subsystems: null };
  for (const period of [...PERIODS, { kind: 'day', from: '2026-11-10' } as const]) {
    const whole = report(own, period, null);
    for (const pool of whole.pools) expectSeriesToAddUp(pool);
    const of = (charts: 'first' | PoolId): UtilizationReport =>
      accepted(makeReport(placeOf(own), { period, ...filters }, undefined, charts));
    const second = whole.pools[1]?.poolId ?? poolId('none');
    for (const [charts, told] of [
      ['first', 0],
      [second, 1],
      [poolId('unknown'), 0],
    ] as const) {
      const pools = whole.pools.map((pool, index) =>
        index === told ? pool : { ...pool, buckets: [], series: [] },
      );
      expect(of(charts)).toEqual({ ...whole, pools });
    }
  }
}

function settledCount(own: TemporaryLedger): number {
  return own.ledger.db.get<{ count: number }>('SELECT count(*) AS count FROM settled_reports')?.count ?? 0;
}

/** A scan that waited an hour and ran, entered as it happened. */
async function scan(id: string, from: number, length = 3600): Promise<void> {
  const early = instant(from - 3600);
  await books.append('task-submitted', submitted(scanTask(id, { submittedAt: early, earliestStart: early })));
  await adopt(books, [roomFor(id, from, length)]);
  await books.append('task-moved', moved(id, ['tentative', 'start', 'running'], from));
  await books.append('task-moved', moved(id, ['running', 'finish', 'finished'], from + length));
}

/** A day's work of long ago, imported. */
async function bringIn(id: string, from: number): Promise<BatchId> {
  const [start, end] = [instant(from), instant(from + DAY)];
  const batch = batchId('batch');
  const task = scanTask(id, { state: 'finished', startedAt: start, endedAt: end, batchId: batch });
  const windows = [{ booked: { start, end }, actual: { start, end }, unitIds: [] }];
  accepted(
    await books.ledger.write(books.command(), (tx) => {
      tx.append('task-imported', { task, note: null, sourceDigest: null, windows, isOpenEnded: false });
      return accept(
        tx.append('import-committed', { batchId: batch, source: 'x', mapping: null, counts: {} }),
      );
    }),
  );
  return batch;
}

describe('a report from settled days', () => {
  const ago = (days: number): number => books.clock.now - days * DAY;

  const changes: Readonly<Record<string, () => Promise<unknown>>> = {
    'work entered late': () => scan('late', ago(12), 3 * DAY),
    'a wait entered late': () =>
      books.append(
        'task-submitted',
        submitted(scanTask('waits', { submittedAt: instant(ago(9)), earliestStart: instant(ago(9)) })),
      ),
    'capacity changed back in time': () =>
      books.append(
        'pool-set',
        roomPool({ capacityMilli: milli(1000), units: roomPool().units.slice(0, 1) }),
        instant(ago(10)),
      ),
    'a pool described anew': () => books.append('pool-set', { ...serverPool(), id: roomPool().id }),
    'a new pool': () => books.append('pool-set', { ...serverPool(), id: poolId('another') }),
    'history imported and taken back': async () => {
      const batch = await bringIn('old', ago(11));
      expectAgreement(books);
      await settle(books);
      await books.append('import-reversed', { batchId: batch });
    },
    'history taken back that other work came after': async () => {
      const batch = await bringIn('old', ago(6));
      const [submittedAt, after] = [instant(ago(9)), [taskId('old')]];
      await books.append(
        'task-submitted',
        submitted(scanTask('next', { submittedAt, earliestStart: submittedAt, after })),
      );
      await settle(books);
      const before = settledCount(books);
      await books.append('import-reversed', { batchId: batch });
      expect(settledCount(books)).toBeLessThan(before);
    },
  };

  it.each(Object.keys(changes))('agrees with the books after %s', async (name) => {
    await scan('first', ago(20), 2 * DAY);
    await scan('second', ago(8), 5400);
    expect(await settle(books)).toBeGreaterThan(600);
    await changes[name]?.();
    expectAgreement(books);
    await settle(books);
    expectAgreement(books);
    expectGroupsToAgree(books);
  });

  it('tells buckets and load of one pool where a chart is asked for, and everything else as ever', async () => {
    await books.append('pool-set', { ...serverPool(), id: poolId('another') });
    await scan('first', ago(20), 2 * DAY);
    await scan('second', ago(8), 5400);
    await settle(books);
    await scan('third', ago(2), 7200);
    expectOneChart(books);
  });

  it('reads nothing of the books for a month that is over and settled', async () => {
    await scan('first', ago(40));
    await settle(books);
    const before = report(books, { kind: 'month', from: '2026-10-01' }, null);
    expect(before.waits.map(({ started }) => started)).toEqual([1]);
    const raw = new Database(books.path);
    raw.exec('DROP TRIGGER booking_gone_unsettles; DELETE FROM bookings');
    raw.close();
    expect(report(books, { kind: 'month', from: '2026-10-01' }, null)).toEqual(before);
    expect(findWrongReports(books.ledger.db)).not.toEqual([]);
  });

  it.each(['hour', 'urgency'] as const)(
    'groups by %s anew what has changed since it was asked for',
    async (by) => {
      const expectTheBooks = (): void => {
        for (const choice of PERIODS.slice(0, 2)) {
          const { groups } = report(books, choice, null, by);
          expect(groups).toEqual(report(books, choice, NOTHING_SETTLED, by).groups);
        }
      };
      await scan('first', ago(20));
      await scan('second', ago(8), 5400);
      await settle(books);
      expectTheBooks();
      expectTheBooks(); // from memory
      await scan('late', ago(9), 1800);
      expectTheBooks();
      await settle(books);
      expectTheBooks();
      await scan('later', ago(9), 2 * DAY);
      await settle(books);
      expectTheBooks();
    },
  );

  it('measures days anew when the clinic moves to another zone', async () => {
    await scan('first', ago(20));
    await settle(books);
    expect(settledCount(books)).toBe(50);
    const elsewhere = dayBasis(books.ledger.db, 'Europe/Berlin');
    const days = unreportedDays(books.ledger.db, books.clock.now, elsewhere);
    expect(days.length).toBeGreaterThan(600);
    accepted(
      await books.ledger.settleReports(days.slice(0, 3), (db, day) =>
        measureSettledDay(db, day, elsewhere, books.clock.now),
      ),
    );
    expect(unreportedDays(books.ledger.db, books.clock.now, elsewhere)).toHaveLength(days.length - 3);
    expectAgreement(books);
  });

  it('waits with a day on which work without an end may still be running', async () => {
    await books.append('task-submitted', submitted(scanTask('open')));
    await adopt(books, [roomFor('open', ago(3), 2 * DAY)]);
    await books.append('task-moved', moved('open', ['tentative', 'start', 'running'], ago(3)));
    const untried = (await settle(books)) - 50;
    const left = unreportedDays(books.ledger.db, books.clock.now, dayBasis(books.ledger.db, ZONE));
    expect(left).toHaveLength(untried + 1);
    expectAgreement(books);
    books.clock.passSeconds(3 * DAY);
    await settle(books);
    expectAgreement(books);
  });

  it('agrees over random histories, settled now and then', async () => {
    await fc.assert(
      fc.asyncProperty(
        steps,
        fc.array(fc.nat(3), { minLength: 4, maxLength: 8 }),
        async (history, pauses) => {
          const own = await TemporaryLedger.open();
          try {
            await setUp(own);
            const model = new RandomHistory(own);
            for (const [index, step] of history.entries()) {
              await model.apply(step);
              const pause = pauses[index % pauses.length] ?? 0;
              if (pause === 0) continue;
              own.clock.passSeconds(pause * 7 * 3600);
              await settle(own, 10);
              const [year] = PERIODS;
              if (year) expect(report(own, year, null)).toEqual(report(own, year, NOTHING_SETTLED));
            }
            expectAgreement(own);
            expectGroupsToAgree(own);
            expect(isProven(await proveLedger(own.path))).toBe(true);
          } finally {
            await own.dispose();
          }
        },
      ),
      { numRuns: RUNS },
    );
  }, 120_000);
});
