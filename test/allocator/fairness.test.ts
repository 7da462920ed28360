import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plan } from '../../src/main/allocator/index.ts';
import { compareRatios, ratio, ratioOfNumber, toFloat } from '../../src/main/allocator/exact-ratio.ts';
import type { FillUser } from '../../src/main/allocator/water-fill.ts';
import { waterFill } from '../../src/main/allocator/water-fill.ts';
import { HOUR } from '../../src/shared/units.ts';
import { aPool, aSnapshot, aTask, at, settings } from '../support/allocator/builders.ts';
import { YARDSTICKS_ABSENT, findYardstick } from '../support/allocator/yardsticks.ts';

const ONE = ratio(1n, 1n);

interface YarnCase {
  readonly name: string;
  readonly capacity: number;
  readonly e: readonly (readonly [number, number | null, number])[];
  readonly want: readonly number[];
}

interface Oracles {
  readonly drf_paper: {
    readonly capacity: readonly [number, number];
    readonly demands: Readonly<Record<'A' | 'B', readonly [number, number]>>;
    readonly tasks: Readonly<Record<'A' | 'B', number>>;
  };
  readonly yarn_compute_fair_shares: { readonly cases: readonly YarnCase[] };
}

function yarnUser([minimum, maximum, weight]: YarnCase['e'][number]): FillUser {
  return {
    demand: [1],
    minimum: ratio(BigInt(minimum), 1n),
    maximum: maximum === null ? null : ratio(BigInt(maximum), 1n),
    weight: ratioOfNumber(weight) ?? ONE,
    dominant: ONE,
  };
}

describe('weighted max-min filling', () => {
  it('gives no more than the wish, and what is left to the others', () => {
    const users = [1, 4, 10].map((maximum) => yarnUser([0, maximum, 1]));
    expect(waterFill([9], users).map(toFloat)).toEqual([1, 4, 4]);
    expect(waterFill([100], users).map(toFloat)).toEqual([1, 4, 10]);
  });

  it('fills several resources at once: who shares a full one stops, the others rise on', () => {
    const user = (demand: number[]): FillUser => ({
      demand,
      minimum: ratio(0n, 1n),
      maximum: null,
      weight: ONE,
      dominant: ONE,
    });
    expect(waterFill([10, 12], [user([1, 0]), user([1, 1]), user([0, 1])]).map(toFloat)).toEqual([5, 5, 7]);
  });

  it('is max-min fair: nobody could have more without a poorer one having less', () => {
    const user = fc.record({
      demand: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 2, maxLength: 2 }),
      maximum: fc.integer({ min: 1, max: 30 }),
      weight: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(
        fc.array(user, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 5, max: 60 }),
        (sketches, capacity) => {
          const users = sketches.map(({ demand, maximum, weight }): FillUser => ({
            demand,
            minimum: ratio(0n, 1n),
            maximum: ratio(BigInt(maximum), 1n),
            weight: ratio(BigInt(weight), 1n),
            dominant: ONE,
          }));
          const levels = waterFill([capacity, 40], users);
          const load = (resource: number): ReturnType<typeof ratio> =>
            users.reduce(
              (total, row, index) => {
                const level = levels[index] ?? ONE;
                const added = BigInt(row.demand[resource] ?? 0) * level.numerator;
                return ratio(
                  total.numerator * level.denominator + added * total.denominator,
                  total.denominator * level.denominator,
                );
              },
              ratio(0n, 1n),
            );
          const isFull = [capacity, 40].map((most, resource) =>
            compareRatios(load(resource), ratio(BigInt(most), 1n)),
          );
          expect(Math.max(...isFull)).toBeLessThanOrEqual(0);
          const shareOf = (index: number): number =>
            toFloat(levels[index] ?? ONE) / (sketches[index]?.weight ?? 1);
          for (const [index, row] of users.entries()) {
            if (row.maximum && compareRatios(levels[index] ?? ONE, row.maximum) === 0) continue;
            const hasBottleneck = row.demand.some(
              (wanted, resource) =>
                wanted > 0 &&
                isFull[resource] === 0 &&
                users.every(
                  (other, n) => (other.demand[resource] ?? 0) === 0 || shareOf(n) <= shareOf(index) + 1e-9,
                ),
            );
            expect(hasBottleneck).toBe(true);
          }
        },
      ),
      { numRuns: 500, seed: 11 },
    );
  });
});

describe('the public fairness oracles', () => {
  const path = findYardstick('fairness/oracles.json');
  if (path === null) {
    it('are met', (context) => context.skip(YARDSTICKS_ABSENT));
    return;
  }
  const oracles = JSON.parse(readFileSync(path, 'utf8')) as Oracles; // a file of known shape, read by its only test

  for (const { name, capacity, e, want } of oracles.yarn_compute_fair_shares.cases) {
    it(`YARN: ${name}`, () => {
      expect(waterFill([capacity], e.map(yarnUser)).map(toFloat)).toEqual(want);
    });
  }

  it('DRF paper, section 4: the tasks that run at once are those of the paper', () => {
    const { capacity, demands, tasks } = oracles.drf_paper;
    const pools = [
      aPool('cpu', capacity[0], { kind: 'divisible' }),
      aPool('gb', capacity[1], { kind: 'divisible' }),
    ];
    const backlog = (['A', 'B'] as const).flatMap((user) =>
      Array.from({ length: 9 }, (_, n) =>
        aTask(`${user}${n}`, {
          subsystem: user === 'A' ? 'records' : 'research',
          needs: { cpu: demands[user][0], gb: demands[user][1] },
          minutes: HOUR / 60,
        }),
      ),
    );
    const made = plan(aSnapshot(pools, backlog), at(0), settings());
    const running = made.allocations
      .filter((row) => row.segments[0]?.start === at(0))
      .map((row) => row.taskId.slice(0, 1));
    expect(running.filter((user) => user === 'A')).toHaveLength(tasks.A);
    expect(running.filter((user) => user === 'B')).toHaveLength(tasks.B);
  });
});
