// @vitest-environment node
/** Bars that add up, columns that fit, ticks on local hours. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barPieces } from '../../../src/renderer/charts/bar-geometry.ts';
import { capacityOutline, dayLayout } from '../../../src/renderer/charts/day-geometry.ts';
import { hourTicks, timeTicks, type TickZone } from '../../../src/renderer/charts/time-ticks.ts';
import { valueScale } from '../../../src/renderer/charts/value-scale.ts';
import { isoDate, timeOfDay } from '../../../src/renderer/format/time.ts';

const zoneOf = (timeZone: string): TickZone => ({
  dateOf: (at) => isoDate(timeZone, at),
  clockOf: (at) => timeOfDay({ locale: 'en', timeZone }, at),
});
const utc = (text: string): number => Date.parse(text) / 1000;

describe('state bar', () => {
  it('adds up to its full length and shows every part that exists', () => {
    const values = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(values, fc.integer({ min: 60, max: 600 }), (parts, length) => {
        const total = parts.reduce((sum, value) => sum + value, 0);
        const pieces = barPieces(
          parts.map((value, index) => ({ key: String(index), value })),
          total,
          length,
        );
        expect(pieces.length).toBe(parts.filter((value) => value > 0).length);
        for (const piece of pieces) expect(piece.length).toBeGreaterThanOrEqual(1);
        const last = pieces.at(-1);
        if (last) expect(last.start + last.length).toBe(length);
      }),
    );
  });
});

describe('day columns', () => {
  const plot = { left: 40, top: 10, width: 300, bottom: 110 };
  const scale = valueScale(2, plot);

  it('keeps columns inside the plot, side by side', () => {
    const days = Array.from({ length: 31 }, (_unused, index) => ({
      id: String(index),
      capacity: 2,
      parts: [{ key: 'used' as const, value: 1 }],
    }));
    const laid = dayLayout(days, plot, scale);
    expect(laid[0]?.slotX).toBe(40);
    for (const [index, day] of laid.entries()) {
      const next = laid[index + 1];
      if (next) expect(day.slotX + day.slotWidth).toBe(next.slotX);
    }
    const end = laid.at(-1);
    expect((end?.slotX ?? 0) + (end?.slotWidth ?? 0)).toBe(340);
    expect(laid.filter((day) => day.isLabelled).map((day) => day.day.id)).toEqual([
      '0',
      '7',
      '14',
      '21',
      '28',
    ]);
  });

  it('drops the capacity line to the base on closed days', () => {
    expect(capacityOutline([{ capacity: 2 }, { capacity: 0 }], plot, scale)).toBe(
      'M40 10.5H190L190 110.5H340',
    );
  });

  it('gives an empty chart an axis to one', () => {
    expect(valueScale(0, plot).ticks.at(-1)).toBe(1);
  });
});

describe('time ticks', () => {
  it('stand on local hours in a zone with a half-hour offset', () => {
    const zone = zoneOf('Asia/Kolkata');
    const from = utc('2026-11-18T02:10:00Z');
    const ticks = hourTicks({ from, until: from + 4 * 3600, width: 400, gap: 50 }, zone);
    expect(ticks.map((tick) => zone.clockOf(tick.at))).toEqual(['08:00', '09:00', '10:00', '11:00']);
  });

  it('thin out where there is no room', () => {
    const zone = zoneOf('Asia/Shanghai');
    const from = utc('2026-11-18T01:10:00Z');
    const ticks = hourTicks({ from, until: from + 12 * 3600, width: 200, gap: 48 }, zone);
    expect(ticks.map((tick) => zone.clockOf(tick.at))).toEqual(['12:00', '15:00', '18:00', '21:00']);
  });

  it('stand on local midnights over the end of daylight saving', () => {
    const zone = zoneOf('Europe/Berlin');
    const from = utc('2026-10-23T22:00:00Z');
    const ticks = timeTicks({ from, until: from + 5 * 86_400, width: 500, gap: 60 }, zone);
    expect(ticks.map((tick) => `${zone.dateOf(tick.at)} ${zone.clockOf(tick.at)}`)).toEqual([
      '2026-10-24 00:00',
      '2026-10-25 00:00',
      '2026-10-26 00:00',
      '2026-10-27 00:00',
      '2026-10-28 00:00',
    ]);
  });

  it('are first days of months over a year', () => {
    const zone = zoneOf('UTC');
    const from = utc('2026-01-01T00:00:00Z');
    const ticks = timeTicks({ from, until: utc('2027-01-01T00:00:00Z'), width: 1200, gap: 60 }, zone);
    expect(ticks).toHaveLength(12);
    expect(ticks.every((tick) => zone.dateOf(tick.at).endsWith('-01'))).toBe(true);
  });
});
