// @vitest-environment node
/** The timeline's arithmetic: windows that page by the wall clock, rows in which nothing hides, labels that are never cut. */
import { describe, expect, test } from 'vitest';
import { labelFor, textWidth } from '../../../src/renderer/charts/bar-label.ts';
import { clockTicks } from '../../../src/renderer/charts/time-ticks.ts';
import {
  lanesOf,
  layoutPool,
  stackOffsets,
  unitAt,
  unitBeside,
} from '../../../src/renderer/charts/timeline-rows.ts';
import {
  covers,
  fetchWindow,
  isDense,
  keepingInSight,
  levelOf,
  levelWindow,
  paged,
  snapped,
  zoomed,
} from '../../../src/renderer/screens/timeline/time-window.ts';
import { localTimeOf } from '../../../src/shared/local-time.ts';
import { DAY, HOUR, instant, milli } from '../../../src/shared/units.ts';
import { NOW, aBar, aTimelinePool } from './samples.ts';

const day = { zone: 'Europe/Berlin', fromMinute: 450, toMinute: 1110 };
const wall = (at: number) => {
  const { date, minute } = localTimeOf(instant(at), day.zone);
  return `${date} ${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
};
const shown = ({ from, until }: { from: number; until: number }) => [wall(from), wall(until)];

describe('the window', () => {
  test('is the working day, the week from Monday, the calendar month', () => {
    const at = instant(Date.parse('2026-11-18T09:20:00Z') / 1000);
    expect(shown(levelWindow('day', at, day))).toEqual(['2026-11-18 7:30', '2026-11-18 18:30']);
    expect(shown(levelWindow('hour', at, day))).toEqual(['2026-11-18 9:00', '2026-11-18 13:00']);
    expect(shown(levelWindow('week', at, day))).toEqual(['2026-11-16 0:00', '2026-11-23 0:00']);
    expect(shown(levelWindow('month', at, day))).toEqual(['2026-11-01 0:00', '2026-12-01 0:00']);
    for (const level of ['hour', 'day', 'week', 'month'] as const) {
      expect(levelOf(levelWindow(level, at, day))).toBe(level);
    }
  });

  test('pages by the wall clock over the night in which summer time ends', () => {
    const saturday = levelWindow('day', instant(Date.parse('2026-10-24T10:00:00Z') / 1000), day);
    expect(shown(paged(saturday, 1, day))).toEqual(['2026-10-25 7:30', '2026-10-25 18:30']);
    const week = levelWindow('week', saturday.from, day);
    expect(week.until - week.from).toBe(7 * DAY + HOUR);
    expect(shown(paged(week, 1, day))).toEqual(['2026-10-26 0:00', '2026-11-02 0:00']);
    const month = levelWindow('month', saturday.from, day);
    expect(shown(paged(month, -1, day))).toEqual(['2026-09-01 0:00', '2026-10-01 0:00']);
  });

  test('zooms about the instant under the pointer, between an hour and two months', () => {
    const window = { from: instant(NOW), until: instant(NOW + 8 * HOUR) };
    const closer = zoomed(window, 0.5, NOW + 2 * HOUR);
    expect(closer).toEqual({ from: NOW + HOUR, until: NOW + 5 * HOUR });
    const closest = zoomed(window, 0.001, NOW);
    expect(closest.until - closest.from).toBe(HOUR);
    const widest = zoomed(window, 1e6, NOW);
    expect(widest.until - widest.from).toBe(62 * DAY);
    expect(isDense(widest)).toBe(true);
  });

  test('asks for a little more than is in sight, and follows what is moved out of it', () => {
    const window = { from: instant(NOW), until: instant(NOW + 10 * HOUR) };
    expect(covers(fetchWindow(window), zoomed(window, 1.5, NOW + 5 * HOUR))).toBe(true);
    expect(keepingInSight(window, NOW + HOUR, NOW + 2 * HOUR)).toBe(window);
    const later = keepingInSight(window, NOW + 10 * HOUR, NOW + 11 * HOUR);
    expect(later.until).toBeGreaterThan(NOW + 11 * HOUR);
    expect(later.until - later.from).toBe(10 * HOUR);
  });

  test('moves go on the grid that counts from local midnight', () => {
    const at = Date.parse('2026-11-18T09:22:31Z') / 1000;
    expect(wall(snapped(at, 300, day.zone))).toBe('2026-11-18 10:25');
    expect(wall(snapped(at, 3600, day.zone))).toBe('2026-11-18 10:00');
  });

  test('is ruled every few minutes where there is room, every hour where there is less', () => {
    const zone = {
      dateOf: (at: number) => localTimeOf(instant(at), 'UTC').date,
      clockOf: (at: number) => new Date(at * 1000).toISOString().slice(11, 16),
    };
    const from = Date.parse('2026-11-18T09:07:00Z') / 1000;
    const clocks = (until: number, width: number) =>
      clockTicks({ from, until, width, gap: 56 }, zone).map((tick) => zone.clockOf(tick.at));
    expect(clocks(from + HOUR, 300)).toEqual(['09:15', '09:30', '09:45', '10:00']);
    expect(clocks(from + 4 * HOUR, 300)).toEqual(['10:00', '11:00', '12:00', '13:00']);
  });
});

const bar = (start: number, end: number, more = {}) =>
  aBar(`t-${start}`, { start: instant(NOW + start), end: instant(NOW + end), ...more });

describe('rows', () => {
  test('one per unit in the pool’s order, and one for what holds no unit', () => {
    const pool = aTimelinePool({ bars: [bar(0, 60), bar(60, 120, { unitIds: [] })] });
    const layout = layoutPool(pool, { isExpanded: true, isDense: false }, { row: 32, now: NOW });
    expect(layout.rows.map((row) => [row.kind, row.unitId, row.bars.length])).toEqual([
      ['pool', null, 0],
      ['unit', 'room-1', 1],
      ['unit', 'room-2', 0],
      ['rest', null, 1],
    ]);
    const [, first, second] = layout.rows;
    expect(unitAt(layout, (second?.top ?? 0) + 1)).toBe('room-2');
    expect(unitAt(layout, 0)).toBeNull();
    expect(unitBeside(pool, first?.unitId ?? null, 1)).toBe('room-2');
    expect(unitBeside(pool, first?.unitId ?? null, -1)).toBeNull();
  });

  test('are folded away, and have no bars where single tasks cannot be told apart', () => {
    const pool = aTimelinePool({ bars: [bar(0, 60)] });
    const kinds = (view: { isExpanded: boolean; isDense: boolean }) =>
      layoutPool(pool, view, { row: 32, now: NOW }).rows.map((row) => row.kind);
    expect(kinds({ isExpanded: false, isDense: false })).toEqual(['pool']);
    expect(kinds({ isExpanded: true, isDense: true })).toEqual(['pool']);
  });

  test('give overlapping work a lane of its own, but not to an end that is only assumed', () => {
    expect(lanesOf([bar(0, 60), bar(30, 90), bar(60, 120)], NOW)).toEqual([0, 1, 0]);
    const overrun = bar(-600, 300, { isEndAssumed: true });
    expect(lanesOf([overrun, bar(0, 600)], NOW)).toEqual([0, 0]);
    expect(lanesOf([{ ...overrun, isDisplaced: true }, bar(0, 600)], NOW)).toEqual([0, 1]);
  });

  test('stack rates of a divisible pool from the bottom, in the lowest gap that holds them', () => {
    const rate = (start: number, end: number, units: number) =>
      bar(start, end, { rateMilli: milli(units * 1000) });
    const bars = [rate(0, 100, 2), rate(0, 50, 3), rate(20, 100, 1), rate(60, 100, 3), rate(100, 120, 4)];
    expect(stackOffsets(bars)).toEqual([0, 2000, 5000, 2000, 0]);
  });
});

describe('a bar’s label', () => {
  test('is the whole name, fewer whole words, or nothing', () => {
    const name = 'Carotid ultrasound';
    expect(labelFor(name, textWidth(name))).toBe(name);
    expect(labelFor(name, textWidth(name) - 1)).toBe('Carotid');
    expect(labelFor(name, 20)).toBe('');
    expect(labelFor('Infusion with observation', 110)).toBe('Infusion');
    expect(labelFor('颈动脉超声', 5 * 14)).toBe('颈动脉超声');
    expect(labelFor('颈动脉超声', 5 * 14 - 1)).toBe('');
  });
});
