/** The seeded load generator of the speed benches: pools, backlogs and reservations that look like a clinic's. */
import type { Snapshot } from '../../../src/main/allocator/index.ts';
import { SUBSYSTEM_IDS } from '../../../src/shared/domain/subsystem.ts';
import type { UrgencyClass } from '../../../src/shared/domain/urgency.ts';
import { MINUTE } from '../../../src/shared/units.ts';
import { aPool, aSnapshot, aTask, dailyHours } from '../../support/allocator/builders.ts';

/** Numerical Recipes' linear congruential generator; the high bits are used. */
export function makeRandom(seed: number): (bound: number) => number {
  let state = seed >>> 0;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor(state / 65_536) % bound;
  };
}

/** A backlog over countable pools of one to six units, two in three of them open in the daytime only. */
export function makeBacklog(taskCount: number, poolCount: number, seed: number): Snapshot {
  const random = makeRandom(seed);
  const sizes = Array.from({ length: poolCount }, (_, index) => 1 + (index % 6));
  const pools = sizes.map((size, index) =>
    aPool(`p${index}`, size, index % 3 === 0 ? {} : { capacity: dailyHours(8, 18, 120, size) }),
  );
  const tasks = Array.from({ length: taskCount }, (_, index) => {
    const [first, second] = [random(poolCount), random(poolCount)];
    return aTask(`t${String(index).padStart(5, '0')}`, {
      subsystem: SUBSYSTEM_IDS[random(5)] ?? 'records',
      urgency: (1 + random(5)) as UrgencyClass, // 1 to 5 by construction
      minutes: 10 + 5 * random(20),
      earliest: 5 * MINUTE * random(2000),
      requester: `q${random(200)}`,
      needs: { [`p${first}`]: 1, [`p${second}`]: 1 },
    });
  });
  return aSnapshot(pools, tasks);
}
