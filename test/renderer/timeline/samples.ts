/** Small timelines for tests: one pool of two rooms, bars by the minute. */
import type { Response } from '../../../src/shared/contract/index.ts';
import type { TimelineBar, TimelinePool } from '../../../src/shared/contract/timeline.ts';
import { sameText } from '../../../src/shared/domain/local-text.ts';
import { poolId, taskId, unitId } from '../../../src/shared/ids.ts';
import { HOUR, MINUTE, instant, milli, seconds } from '../../../src/shared/units.ts';

/** Wednesday 18 November 2026, 10:20 in Berlin. */
export const NOW = Date.parse('2026-11-18T09:20:00Z') / 1000;

export function aBar(id: string, over: Partial<TimelineBar> = {}): TimelineBar {
  return {
    taskId: taskId(id),
    subsystem: 'imaging',
    workKind: { en: 'Carotid ultrasound', zh: '颈动脉超声' },
    urgency: 3,
    state: 'tentative',
    segment: 0,
    unitIds: [unitId('room-1')],
    rateMilli: milli(1000),
    start: instant(NOW + 10 * MINUTE),
    end: instant(NOW + 40 * MINUTE),
    isActual: false,
    isEndAssumed: false,
    isDisplaced: false,
    mayMove: true,
    mayExtend: true,
    ...over,
  };
}

export function aTimelinePool(over: Partial<TimelinePool> = {}): TimelinePool {
  const from = instant(NOW - 3 * HOUR);
  return {
    poolId: poolId('rooms'),
    name: { en: 'Rooms', zh: '诊室' },
    unitName: { en: 'rooms', zh: '间' },
    template: 'room',
    kind: 'countable',
    capacityMilli: milli(2000),
    gridSeconds: seconds(300),
    units: [1, 2].map((number) => ({ id: unitId(`room-${number}`), name: sameText(`Room ${number}`) })),
    capacity: [{ at: from, milli: milli(2000) }],
    closed: [],
    outages: [],
    actual: [],
    reserved: [],
    tentative: [],
    overcommitted: [],
    bars: [],
    ...over,
  };
}

export function aTimeline(pools: readonly TimelinePool[]): Response<'timeline.get'> {
  return {
    now: instant(NOW),
    from: instant(NOW - 3 * HOUR),
    until: instant(NOW + 8 * HOUR),
    day: { fromMinute: 450, toMinute: 1110 },
    isDense: false,
    meanSeconds: null,
    pools,
  };
}
