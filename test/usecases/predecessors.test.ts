/** Tasks that come after others, chosen one by one. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TaskId } from '../../src/shared/ids.ts';
import { taskId } from '../../src/shared/ids.ts';
import type { TaskDraft } from '../../src/shared/contract/tasks.ts';
import { HOUR, MINUTE, seconds } from '../../src/shared/units.ts';
import { TestApplication } from '../support/usecases/application.ts';
import { openClinic, visit } from '../support/usecases/rooms.ts';

let app: TestApplication;
beforeEach(async () => {
  app = new TestApplication();
  await openClinic(app, 2);
});
afterEach(() => app.close());

const enter = async (name: string, given: Partial<TaskDraft> = {}): Promise<TaskId> =>
  (await app.get('task.submit', visit(name, given))).taskId;
const after = (...rows: [TaskId, number][]): Partial<TaskDraft> => ({
  after: rows.map(([id, minutes]) => ({ taskId: id, delaySeconds: seconds(minutes * MINUTE) })),
});
const detail = (id: TaskId) => app.get('task.get', { taskId: id });

it('a task starts after those it comes after, and after the delay, and says why it waits', async () => {
  const first = await enter('Noah Lind');
  const draft = after([first, 30]);
  const { patient: _patient, note: _note, ...quoted } = visit('Mia Berg', draft).draft;
  const expected = app.clock.seconds + HOUR + 30 * MINUTE;
  const { starts } = await app.get('task.quote', { draft: quoted });
  expect(starts[0]?.start).toBe(expected);
  const second = await enter('Mia Berg', draft);
  const { row, links } = await detail(second);
  expect(row.start).toBe(expected);
  expect(row.reason?.segments.map((segment) => segment.rule)).toEqual(['precedence', 'delay']);
  expect(links.before).toMatchObject([
    { taskId: first, patientName: 'Noah Lind', state: 'tentative', delaySeconds: 30 * MINUTE },
  ]);
  expect((await detail(first)).links).toMatchObject({
    before: [],
    after: [{ taskId: second, start: expected, delaySeconds: 30 * MINUTE }],
  });
});

it('a task can be put after others, have its delay changed, and be freed of them', async () => {
  const [first, second] = [await enter('Noah Lind'), await enter('Mia Berg')];
  const change = async (rows: Partial<TaskDraft>) => {
    await app.get('task.amend', { taskId: second, changes: { after: rows.after ?? [] } });
    return detail(second);
  };
  expect((await change(after([first, 0]))).row.start).toBe(app.clock.seconds + HOUR);
  const delayed = await change(after([first, 60]));
  expect(delayed.row.start).toBe(app.clock.seconds + 2 * HOUR);
  expect(delayed.draft.after).toEqual([{ taskId: first, delaySeconds: HOUR }]);
  await app.get('task.undo', { commandId: null });
  expect((await detail(second)).draft.after).toEqual([{ taskId: first, delaySeconds: 0 }]);
  const freed = await change({ after: [] });
  expect(freed.draft).not.toHaveProperty('after');
  expect(freed.links.before).toEqual([]);
});

it('refuses what would come after itself, directly or by others', async () => {
  const first = await enter('Noah Lind');
  const second = await enter('Mia Berg', after([first, 0]));
  const third = await enter('Ida Holm', after([second, 0]));
  for (const later of [first, second, third]) {
    const changes = { after: [{ taskId: later, delaySeconds: seconds(0) }] };
    const refused = await app.ask('task.amend', { taskId: first, changes });
    expect(refused).toMatchObject({ error: { code: 'precedence-cycle', params: { taskId: later } } });
  }
  expect((await detail(first)).links.before).toEqual([]);
});

it('refuses a task that is not there, or was given up', async () => {
  const gone = await enter('Noah Lind');
  await app.get('task.act', { taskId: gone, action: 'cancel', at: null });
  for (const id of [gone, taskId('t-nobody')]) {
    const refused = await app.ask('task.submit', visit('Mia Berg', after([id, 0])));
    expect(refused).toMatchObject({ error: { code: 'unknown-predecessor', params: { taskId: id } } });
  }
});

it('refuses to put promised work after what ends later than it starts', async () => {
  const long = await enter('Noah Lind', { durationSeconds: seconds(3 * HOUR) });
  const promised = await enter('Mia Berg');
  await app.get('task.act', { taskId: promised, action: 'confirm', at: null });
  const refused = await app.ask('task.amend', {
    taskId: promised,
    changes: { after: after([long, 0]).after ?? [] },
  });
  expect(refused).toMatchObject({ error: { code: 'predecessor-ends-later' } });
});

it('waits, by name, for a person to say what now where nobody came to what it comes after', async () => {
  const missed = await enter('Noah Lind');
  const later = await enter('Mia Berg', after([missed, 10]));
  await app.get('task.act', { taskId: missed, action: 'confirm', at: null });
  app.clock.forward(30);
  await app.get('task.act', { taskId: missed, action: 'miss', at: null });
  const { row, draft } = await detail(later);
  expect(row).toMatchObject({ state: 'waiting', start: null, actions: expect.arrayContaining(['cancel']) });
  expect(row.reason?.refusal).toMatchObject({
    code: 'unknown-predecessor',
    blockers: [{ taskId: missed, patientName: 'Noah Lind' }],
  });
  expect(draft.after).toEqual([{ taskId: missed, delaySeconds: 10 * MINUTE }]); // nothing was decided for anybody
  await app.get('task.act', { taskId: missed, action: 'undo-miss', at: null });
  expect((await detail(later)).row.start).toBeGreaterThan(app.clock.seconds);
  await app.get('task.undo', { commandId: null });
  await app.get('task.amend', { taskId: later, changes: { after: [] } });
  expect((await detail(later)).row).toMatchObject({ state: 'tentative', start: app.clock.seconds });
});

it('closes up where one in the middle is given up: delays add up', async () => {
  const first = await enter('Noah Lind');
  const middle = await enter('Mia Berg', after([first, 10]));
  const last = await enter('Ida Holm', after([middle, 20]));
  await app.get('task.act', { taskId: middle, action: 'cancel', at: null });
  expect((await detail(last)).draft.after).toEqual([{ taskId: first, delaySeconds: 30 * MINUTE }]);
});
