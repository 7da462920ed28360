/**
 * Pools for the tests of calendars, intake and the sample clinic: three named rooms, open around the clock, with
 * whatever a test overrides.
 */
import type { Outage, Pool, WeeklyHours } from '../../../src/shared/domain/pool.ts';
import { sameText } from '../../../src/shared/domain/local-text.ts';
import { outageId, poolId, unitId } from '../../../src/shared/ids.ts';
import { instant, milli, seconds } from '../../../src/shared/units.ts';

export const ROOM_UNITS = ['room-1', 'room-2', 'room-3'].map((id) => ({
  id: unitId(id),
  name: sameText(id),
}));

export function aPool(changes: Partial<Pool> = {}): Pool {
  return {
    id: poolId('rooms'),
    name: sameText('Rooms'),
    unitName: sameText('rooms'),
    template: 'room',
    kind: 'countable',
    capacityMilli: milli(3000),
    units: ROOM_UNITS,
    weeklyHours: null,
    exceptions: [],
    outages: [],
    shares: [],
    gridSeconds: seconds(300),
    reclaimSeconds: seconds(1800),
    ...changes,
  };
}

export function anOutage(
  start: number,
  end: number | null,
  changes: { unit?: string; isPlanned?: boolean } = {},
): Outage {
  return {
    id: outageId(`outage-${start}-${changes.unit ?? 'all'}-${changes.isPlanned ? 'planned' : 'sudden'}`),
    unitId: changes.unit ? unitId(changes.unit) : null,
    start: instant(start),
    end: end === null ? null : instant(end),
    isPlanned: changes.isPlanned ?? false,
  };
}

/** The same hours on each of the seven days, in whole hours. */
export function everyDay(...hours: readonly (readonly [from: number, to: number])[]): WeeklyHours {
  const ranges = hours.map(([from, to]) => ({ fromMinute: from * 60, toMinute: to * 60 }));
  return Array.from({ length: 7 }, () => ranges);
}
