import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TaskAction } from '../../src/shared/domain/lifecycle.ts';
import type { StaffId, TaskId } from '../../src/shared/ids.ts';
import { staffId } from '../../src/shared/ids.ts';
import { sameText } from '../../src/shared/domain/local-text.ts';
import { HOUR, MINUTE, instant, seconds } from '../../src/shared/units.ts';
import { TestApplication } from '../support/usecases/application.ts';
import { openClinic, rooms, ROOMS, visit } from '../support/usecases/rooms.ts';

let app: TestApplication;
beforeEach(async () => {
  app = new TestApplication();
  await openClinic(app);
});
afterEach(() => app.close());

const inMinutes = (minutes: number) => instant(app.clock.seconds + minutes * MINUTE);
const enter = async (name: string, overrides = {}): Promise<TaskId> =>
  (await app.get('task.submit', visit(name, overrides))).taskId;
const act = (taskId: TaskId, action: TaskAction) => app.get('task.act', { taskId, action, at: null });
const undo = () => app.ask('task.undo', { commandId: null });
const rowOf = async (taskId: TaskId) => (await app.get('task.get', { taskId })).row;
const isWhole = async () => (await app.get('ledger.verify', {})).isWhole;

describe('taking back what one has just done', () => {
  const moves: { name: string; before: TaskAction[]; action: TaskAction }[] = [
    { name: 'holding', before: [], action: 'hold' },
    { name: 'resuming', before: ['hold'], action: 'resume' },
    { name: 'confirming', before: [], action: 'confirm' },
    { name: 'starting', before: ['confirm'], action: 'start' },
    { name: 'finishing', before: ['confirm', 'start'], action: 'finish' },
    { name: 'releasing', before: ['confirm'], action: 'release' },
    { name: 'marking as missed', before: ['confirm'], action: 'miss' },
    { name: 'cancelling', before: ['confirm'], action: 'cancel' },
  ];
  for (const { name, before, action } of moves) {
    it(`${name}: the task stands as it stood before`, async () => {
      const task = await enter('Mia Berg', { note: 'left knee', reference: 'V-17' });
      for (const each of before) await act(task, each);
      const stood = await rowOf(task);
      await act(task, action);
      expect(await undo()).toMatchObject({ ok: true, value: { what: 'act', action, taskIds: [task] } });
      expect(await rowOf(task)).toEqual(stood);
      expect((await app.get('task.get', { taskId: task })).note).toBe('left knee');
      expect(await isWhole()).toBe(true);
    });
  }

  it('entering: the task is gone from the books, and its entry stays in the ledger', async () => {
    const task = await enter('Mia Berg');
    const other = await enter('Noah Lind');
    expect((await rowOf(other)).start).toBe(inMinutes(60));
    expect(await undo()).toMatchObject({ ok: true, value: { what: 'submit', taskIds: [other] } });
    expect(await app.ask('task.get', { taskId: other })).toMatchObject({ error: { code: 'unknown-task' } });
    expect((await rowOf(task)).start).toBe(inMinutes(0));
    const { entries } = await app.get('ledger.history', {
      staffId: null,
      taskId: null,
      day: null,
      kind: null,
      beforeSeq: null,
    });
    expect(entries.map(({ kind }) => kind)).toContain('task-reversed');
    expect(await isWhole()).toBe(true);
  });

  it('changing: a promise goes back to where it was', async () => {
    const task = await enter('Mia Berg');
    await act(task, 'confirm');
    app.clock.forward(10);
    const stood = await rowOf(task);
    await app.get('task.amend', {
      taskId: task,
      changes: { fixedStart: inMinutes(60), durationSeconds: seconds(2 * HOUR), reference: 'V-18' },
    });
    expect(await rowOf(task)).toMatchObject({ start: inMinutes(60), reference: 'V-18' });
    await undo();
    expect(await rowOf(task)).toEqual(stood);
    expect(await isWhole()).toBe(true);
  });

  it('goes back step by step, then has nothing left', async () => {
    const task = await enter('Mia Berg');
    await act(task, 'hold');
    await act(task, 'resume');
    await undo();
    expect((await rowOf(task)).state).toBe('held');
    await undo();
    expect((await rowOf(task)).state).toBe('tentative');
    await undo();
    expect(await undo()).toMatchObject({ ok: false, error: { code: 'nothing-to-undo' } });
  });

  it('answers the same undo sent again with its first reply, and takes back nothing more', async () => {
    const task = await enter('Mia Berg');
    await act(task, 'hold');
    const first = await app.get('task.undo', { commandId: null }, 'undo-1');
    expect(await app.get('task.undo', { commandId: null }, 'undo-1')).toEqual(first);
    expect((await rowOf(task)).state).toBe('tentative');
  });

  /** Ben does something while Ann is away; then she is back at the desk. */
  async function whileAnnIsAway(what: () => Promise<unknown>): Promise<void> {
    const ann = (await app.get('app.state', {})).person;
    if (!ann) throw new Error('Ann is at the desk');
    const ben: StaffId = staffId('staff-ben');
    const member = {
      id: ben,
      name: 'Ben',
      jobTitle: sameText('Clerk'),
      role: 'staff' as const,
      isActive: true,
    };
    await app.get('staff.set', { member });
    await app.get('person.switch', { staffId: ben });
    await what();
    await app.get('person.switch', { staffId: ann.id });
  }

  it('is refused once somebody has gone on with the task', async () => {
    const task = await enter('Mia Berg');
    await act(task, 'hold');
    await whileAnnIsAway(async () => {
      expect(await undo()).toMatchObject({ ok: false, error: { code: 'nothing-to-undo' } });
      await act(task, 'resume');
    });
    expect(await undo()).toMatchObject({ ok: false, error: { code: 'undo-moved-on' } });
    expect((await rowOf(task)).state).toBe('tentative');
  });

  it('is refused once its place has been promised to another', async () => {
    const task = await enter('Mia Berg');
    await act(task, 'confirm');
    const other = await enter('Noah Lind');
    await act(task, 'cancel');
    await whileAnnIsAway(async () => {
      await app.get('task.amend', { taskId: other, changes: { fixedStart: inMinutes(0) } });
      await act(other, 'confirm');
    });
    expect(await undo()).toMatchObject({ ok: false, error: { code: 'undo-place-taken' } });
    expect((await rowOf(task)).state).toBe('cancelled');
  });

  it('forgets when the application is closed', async () => {
    const task = await enter('Mia Berg');
    await act(task, 'hold');
    await app.restart();
    expect(await undo()).toMatchObject({ ok: false, error: { code: 'nothing-to-undo' } });
    expect((await rowOf(task)).state).toBe('held');
  });
});

