import { describe, expect, test } from 'vitest';
import type { Change, ChangeKind } from '../../../src/renderer/screens/whatif/changes.ts';
import { changeProblem, newChange, variantOf } from '../../../src/renderer/screens/whatif/changes.ts';
import { readVariants } from '../../../src/renderer/screens/whatif/variant-draft.ts';
import { verdictsOf } from '../../../src/renderer/screens/whatif/verdict.ts';
import type { PlanEffect, PlanFigures } from '../../../src/shared/contract/whatif.ts';
import { SUBSYSTEMS } from '../../../src/shared/domain/subsystem.ts';
import { seconds } from '../../../src/shared/units.ts';
import { NOW, clock, compute, ultrasound } from '../workspace/samples.ts';

const pools = [ultrasound, compute];
const subsystems = SUBSYSTEMS.map((row) => ({ subsystem: row.id, policy: row.defaultPolicy, weight: 1 }));

function aChange(kind: ChangeKind, given: Partial<Change> = {}): Change {
  const base = { kind, poolId: 'ultrasound', subsystem: 'imaging', policy: 'demand' } as const;
  return { ...newChange({ ...base, start: NOW, end: NOW + 3600 }), ...given };
}

const made = (...changes: Change[]) => variantOf(changes, { pools, subsystems });

describe('a change becomes a pool or a setting', () => {
  test('adds units under names that go on and ids that stay the same', () => {
    const change = aChange('units', { by: 2 });
    const [pool] = made(change)?.pools ?? [];
    expect(pool?.capacityMilli).toBe(4000);
    expect(pool?.units.map((unit) => unit.name.en)).toEqual([
      'Ultrasound 1',
      'Ultrasound 2',
      'Ultrasound 3',
      'Ultrasound 4',
    ]);
    expect(made(change)).toEqual(made(change));
  });

  test('takes the last units away, and changes the figure of a divisible pool', () => {
    expect(made(aChange('units', { by: -1 }))?.pools[0]?.units.map((unit) => unit.id)).toEqual(['us-1']);
    const more = made(aChange('units', { poolId: 'compute', by: 0.5 }));
    expect(more?.pools[0]).toMatchObject({ capacityMilli: 32_500, units: [] });
  });

  test('takes one unit out, sets the days that are meant, and a share with its limit', () => {
    const out = made(aChange('outage', { outageUnit: 'us-2', isPlanned: false }));
    expect(out?.pools[0]?.outages).toMatchObject([
      { unitId: 'us-2', start: NOW, end: NOW + 3600, isPlanned: false },
    ]);
    const hours = made(aChange('hours', { days: 'saturday', hours: '9–12' }))?.pools[0]?.weeklyHours;
    expect(hours?.[5]).toEqual([{ fromMinute: 540, toMinute: 720 }]);
    expect(hours?.[0]).toEqual(ultrasound.weeklyHours?.[0]);
    const always = made(aChange('hours', { poolId: 'compute', days: 'sunday', hours: '' }))?.pools[0];
    expect(always?.weeklyHours?.map((day) => day.length)).toEqual([1, 1, 1, 1, 1, 1, 0]);
    expect(made(aChange('shares', { guarantee: 1, limit: 2 }))?.pools[0]?.shares).toEqual([
      { subsystem: 'imaging', guaranteeMilli: 1000, limitMilli: 2000 },
    ]);
  });

  test('adds several changes of one pool and one subsystem up, and leaves the rest alone', () => {
    const variant = made(
      aChange('units'),
      aChange('outage'),
      aChange('policy'),
      aChange('weight', { weight: 3 }),
    );
    expect(variant?.pools).toHaveLength(1);
    expect(variant?.pools[0]).toMatchObject({ capacityMilli: 3000, outages: [{ unitId: null }] });
    expect(variant?.subsystems).toEqual([{ subsystem: 'imaging', policy: 'demand', weight: 3 }]);
  });
});

test.each<[string, Change, string | null]>([
  ['a pool that is gone', aChange('units', { poolId: 'gone' }), 'pool-missing'],
  ['no figure', aChange('units', { by: null }), 'units-missing'],
  ['no change', aChange('units', { by: 0 }), 'units-missing'],
  ['half a room', aChange('units', { by: 0.5 }), 'units-missing'],
  ['nothing left', aChange('units', { by: -2 }), 'nothing-left'],
  ['an outage without an end', aChange('outage', { end: null }), 'outage-times-missing'],
  ['an outage that runs backwards', aChange('outage', { end: clock('08:00') }), 'outage-ends-before-start'],
  ['hours that cannot be read', aChange('hours', { hours: 'mornings' }), 'hours-unreadable'],
  ['a guarantee above its limit', aChange('shares', { guarantee: 2, limit: 1 }), 'guarantee-exceeds-limit'],
  ['half a room guaranteed', aChange('shares', { guarantee: 0.5 }), 'share-not-whole'],
  ['a policy', aChange('policy', { poolId: 'gone' }), null],
])('finds %s', (_name, change, want) => {
  expect(changeProblem(change, pools)).toBe(want);
  if (want !== null) expect(made(change)).toBeNull();
});

test('keeps variants as a draft, and reads nothing that it does not understand', () => {
  const variants = [[aChange('units')], [aChange('policy'), aChange('hours')]];
  expect(readVariants(JSON.parse(JSON.stringify(variants)))).toEqual(variants);
  expect(readVariants('not a list')).toEqual([]);
  expect(readVariants([[{ kind: 'units' }], 'x', [], [], []])).toEqual([]);
});

describe('what a variant does, in words', () => {
  const figures = (medians: readonly (number | null)[], unfinished = 0): PlanFigures => ({
    waits: SUBSYSTEMS.map(({ id }, index) => {
      const wait = medians[index] ?? null;
      return {
        subsystem: id,
        tasks: wait === null ? 0 : 4,
        waitSecondsMedian: wait === null ? null : seconds(wait),
        waitSecondsP90: wait === null ? null : seconds(wait),
      };
    }),
    pools: [],
    unfinished,
  });
  const effect = (given: Partial<PlanEffect> = {}): PlanEffect => ({
    earlier: 0,
    later: 0,
    lost: 0,
    found: 0,
    displacedCount: 0,
    displaced: [],
    shifts: [],
    longerWaits: [],
    shiftsBySubsystem: [],
    first: null,
    ...given,
  });

  test('says that nothing would change', () => {
    const same = figures([60, 600]);
    expect(verdictsOf(same, { figures: same, effect: effect() })).toEqual([{ kind: 'nothing' }]);
  });

  test('puts lost places first, then waits by size, then who is later and earlier', () => {
    const after = { figures: figures([60, 1680, 0], 3), effect: effect({ displacedCount: 2, lost: 1 }) };
    const shifts = [
      { subsystem: 'records' as const, earlier: 0, later: 4 },
      { subsystem: 'imaging' as const, earlier: 7, later: 0 },
    ];
    const verdicts = verdictsOf(figures([120, 600, 30], 4), {
      ...after,
      effect: { ...after.effect, shiftsBySubsystem: shifts },
    });
    expect(verdicts).toEqual([
      { kind: 'displaced', count: 2 },
      { kind: 'lost', count: 1 },
      { kind: 'waits-more', subsystem: 'imaging', seconds: 1080 },
      { kind: 'waits-less', subsystem: 'records', seconds: 60 },
      { kind: 'later', subsystem: 'records', count: 4 },
      { kind: 'earlier', subsystem: 'imaging', count: 7 },
      { kind: 'unfinished-fewer', count: 1 },
    ]);
  });
});
