import { describe, expect, it } from 'vitest';
import type { SearchJob } from '../../src/main/usecases/planning/search-job.ts';
import { runJob } from '../../src/main/usecases/planning/search-job.ts';
import { startSearch } from '../../src/main/usecases/planning/search-client.ts';
import { UNWATCHED } from '../../src/main/allocator/search/control.ts';
import { plan } from '../../src/main/allocator/index.ts';
import { SUBSYSTEM_IDS } from '../../src/shared/domain/subsystem.ts';
import { aPool, aSnapshot, aTask, at, settings } from '../support/allocator/builders.ts';

/** The main thread's own work between two turns of its event loop must stay below this, in milliseconds. */
const BLOCKED_MOST = 50;

/** Rooms and clerks for claims, and for scans too when `subsystems` is 2. */
function aJob(budget: number, taskCount = 40, subsystems = 2): SearchJob {
  const tasks = Array.from({ length: taskCount }, (_, n) =>
    aTask(`t${String(n).padStart(3, '0')}`, {
      subsystem: SUBSYSTEM_IDS[n % subsystems === 0 ? 2 : 1],
      needs: { room: 1 + ((n * 7) % 3), clerk: 1 + ((n * 5) % 2) },
      minutes: 10 + 5 * ((n * 11) % 9),
      due: 3600 * (1 + (n % 9)),
    }),
  );
  return {
    snapshot: aSnapshot([aPool('room', 4), aPool('clerk', 3)], tasks),
    now: at(0),
    settings: settings({ budget, objective: 'makespan' }),
    adopted: null,
  };
}

/**
 * The most processor time that this thread spent between two turns of its event loop while `work` was under way.
 * Processor time, because a busy machine delays turns of an idle loop too.
 */
async function longestTurn<Value>(work: () => Promise<Value>): Promise<{ value: Value; longest: number }> {
  const spent = (): number => process.threadCpuUsage().user / 1000;
  let [last, longest] = [spent(), 0];
  const timer = setInterval(() => {
    const now = spent();
    longest = Math.max(longest, now - last);
    last = now;
  }, 2);
  const value = await work();
  clearInterval(timer);
  return { value, longest };
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 2));
}

describe('a search on its own thread', () => {
  it('gives the plan, and the offer, that the main thread gives', async () => {
    const job = aJob(300);
    expect(await startSearch(job).answer).toEqual(runJob(job, UNWATCHED));
    const claims = aJob(300, 24, 1);
    const adopted = plan(claims.snapshot, claims.now, { ...claims.settings, budget: 0 });
    const offer = await startSearch({ ...claims, adopted }).answer;
    expect(offer).toEqual(runJob({ ...claims, adopted }, UNWATCHED));
    expect(offer).toMatchObject({ kind: 'offer', offer: { scoreBefore: expect.any(Array) as unknown } });
  });

  it('never blocks the main thread', async () => {
    const job = aJob(4000, 120);
    const { value, longest } = await longestTurn(() => startSearch(job).answer);
    expect(value.kind === 'plan' && value.plan.budgetUsed).toBeGreaterThan(1000);
    expect(longest).toBeLessThan(BLOCKED_MOST);
  });

  it('reports progress, gives its best so far, and stops when told to', async () => {
    const job = aJob(50_000_000, 120);
    const search = startSearch(job);
    await until(() => search.progress().used > 200);
    expect(search.progress().budget).toBe(50_000_000);
    const best = await search.bestSoFar();
    expect(best.kind === 'plan' && best.plan.allocations.length).toBe(120);
    search.cancel();
    const stopped = await search.answer;
    if (stopped.kind !== 'plan' || best.kind !== 'plan') throw new Error('a plan was asked for');
    expect(stopped.plan.budgetUsed).toBeLessThan(50_000_000);
    expect(stopped.plan.budgetUsed).toBeGreaterThanOrEqual(best.plan.budgetUsed);
    const again = { ...job.settings, stopAfter: best.plan.budgetUsed };
    expect(runJob({ ...job, settings: again }, UNWATCHED)).toEqual(best);
  });

  it('says so when the thread fails', async () => {
    const broken = { ...aJob(10), snapshot: null } as unknown as SearchJob; // on purpose not a job
    await expect(startSearch(broken).answer).rejects.toThrow();
  });
});
