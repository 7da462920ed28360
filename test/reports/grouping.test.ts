/** Grouped reports: the groups of a pool add up to its own row, whatever the books; named cases tell which group is which. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utilizationReportField } from '../../src/shared/contract/report.ts';
import { ACCOUNTING_STATES } from '../../src/shared/domain/capacity.ts';
import { sameText } from '../../src/shared/domain/local-text.ts';
import type { GroupedPoolRow, Grouping, ReportGroups } from '../../src/shared/domain/report-grouping.ts';
import { GROUPINGS, TIME_GROUPINGS } from '../../src/shared/domain/report-grouping.ts';
import { poolId, taskId, workKindId } from '../../src/shared/ids.ts';
import { traitsOf } from '../support/reports/traits.ts';
import { HOUR, milli } from '../../src/shared/units.ts';
import type { ReportInput } from '../../src/main/reports/input.ts';
import { utilizationReport } from '../../src/main/reports/report.ts';
import { forOutside } from '../../src/main/reports/suppression.ts';
import { bruteFigures } from '../support/reports/brute-force.ts';
import { dayBounds } from '../support/reports/brute-tasks.ts';
import {
  DEFAULT_SECONDS,
  WINDOW,
  ZONE,
  at,
  makeBooking,
  makeInput,
  makePool,
  makeTask,
  randomBooks,
} from '../support/reports/clinics.ts';

const RUNS = 30;
const BRUTE_RUNS = 12;
const KINDS = ['ct-head', 'ct-chest'].map((id) => ({ id: workKindId(id), name: sameText(id.toUpperCase()) }));

function groupsOf(input: ReportInput, by: Grouping): ReportGroups {
  const { groups } = utilizationReport(input, {
    by,
    traits: traitsOf(input),
    workKinds: KINDS,
    settled: new Map(),
  });
  if (!groups) throw new Error('groups were asked for');
  return groups;
}

function sum(rows: readonly GroupedPoolRow[], valueOf: (row: GroupedPoolRow) => number): number {
  return rows.reduce((total, row) => total + valueOf(row), 0);
}

describe.each(GROUPINGS)('grouped by %s, over random books', (by) => {
  it('the groups of every pool add up to its own row, and the tasks to the other tables', () => {
    const property = fc.property(randomBooks, (books) => {
      const input = makeInput(books);
      const report = utilizationReport(input);
      const groups = groupsOf(input, by);
      for (const pool of report.pools) {
        const rows = groups.pools.filter((row) => row.poolId === pool.poolId);
        for (const state of ACCOUNTING_STATES)
          expect([state, sum(rows, (row) => row.states[state])]).toEqual([state, pool.states[state]]);
        expect(sum(rows, ({ overcommittedWork }) => overcommittedWork)).toBe(pool.overcommittedWork);
        expect(sum(rows, ({ utilization }) => utilization.numerator)).toBe(pool.utilization.numerator);
        if (!TIME_GROUPINGS.some((time) => time === by)) continue;
        expect(sum(rows, (row) => row.offeredWork ?? 0)).toBe(pool.offeredWork);
        expect(sum(rows, (row) => row.unmetWork ?? 0)).toBe(pool.unmetWork);
        expect(sum(rows, ({ utilization }) => utilization.denominator)).toBe(pool.offeredElapsedWork);
      }
      const total = (counts: readonly (number | null)[]): number =>
        counts.reduce<number>((all, count) => all + (count ?? 0), 0);
      expect(total(groups.tasks.map(({ started }) => started))).toBe(
        total(report.waits.map(({ started }) => started)),
      );
      expect(total(groups.tasks.map(({ finished }) => finished))).toBe(
        total(report.outcomes.map(({ finished }) => finished)),
      );
      const named = new Set(groups.groups.map(({ id }) => id));
      for (const { groupId } of [...groups.pools, ...groups.tasks])
        expect(groupId === null || named.has(groupId)).toBe(true);
      expect(utilizationReportField.parse({ ...report, groups }).groups).toEqual(groups);
    });
    fc.assert(property, { numRuns: RUNS });
  });
});

describe('groups against a recomputation that shares no code with them', () => {
  it('each day is what it would be alone; subsystems are who used the pool', () => {
    const property = fc.property(randomBooks, (books) => {
      const input = makeInput(books);
      const brute = { ...books, ...WINDOW, zone: ZONE, defaultSeconds: DEFAULT_SECONDS };
      const days = groupsOf(input, 'day');
      for (const [from, until] of dayBounds(WINDOW.from, WINDOW.until, ZONE)) {
        const want = bruteFigures({ ...brute, from: at(iso(from)), until: at(iso(until)) });
        const date = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE }).format(from * 1000);
        for (const row of days.pools.filter(({ groupId }) => groupId === date)) {
          const figures = want.get(row.poolId);
          expect(row.states['idle-while-waited']).toBe(figures?.idleWhileWaited);
          expect(row.states.used).toBe(figures?.used);
          expect(row.states['reserved-unused']).toBe(figures?.reservedUnused);
          expect(row.states.closed).toBe(figures?.closed);
          expect(row.utilization.denominator).toBe(figures?.offeredElapsed);
        }
      }
      const whole = bruteFigures(brute);
      for (const row of groupsOf({ ...input, tasks: [] }, 'subsystem').pools) {
        if (row.groupId === null) continue;
        const used = whole.get(row.poolId)?.bySubsystem as Readonly<Record<string, number>> | undefined;
        const isOne = new Set(books.bookings.map(({ taskId: id }) => id)).size === books.bookings.length;
        // A random task may have bookings of several subsystems; a real one has one.
        if (isOne) expect(row.actualWork).toBe(used?.[row.groupId] ?? 0);
      }
    });
    fc.assert(property, { numRuns: BRUTE_RUNS });
  });
});

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

describe('which group', () => {
  const ran = (id: string, from: string, until: string, subsystem: 'imaging' | 'records' = 'imaging') =>
    makeBooking({ taskId: taskId(id), subsystem, actualStart: at(from), actualEnd: at(until) });
  const input = makeInput({
    pools: [makePool('a', 2)],
    bookings: [
      ran('t1', '2026-03-28T23:30Z', '2026-03-29T01:30Z'), // 00:30 to 03:30 local: the clock goes forward at 2
      ran('t2', '2026-03-30T08:15Z', '2026-03-30T09:45Z', 'records'), // Monday 10:15 to 11:45
    ],
    tasks: [
      makeTask({
        id: taskId('t1'),
        state: 'finished',
        startedAt: at('2026-03-28T23:30Z'),
        endedAt: at('2026-03-29T01:30Z'),
      }),
      makeTask({
        id: taskId('t2'),
        subsystem: 'records',
        urgency: 2,
        state: 'finished',
        startedAt: at('2026-03-30T08:15Z'),
        endedAt: at('2026-03-30T09:45Z'),
      }),
    ],
  });
  const used = (by: Grouping): Record<string, number> =>
    Object.fromEntries(
      groupsOf(input, by)
        .pools.filter(({ states }) => states.used > 0)
        .map(({ groupId, states }) => [groupId ?? 'nobody', states.used / milli(1000) / HOUR]),
    );

  it.each<[Grouping, Record<string, number>]>([
    ['subsystem', { imaging: 2, records: 1.5 }],
    ['urgency', { '2': 1.5, '4': 2 }],
    ['work-kind', { 'ct-head': 2, 'given-up': 1.5 }],
    ['hour', { '00': 0.5, '01': 1, '03': 0.5, '10': 0.75, '11': 0.75 }],
    ['weekday', { '0': 1.5, '6': 2 }],
    ['day', { '2026-03-29': 2, '2026-03-30': 1.5 }],
    ['week', { '2026-W13': 2, '2026-W14': 1.5 }],
    ['month', { '2026-03': 3.5 }],
  ])('%s', (by, want) => {
    expect(used(by)).toEqual(want);
  });

  it('weeks and weekdays are in order and in words; a kind given up keeps its id', () => {
    expect(groupsOf(input, 'weekday').groups.map(({ label }) => label.zh)).toEqual(['星期一', '星期日']);
    expect(groupsOf(input, 'work-kind').groups.map(({ label }) => label.en)).toEqual(['CT-HEAD', 'given-up']);
    expect(groupsOf(input, 'hour').groups).toHaveLength(24);
  });

  it('starts count where they started, ends where they ended', () => {
    expect(
      groupsOf(input, 'hour').tasks.map(({ groupId, started, finished }) => [groupId, started, finished]),
    ).toEqual([
      ['00', 1, 0],
      ['03', 0, 1],
      ['10', 1, 0],
      ['11', 0, 1],
    ]);
  });

  it('a class whose count would give a hidden cell of the waits back is hidden with it', () => {
    const many = (count: number, subsystem: 'imaging' | 'records', urgency: 2 | 3) =>
      Array.from({ length: count }, (_, index) =>
        makeTask({
          id: taskId(`${subsystem}-${urgency}-${index}`),
          subsystem,
          urgency,
          startedAt: at('2026-03-29T10:00Z'),
          state: 'running',
        }),
      );
    const crowd = makeInput({
      pools: [makePool('a', 2)],
      tasks: [
        ...many(2, 'imaging', 2),
        ...many(20, 'imaging', 3),
        ...many(30, 'records', 2),
        ...many(9, 'records', 3),
      ],
    });
    const report = { ...utilizationReport(crowd), groups: groupsOf(crowd, 'urgency') };
    expect(report.groups.tasks.map(({ started }) => started)).toEqual([32, 29]);
    // Imaging's 2 go, and its 20 with them; 32 less the 30 of records would tell the 2.
    expect(forOutside(report).groups?.tasks.map(({ started }) => started)).toEqual([null, null]);
  });

  it('leaves no count of one to four persons in any group', () => {
    const property = fc.property(randomBooks, fc.constantFrom(...GROUPINGS), (books, by) => {
      const whole = makeInput(books);
      const inside = utilizationReport(whole);
      const shown = forOutside({ ...inside, groups: groupsOf(whole, by) });
      for (const { groupId, started, finished } of shown.groups?.tasks ?? []) {
        if (groupId === 'research') continue;
        const kinds = shown.groups?.groups.find(({ id }) => id === groupId);
        if (kinds?.subsystem === 'research') continue;
        // A class in which only data sets started counts no persons.
        const ofClass = inside.waits.filter(
          (row) => by === 'urgency' && String(row.urgency) === groupId && row.started !== 0,
        );
        const isOfSets = ofClass.length > 0 && ofClass.every(({ subsystem }) => subsystem === 'research');
        for (const count of [isOfSets ? 0 : started, finished]) {
          expect([0, null, 5, 6, 7, 8]).toContain(count);
        }
      }
      expect(shown.groups?.pools).toEqual(groupsOf(whole, by).pools);
    });
    fc.assert(property, { numRuns: RUNS });
  });
});

it('a filter leaves out pools, and a subsystem’s filter tasks but no time', () => {
  const pools = [makePool('a', 1), makePool('b', 1)];
  const tasks = [makeTask({ startedAt: at('2026-03-29T10:00Z'), state: 'running' })];
  const input = makeInput({ pools, tasks });
  const filtered = { ...input, filters: { poolIds: [poolId('b')], subsystems: ['records' as const] } };
  const groups = groupsOf(filtered, 'weekday');
  expect(new Set(groups.pools.map((row) => row.poolId))).toEqual(new Set(['b']));
  expect(groups.tasks).toEqual([]);
  expect(groupsOf(input, 'weekday').tasks).toHaveLength(1);
});
