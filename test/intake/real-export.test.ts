/**
 * The real export, where this machine has it: a public simulator's folder that stays out of the project.
 * Set CLINIC_ALLOCATOR_SYNTHEA to look elsewhere.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { busiestMonth, suggestMapping, suggestPools } from '../../src/main/intake/index.ts';
import { instant } from '../../src/shared/units.ts';
import { REAL_EXPORT, REAL_EXPORT_SKIP, countsOf, readDrafts } from '../support/intake/export-folder.ts';

const NOW = instant(Date.UTC(2026, 10, 1) / 1000);

describe('the real export', () => {
  beforeEach((context) => {
    if (REAL_EXPORT_SKIP !== null) context.skip(REAL_EXPORT_SKIP);
  });

  it.each(['history', 'backlog'] as const)('is taken whole as %s, in under 2 s of work', async (mode) => {
    const began = process.cpuUsage();
    const drafts = await readDrafts(REAL_EXPORT, { mode, now: NOW });
    // Processor time, because other work on the machine is not the reader's.
    const { user, system } = process.cpuUsage(began);
    const { patients, tasks, problems, counts } = drafts;

    expect(patients).toHaveLength(50);
    expect(countsOf(drafts)).toEqual([
      ['encounters', 2356, 2356, 0],
      ['imaging_studies', 166, 166, 0],
      ['claims', 3761, 3761, 0],
      ['procedures', 7381, 7381, 0],
      ['devices', 233, 233, 0],
    ]);
    expect(problems).toEqual([]);
    expect(tasks.filter((task) => task.table === 'procedures')).toHaveLength(218);
    expect(new Set(tasks.map((task) => task.digest)).size).toBe(tasks.length);
    expect(counts.find((count) => count.table === 'devices')?.remarks).toMatchObject({
      'no-end': 77,
      'zero-length': 123,
    });
    expect((user + system) / 1000).toBeLessThan(2000);
  });

  it('is history: everything has begun and ended by now, for at least a second', async () => {
    const { tasks } = await readDrafts(REAL_EXPORT, { now: NOW });
    for (const { startedAt, endedAt, durationSeconds } of tasks) {
      expect(endedAt).toBeLessThanOrEqual(NOW);
      expect(durationSeconds).toBe((endedAt ?? 0) - (startedAt ?? 0));
      expect(durationSeconds).toBeGreaterThan(0);
    }
  });

  it('fits into the pools suggested for it', async () => {
    const { tasks } = await readDrafts(REAL_EXPORT, { now: NOW });
    const pools = suggestPools(tasks, 'America/New_York');
    expect(suggestMapping(pools).map((row) => row.poolId)).toEqual(pools.map((pool) => pool.id));
    expect(busiestMonth(tasks, 'America/New_York')).toMatch(/^20\d\d-\d\d$/);
  });
});
