import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plan } from '../../src/main/allocator/index.ts';
import { DAY, seconds } from '../../src/shared/units.ts';
import { T0, at, settings } from '../support/allocator/builders.ts';
import { violations } from '../support/allocator/feasibility.ts';
import { randomClinic } from '../support/allocator/random-clinic.ts';

/** More with ALLOCATOR_CASES=20000; fast-check prints the seed of a failure, and ALLOCATOR_SEED runs it again. */
const numRuns = Number(process.env['ALLOCATOR_CASES'] ?? 2000);
const seed = Number(process.env['ALLOCATOR_SEED'] ?? 20_260_105);
/** A clinic takes a few milliseconds; on a busy machine several times that. */
const timeout = 120_000 + 60 * numRuns;
const HORIZON_DAYS = 6;
const shortHorizon = settings({ horizonSeconds: seconds(HORIZON_DAYS * DAY) });

describe('plans of random clinics', () => {
  it(`keep every rule of the design (seed ${seed}, ${numRuns} clinics)`, { timeout }, () => {
    fc.assert(
      fc.property(randomClinic, (snapshot) => {
        const made = plan(snapshot, at(0), shortHorizon);
        expect(violations(snapshot, made, T0 + HORIZON_DAYS * DAY)).toEqual([]);
      }),
      { numRuns, seed },
    );
  });

  it(
    `are the same to the byte for shuffled input, and again when made again (seed ${seed})`,
    { timeout },
    () => {
      fc.assert(
        fc.property(randomClinic, fc.infiniteStream(fc.nat()), (snapshot, order) => {
          const shuffled = <Item>(items: readonly Item[]): Item[] =>
            items
              .map((item) => ({ item, key: order.next().value ?? 0 }))
              .sort((left, right) => left.key - right.key)
              .map(({ item }) => item);
          const made = JSON.stringify(plan(snapshot, at(0), shortHorizon));
          const other = { ...snapshot, tasks: shuffled(snapshot.tasks), pools: shuffled(snapshot.pools) };
          expect(
            JSON.stringify(
              plan({ ...other, subsystems: shuffled(snapshot.subsystems) }, at(0), shortHorizon),
            ),
          ).toBe(made);
          expect(JSON.stringify(plan(snapshot, at(0), shortHorizon))).toBe(made);
        }),
        { numRuns: Math.ceil(numRuns / 5), seed },
      );
    },
  );

  it(`are plain data (seed ${seed})`, () => {
    fc.assert(
      fc.property(randomClinic, (snapshot) => {
        const made = plan(snapshot, at(0), shortHorizon);
        expect(JSON.parse(JSON.stringify(made))).toEqual(made);
      }),
      { numRuns: 100, seed },
    );
  });
});
