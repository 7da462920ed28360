/** Prefilled mappings, suggested pools, and the month to open on. */
import { describe, expect, it } from 'vitest';
import type { TaskDraft } from '../../src/main/intake/index.ts';
import { busiestMonth, suggestMapping, suggestPools } from '../../src/main/intake/index.ts';
import { demoInstant, sampleClinic } from '../../src/main/usecases/sample/sample-clinic.ts';
import { sameText } from '../../src/shared/domain/local-text.ts';
import type { PoolTemplate } from '../../src/shared/domain/pool.ts';
import { poolId } from '../../src/shared/ids.ts';
import { HOUR, instant, milli, seconds } from '../../src/shared/units.ts';
import { aPool } from '../support/intake/pool-builder.ts';

const MONDAY_MORNING = Date.UTC(2026, 2, 2, 8) / 1000;

function aDraft(start: number, hours: number, changes: Partial<TaskDraft> = {}): TaskDraft {
  return {
    digest: `${start}-${hours}`,
    table: 'encounters',
    line: 2,
    rowCount: 1,
    workKindKey: 'encounters:1',
    patientDigest: 'p',
    startedAt: instant(start),
    endedAt: instant(start + hours * HOUR),
    durationSeconds: seconds(hours * HOUR),
    earliestStart: instant(start),
    remarks: [],
    ...changes,
  };
}

const named = (id: string, template: PoolTemplate, zh = id) =>
  aPool({ id: poolId(id), template, name: { en: id, zh } });

describe('a prefilled mapping', () => {
  it('finds each table’s pool by what it is and what it is called', () => {
    const pools = [
      named('consulting', 'room', '诊室'),
      named('storage', 'room'),
      named('ct', 'scanner'),
      named('technicians', 'staff'),
      named('claims', 'staff', '理赔专员'),
      named('monitors', 'monitor'),
      aPool({
        id: poolId('cores'),
        template: 'compute',
        kind: 'divisible',
        capacityMilli: milli(64_000),
        units: [],
      }),
    ];
    expect(
      suggestMapping(pools).map(({ table, poolId: pool, rateMilli }) => [table, pool, rateMilli]),
    ).toEqual([
      ['encounters', 'consulting', 1000],
      ['imaging_studies', 'ct', 1000],
      ['claims', 'claims', 1000],
      ['procedures', 'cores', 4000],
      ['devices', 'monitors', 1000],
    ]);
  });

  it('finds its way in the sample clinic', () => {
    const { pools } = sampleClinic({ now: demoInstant(), seed: 1 });
    expect(suggestMapping(pools).map((row) => row.poolId)).toEqual([
      'exam-rooms',
      'ultrasound',
      'claims-clerks',
      'cores',
      'monitors',
    ]);
  });

  it('avoids a pool that the subsystem may not use', () => {
    const closed = { subsystem: 'imaging', guaranteeMilli: milli(0), limitMilli: milli(0) } as const;
    const pools = [{ ...named('ct', 'scanner'), shares: [closed] }, named('rooms', 'room')];
    expect(suggestMapping(pools).find((row) => row.table === 'imaging_studies')?.poolId).toBe('rooms');
  });

  it('is empty without pools, and falls back on any pool rather than none', () => {
    expect(suggestMapping([])).toEqual([]);
    expect(suggestMapping([aPool({ name: sameText('Attic'), template: 'other' })])).toHaveLength(5);
  });
});

describe('suggested pools', () => {
  it('are one per table, in both languages, and the mapping finds each again', () => {
    const pools = suggestPools([], 'UTC');
    expect(pools.map((pool) => pool.id)).toEqual([
      'exam-rooms',
      'imaging-rooms',
      'claims-clerks',
      'analysis-server',
      'monitors',
    ]);
    expect(suggestMapping(pools).map((row) => row.poolId)).toEqual(pools.map((pool) => pool.id));
    for (const pool of pools) {
      expect(pool.name.en).not.toBe(pool.name.zh);
      if (pool.kind === 'countable') expect(pool.capacityMilli).toBe(pool.units.length * 1000);
    }
  });

  it('have room for what ran at once, within reason', () => {
    const crowd = (count: number) => Array.from({ length: count }, () => aDraft(MONDAY_MORNING, 1));
    const rooms = (count: number) => suggestPools(crowd(count), 'UTC')[0]?.units.length;
    expect([rooms(2), rooms(9), rooms(500)]).toEqual([6, 9, 20]);
  });

  it('open in office hours where the history mostly did, else around the clock', () => {
    const office = suggestPools([aDraft(MONDAY_MORNING, 1)], 'UTC')[0];
    const night = suggestPools([aDraft(MONDAY_MORNING + 12 * HOUR, 1)], 'UTC')[0];
    expect(office?.weeklyHours?.[0]).toEqual([{ fromMinute: 480, toMinute: 1080 }]);
    expect(night?.weeklyHours).toBeNull();
  });
});

describe('the busiest month', () => {
  it('is the local month with most starts, the later of two', () => {
    const lastOfMarch = Date.UTC(2026, 2, 31, 20) / 1000;
    expect(busiestMonth([aDraft(MONDAY_MORNING, 1), aDraft(lastOfMarch, 1)], 'Asia/Shanghai')).toBe(
      '2026-04',
    );
    expect(busiestMonth([aDraft(MONDAY_MORNING, 1), aDraft(lastOfMarch, 1)], 'UTC')).toBe('2026-03');
  });

  it('is none for a backlog', () => {
    expect(busiestMonth([aDraft(0, 1, { startedAt: null, endedAt: null })], 'UTC')).toBeNull();
  });
});
