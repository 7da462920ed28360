import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TaskChanges } from '../../src/shared/contract/tasks.ts';
import type { TaskId } from '../../src/shared/ids.ts';
import { HOUR, MINUTE, instant, milli, seconds } from '../../src/shared/units.ts';
import { TestApplication } from '../support/usecases/application.ts';
import { openClinic, ROOMS, visit } from '../support/usecases/rooms.ts';

describe('changing a task', () => {
  let app: TestApplication;
  beforeEach(async () => {
    app = new TestApplication();
    await openClinic(app);
  });
  afterEach(() => app.close());

  const inMinutes = (minutes: number) => instant(app.clock.seconds + minutes * MINUTE);
  const enter = async (name: string, overrides = {}): Promise<TaskId> =>
    (await app.get('task.submit', visit(name, overrides))).taskId;
  const amend = (taskId: TaskId, changes: TaskChanges) => app.ask('task.amend', { taskId, changes });
  const rowOf = async (taskId: TaskId) => (await app.get('task.get', { taskId })).row;
  const act = (taskId: TaskId, action: 'confirm' | 'start' | 'finish' | 'hold') =>
    app.get('task.act', { taskId, action, at: null });

  it('plans queued work anew: a longer first visit makes the second one later', async () => {
    const first = await enter('Mia Berg');
    const second = await enter('Noah Lind');
    expect(await amend(first, { durationSeconds: seconds(2 * HOUR), note: 'both knees' })).toMatchObject({
      ok: true,
      value: { state: 'tentative', start: app.clock.seconds },
    });
    expect((await rowOf(second)).start).toBe(inMinutes(120));
    expect(await app.get('task.get', { taskId: first })).toMatchObject({
      note: 'both knees',
      history: [{}, {}, { kind: 'task-amended', actorName: 'Ann' }, {}],
    });
  });

  it('gives a queued task a fixed start, and takes it away again', async () => {
    const task = await enter('Mia Berg');
    await amend(task, { fixedStart: inMinutes(45) });
    expect((await rowOf(task)).start).toBe(inMinutes(45));
    await amend(task, { fixedStart: null });
    expect((await rowOf(task)).start).toBe(inMinutes(45)); // a plan keeps what is still feasible
  });

  it('moves a promise to where only tentative work stands, and that work finds another place', async () => {
    const promised = await enter('Mia Berg');
    const tentative = await enter('Noah Lind');
    await act(promised, 'confirm');
    await amend(promised, { fixedStart: inMinutes(70) });
    expect(await rowOf(promised)).toMatchObject({ state: 'confirmed', start: inMinutes(70) });
    expect((await rowOf(tentative)).start).toBe(inMinutes(0));
  });

  it('refuses to move a promise onto another promise, and nothing changes', async () => {
    const first = await enter('Mia Berg');
    const second = await enter('Noah Lind');
    await act(first, 'confirm');
    await act(second, 'confirm');
    const before = (await app.get('app.state', {})).head?.length;
    expect(await amend(second, { fixedStart: inMinutes(30) })).toMatchObject({
      ok: false,
      error: { code: 'fixed-start-not-possible' },
    });
    expect((await app.get('app.state', {})).head?.length).toBe(before);
    expect((await rowOf(second)).start).toBe(inMinutes(60));
  });

  it('gives running work a later end, and warns of the promise behind it', async () => {
    const first = await enter('Mia Berg');
    const second = await enter('Noah Lind');
    await act(first, 'start');
    await act(second, 'confirm');
    await amend(first, { durationSeconds: seconds(90 * MINUTE) });
    expect((await rowOf(first)).end).toBe(inMinutes(90));
    const { alerts } = await app.get('today.get', {});
    expect(alerts).toContainEqual(expect.objectContaining({ code: 'displaced', taskId: second }));
  });

  const refusals: {
    name: string;
    state: 'running' | 'finished' | 'tentative';
    changes: () => TaskChanges;
    want: string;
  }[] = [
    {
      name: 'another start of running work',
      state: 'running',
      changes: () => ({ fixedStart: inMinutes(60) }),
      want: 'amend-not-possible',
    },
    {
      name: 'an end of running work that has passed',
      state: 'running',
      changes: () => ({ durationSeconds: seconds(MINUTE) }),
      want: 'end-in-the-past',
    },
    {
      name: 'another urgency of finished work',
      state: 'finished',
      changes: () => ({ urgency: 1 }),
      want: 'amend-not-possible',
    },
    {
      name: 'a start in the past',
      state: 'tentative',
      changes: () => ({ fixedStart: inMinutes(-60) }),
      want: 'start-in-the-past',
    },
    {
      name: 'more rooms than there are',
      state: 'tentative',
      changes: () => ({ needs: [{ poolId: ROOMS, rateMilli: milli(2000), amount: null }] }),
      want: 'exceeds-capacity',
    },
  ];
  for (const { name, state, changes, want } of refusals) {
    it(`refuses ${name}`, async () => {
      const task = await enter('Mia Berg');
      if (state !== 'tentative') await act(task, 'start');
      app.clock.forward(5);
      if (state === 'finished') await act(task, 'finish');
      expect(await amend(task, changes())).toMatchObject({ ok: false, error: { code: want } });
    });
  }

  it('lets the note of finished work be written later, and says nothing where nothing changes', async () => {
    const task = await enter('Mia Berg');
    await act(task, 'start');
    app.clock.forward(5);
    await act(task, 'finish');
    await amend(task, { note: 'came with her mother' });
    expect((await app.get('task.get', { taskId: task })).note).toBe('came with her mother');
    const before = (await app.get('app.state', {})).head?.length;
    await amend(task, {});
    expect((await app.get('app.state', {})).head?.length).toBe(before);
  });

  it('makes the same rows again when the projections are rebuilt', async () => {
    const task = await enter('Mia Berg');
    await act(task, 'confirm');
    app.clock.forward(10);
    await amend(task, { fixedStart: inMinutes(60) });
    await act(task, 'start');
    await amend(task, { durationSeconds: seconds(2 * HOUR) });
    expect(await app.get('ledger.verify', {})).toMatchObject({ isWhole: true });
  });
});
