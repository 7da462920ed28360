import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TaskId } from '../../src/shared/ids.ts';
import { staffId } from '../../src/shared/ids.ts';
import { TestApplication } from '../support/usecases/application.ts';
import { listQueue, NO_FILTER, queueOf } from '../support/usecases/queue.ts';
import { openClinic, ROOMS, visit } from '../support/usecases/rooms.ts';

describe('a queue', () => {
  let app: TestApplication;
  let tasks: TaskId[];
  beforeEach(async () => {
    app = new TestApplication();
    await openClinic(app);
    tasks = [];
    for (const [name, urgency, reference] of [
      ['Mia Berg', 4, 'V-1'],
      ['Noah Lind', 3, 'V-2'],
      ['Ida Holm', 4, ''],
    ] as const) {
      const given = { urgency, ...(reference !== '' && { reference }) };
      tasks.push((await app.get('task.submit', visit(name, given))).taskId);
      app.clock.forward(1);
    }
  });
  afterEach(() => app.close());

  const names = async (given: Parameters<typeof listQueue>[2]) =>
    (await listQueue(app, 'records', given)).rows.map((row) => row.patient?.name);

  it('lists groups in order, and pages of them', async () => {
    await app.get('task.act', { taskId: tasks[0] as TaskId, action: 'start', at: null });
    const { groups, rows, total } = await listQueue(app, 'records');
    expect(groups[0]).toEqual({ id: 'running', count: 1 });
    expect(total).toBe(3);
    const page = await app.get('queue.get', { queue: queueOf('records'), offset: 1, limit: 1 });
    expect(page.rows.map((row) => row.taskId)).toEqual([rows[1]?.taskId]);
    const { tasks: ids } = await app.get('queue.ids', { queue: queueOf('records'), offset: 1, limit: 2 });
    expect(ids.map((each) => each.taskId)).toEqual(rows.slice(1).map((row) => row.taskId));
    const found = await app.get('queue.find', { queue: queueOf('records'), taskId: tasks[2] as TaskId });
    expect(found.index).toBe(rows.findIndex((row) => row.taskId === tasks[2]));
  });

  it('sorts by a column, both ways', async () => {
    expect(await names({ sort: { by: 'patient', isDescending: false } })).toEqual([
      'Ida Holm',
      'Mia Berg',
      'Noah Lind',
    ]);
    expect((await names({ sort: { by: 'level', isDescending: false } }))[0]).toBe('Noah Lind');
    expect((await names({ sort: { by: 'waited', isDescending: true } }))[0]).toBe('Mia Berg');
  });

  const searches: { text: string; want: string[] }[] = [
    { text: 'noah', want: ['Noah Lind'] },
    { text: 'LIND v-2', want: ['Noah Lind'] },
    { text: '1980-02-03 mia', want: ['Mia Berg'] },
    { text: 'nobody', want: [] },
  ];
  for (const { text, want } of searches) {
    it(`finds "${text}"`, async () => {
      expect(await names({ text })).toEqual(want);
      const { rows } = await app.get('task.find', { text });
      expect(rows.map((row) => row.patient?.name)).toEqual(want);
    });
  }

  it('filters by state, urgency, pool and who entered it', async () => {
    await app.get('task.act', { taskId: tasks[2] as TaskId, action: 'hold', at: null });
    expect(await names({ filter: { ...NO_FILTER, states: ['held'] } })).toEqual(['Ida Holm']);
    expect(await names({ filter: { ...NO_FILTER, urgencies: [3] } })).toEqual(['Noah Lind']);
    expect(await names({ filter: { ...NO_FILTER, poolId: ROOMS } })).toHaveLength(3);
    expect(await names({ filter: { ...NO_FILTER, enteredBy: staffId('somebody-else') } })).toEqual([]);
  });

  it('shows what ended today, and earlier days where an ended state is asked for', async () => {
    await app.get('task.act', { taskId: tasks[0] as TaskId, action: 'cancel', at: null });
    expect((await listQueue(app, 'records')).groups.at(-1)).toEqual({ id: 'ended', count: 1 });
    app.clock.forward(24 * 60);
    expect((await listQueue(app, 'records')).groups.map(({ id }) => id)).not.toContain('ended');
    expect(await names({ filter: { ...NO_FILTER, states: ['cancelled'] } })).toEqual(['Mia Berg']);
  });

  it('keeps the views of each person over a restart', async () => {
    const view = { name: 'Held', subsystem: 'records' as const, filter: NO_FILTER, sort: null };
    await app.get('views.set', { views: [view] });
    await app.restart();
    expect((await app.get('views.get', {})).views).toEqual([view]);
  });
});