describe('one action over many tasks', () => {
  it('does what it can in one step, names the rest, and is taken back as a whole', async () => {
    const [first, second, third] = [
      await enter('Mia Berg'),
      await enter('Noah Lind'),
      await enter('Ida Holm'),
    ];
    await act(third, 'hold');
    const before = (await app.get('app.state', {})).head?.length ?? 0;
    const taskIds = [first, second, third];
    expect(await app.get('task.act-many', { taskIds, action: 'hold', at: null })).toEqual({
      done: [first, second],
      refused: [{ taskId: third, code: 'action-not-possible' }],
    });
    const { entries } = await app.get('ledger.history', {
      staffId: null,
      taskId: null,
      day: null,
      kind: 'task-moved',
      beforeSeq: null,
    });
    expect(entries.filter(({ seq }) => seq > before)).toHaveLength(2);
    expect(await undo()).toMatchObject({ ok: true, value: { taskIds: [first, second] } });
    const states = await Promise.all(taskIds.map(async (id) => (await rowOf(id)).state));
    expect(states).toEqual(['tentative', 'tentative', 'held']);
    expect(await isWhole()).toBe(true);
  });

  it('writes nothing where no task allows it', async () => {
    const task = await enter('Mia Berg');
    const before = (await app.get('app.state', {})).head?.length;
    const reply = await app.get('task.act-many', { taskIds: [task], action: 'finish', at: null });
    expect(reply).toEqual({ done: [], refused: [{ taskId: task, code: 'action-not-possible' }] });
    expect((await app.get('app.state', {})).head?.length).toBe(before);
  });
});

describe('taking back a change of a pool or a policy', () => {
  it('says again what held before, and plans by it', async () => {
    await app.get('pool.set', { pool: rooms(3) });
    await app.get('subsystem.set', { setting: { subsystem: 'records', policy: 'priority', weight: 2 } });
    expect(await app.get('task.undo', { commandId: null })).toEqual({
      what: 'setting',
      action: null,
      taskIds: [],
    });
    const { subsystems } = await app.get('app.state', {});
    expect(subsystems.find(({ subsystem }) => subsystem === 'records')).toMatchObject({
      policy: 'demand',
      weight: 1,
    });
    await app.get('task.undo', { commandId: null });
    const { pools } = await app.get('pool.list', {});
    expect(pools.find(({ id }) => id === ROOMS)?.units).not.toHaveLength(3);
    expect(await app.ask('task.undo', { commandId: null })).toMatchObject({
      error: { code: 'nothing-to-undo' },
    });
  });

  /** The next person to sit at the desk, with every right. */
  async function another(): Promise<StaffId> {
    const id = staffId('s-ben');
    const member = {
      id,
      name: 'Ben',
      jobTitle: sameText('Manager'),
      role: 'manager',
      isActive: true,
    } as const;
    await app.get('staff.set', { member });
    await app.get('person.switch', { staffId: id });
    return id;
  }
  const ann = async (): Promise<StaffId> => {
    const { person } = await app.get('app.state', {});
    if (!person) throw new Error('Ann is at the desk');
    return person.id;
  };

  it('is refused once somebody else has set it again', async () => {
    const first = await ann();
    await app.get('pool.set', { pool: rooms(2) });
    await another();
    await app.get('pool.set', { pool: rooms(3) });
    await app.get('person.switch', { staffId: first });
    expect(await undo()).toMatchObject({ error: { code: 'undo-moved-on' } });
  });

  it('is refused once the room that would go has been promised', async () => {
    const first = await ann();
    await app.get('pool.set', { pool: rooms(2) });
    await another();
    for (const name of ['Mia Berg', 'Noah Lind']) await act(await enter(name), 'confirm');
    await app.get('person.switch', { staffId: first });
    expect(await undo()).toMatchObject({ error: { code: 'undo-place-taken' } });
    expect(await isWhole()).toBe(true);
  });
});
