/** A figure of the report, taken apart through the bridge: its tasks are named by their work, never by a patient. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ACCOUNTING_STATES } from '../../src/shared/domain/capacity.ts';
import { poolId } from '../../src/shared/ids.ts';
import { everyNumber } from '../support/reports/drillable.ts';
import { TestApplication } from '../support/usecases/application.ts';
import { openClinic, visit } from '../support/usecases/rooms.ts';

let app: TestApplication;
beforeEach(async () => {
  app = new TestApplication();
  await openClinic(app);
});
afterEach(() => app.close());

const day = { period: { kind: 'day', from: '2026-11-18' }, poolIds: null, subsystems: null } as const;

it('adds up to the figure of the report, and names the task behind it and no patient', async () => {
  const { taskId } = await app.get('task.submit', visit('Mia Berg'));
  await app.get('task.act', { taskId, action: 'start', at: null });
  app.clock.forward(10);
  const { pools, waits } = await app.get('report.utilization', day);
  const pool = pools.find(({ states }) => states.used > 0);
  if (!pool) throw new Error('something is used');

  const figure = { kind: 'pool', poolId: pool.poolId, figure: 'used' } as const;
  const parts = await app.get('report.drill', { ...day, figure });
  expect(parts.total).toBe(pool.states.used);
  expect(parts.rows).toMatchObject([{ task: { id: taskId }, amount: pool.states.used }]);
  expect(parts.more).toEqual({ count: 0, amount: 0 });
  expect(JSON.stringify(parts)).not.toContain('Mia');

  const closed = await app.get('report.drill', { ...day, figure: { ...figure, figure: 'closed' } });
  expect(closed.total).toBe(pool.states.closed);
  expect(closed.rows.every(({ task }) => task === null)).toBe(true);

  const [row] = waits;
  if (!row) throw new Error('something started');
  const { subsystem, urgency } = row;
  const started = await app.get('report.drill', {
    ...day,
    figure: { kind: 'waits', subsystem, urgency, figure: 'started' },
  });
  expect([started.total, started.rows[0]?.task?.id]).toEqual([row.started, taskId]);
});

it('groups the report by what the books know of the task', async () => {
  const { taskId } = await app.get('task.submit', visit('Mia Berg'));
  await app.get('task.act', { taskId, action: 'start', at: null });
  app.clock.forward(10);
  const { groups, pools } = await app.get('report.utilization', { ...day, grouping: 'work-kind' });
  const used = groups?.pools.filter(({ states }) => states.used > 0) ?? [];
  const [kind] = groups?.groups ?? [];
  expect([kind?.id, kind?.subsystem]).toEqual([used[0]?.groupId, 'records']);
  expect(used.map(({ states }) => states.used)).toEqual(
    pools.filter(({ states }) => states.used > 0).map(({ states }) => states.used),
  );
  expect((await app.get('report.utilization', day)).groups).toBeNull();
});

it('takes a group of the report apart into its tasks, over a period of many days too', async () => {
  const { taskId } = await app.get('task.submit', visit('Mia Berg'));
  await app.get('task.act', { taskId, action: 'start', at: null });
  app.clock.forward(10);
  const year = { ...day, period: { kind: 'year', from: '2026-11-18' } } as const;
  for (const by of ['work-kind', 'hour', 'day', 'month'] as const) {
    const { groups } = await app.get('report.utilization', { ...year, grouping: by });
    const row = groups?.pools.find(({ states }) => states.used > 0);
    if (!row) throw new Error('something is used');
    const group = { by, id: row.groupId };
    const { poolId: pool } = row;
    const used = { kind: 'pool', poolId: pool, figure: 'used', group } as const;
    const parts = await app.get('report.drill', { ...year, figure: used });
    expect([by, parts.total, parts.rows[0]?.task?.id]).toEqual([by, row.states.used, taskId]);
    const closed = await app.get('report.drill', { ...year, figure: { ...used, figure: 'closed' } });
    expect([by, closed.total]).toEqual([by, row.states.closed]);
    const started = { kind: 'group-tasks', group, figure: 'started' } as const;
    const tasks = await app.get('report.drill', { ...year, figure: started });
    expect([by, tasks.total, tasks.rows[0]?.task?.id]).toEqual([by, 1, taskId]);
  }
});

it('adds up to every cell of the sample clinic by hour and weekday, reading only their time', async () => {
  const sample = await new TestApplication().open({ opensSample: true });
  try {
    const period = { kind: 'month', from: '2026-10-01' } as const;
    const asked = { ...day, period };
    for (const by of ['hour', 'weekday'] as const) {
      const { groups } = await sample.get('report.utilization', { ...asked, grouping: by });
      const rows = groups?.pools.filter((_, index) => index % 37 === 5) ?? [];
      expect(rows.length).toBeGreaterThan(1);
      for (const [index, row] of rows.entries()) {
        const figure = ACCOUNTING_STATES[index % ACCOUNTING_STATES.length] ?? 'used';
        const cell = { kind: 'pool', poolId: row.poolId, figure, group: { by, id: row.groupId } } as const;
        const parts = await sample.get('report.drill', { ...asked, figure: cell });
        expect([cell, parts.total]).toEqual([cell, row.states[figure]]);
      }
      const [tasks] = groups?.tasks ?? [];
      const group = { by, id: tasks?.groupId ?? null };
      for (const figure of ['started', 'finished'] as const) {
        const parts = await sample.get('report.drill', {
          ...asked,
          figure: { kind: 'group-tasks', group, figure },
        });
        expect([group, figure, parts.total]).toEqual([group, figure, tasks?.[figure]]);
      }
    }
  } finally {
    await sample.close();
  }
});

it('adds up to every number of the sample clinic’s report, of a day, a week and a month', async () => {
  const sample = await new TestApplication().open({ opensSample: true });
  try {
    const periods = [
      { kind: 'day', from: '2026-11-18' },
      { kind: 'week', from: '2026-11-11' },
      { kind: 'month', from: '2026-10-01' },
    ] as const;
    const kinds = new Set<string>();
    for (const [turn, period] of periods.entries()) {
      const asked = { ...day, period };
      const numbers = everyNumber(await sample.get('report.utilization', asked));
      // Different ones each time, and all that are not of pools.
      const some = numbers.filter(({ figure }, index) => figure.kind !== 'pool' || index % 9 === turn);
      for (const { figure, amount } of some) {
        const parts = await sample.get('report.drill', { ...asked, figure });
        expect([period.kind, figure, parts.total]).toEqual([period.kind, figure, amount]);
        if (parts.total > 0) kinds.add(figure.kind);
      }
    }
    expect([...kinds].sort()).toEqual(['beds', 'completeness', 'outcomes', 'pool', 'waits']);
  } finally {
    await sample.close();
  }
});

it('refuses a pool that is not there', async () => {
  const figure = { kind: 'pool', poolId: poolId('nowhere'), figure: 'used' } as const;
  const reply = await app.ask('report.drill', { ...day, figure });
  expect(reply).toMatchObject({ ok: false, error: { code: 'unknown-pool' } });
});
