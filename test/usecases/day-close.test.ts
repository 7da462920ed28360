/** Day close, and the list of the day: what nobody pressed a button for, and what is printed before the power goes. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TaskId } from '../../src/shared/ids.ts';
import { HOUR, instant } from '../../src/shared/units.ts';
import { TestApplication } from '../support/usecases/application.ts';
import { openClinic, visit } from '../support/usecases/rooms.ts';

let app: TestApplication;
beforeEach(async () => {
  app = new TestApplication();
  await openClinic(app, 2);
});
afterEach(() => app.close());

const submit = async (name: string, fixedStart: number | null = null): Promise<TaskId> =>
  (
    await app.get(
      'task.submit',
      visit(name, { fixedStart: fixedStart === null ? null : instant(fixedStart) }),
    )
  ).taskId;
const act = (taskId: TaskId, action: 'confirm' | 'start') =>
  app.get('task.act', { taskId, action, at: null });
const row = async (taskId: TaskId) => (await app.get('task.get', { taskId })).row;

it('takes planned times for what nobody entered, flagged as assumed, and marks who did not come', async () => {
  const began = app.clock.seconds;
  const [first, second, third] = [
    await submit('Mia Berg'),
    await submit('Noah Lind'),
    await submit('Lena Roth'),
  ];
  await act(first, 'start');
  await act(second, 'confirm');
  await act(third, 'confirm');
  app.clock.forward(8 * 60);
  const day = await app.get('day.get', {});
  expect(day).toMatchObject({ date: '2026-11-18', isClosed: false });
  expect(
    day.rows.map(({ row: { taskId }, missing, start, end }) => ({ taskId, missing, start, end })),
  ).toEqual([
    { taskId: first, missing: 'end', start: began, end: began + HOUR },
    { taskId: second, missing: 'start', start: began, end: began + HOUR },
    { taskId: third, missing: 'start', start: began + HOUR, end: began + 2 * HOUR },
  ]);
  const closed = await app.get('day.close', {
    choices: [
      { taskId: first, choice: 'as-planned' },
      { taskId: second, choice: 'as-planned' },
      { taskId: third, choice: 'missed' },
    ],
  });
  expect(closed).toEqual({ assumed: 2, missed: 1, left: [] });
  expect(await row(first)).toMatchObject({ state: 'finished', end: began + HOUR, isEndAssumed: true });
  expect(await row(second)).toMatchObject({ state: 'finished', start: began, end: began + HOUR });
  expect((await row(third)).state).toBe('missed');
  expect(await app.get('day.get', {})).toMatchObject({ isClosed: true, rows: [] });
  expect(await app.get('ledger.verify', {})).toMatchObject({ isWhole: true });
});

it('leaves open what is not decided, also for the next day', async () => {
  const first = await submit('Mia Berg');
  await act(first, 'confirm');
  app.clock.forward(3 * 60);
  expect(await app.get('day.close', { choices: [] })).toEqual({ assumed: 0, missed: 0, left: [first] });
  app.clock.forward(24 * 60);
  const next = await app.get('day.get', {});
  expect(next).toMatchObject({ date: '2026-11-19', isClosed: false });
  expect(next.rows.map((each) => each.row.taskId)).toEqual([first]);
});

it('does not ask about work that still runs within its time, or is still to come', async () => {
  await act(await submit('Mia Berg'), 'start');
  await act(await submit('Noah Lind', app.clock.seconds + 3 * HOUR), 'confirm');
  app.clock.forward(30);
  expect((await app.get('day.get', {})).rows).toEqual([]);
});

it('lists a day per room, by time, with what runs and what is promised or planned', async () => {
  const first = await submit('Mia Berg');
  const second = await submit('Noah Lind');
  const third = await submit('Lena Roth');
  const tomorrow = await submit('Ida Falk', app.clock.seconds + 24 * HOUR);
  await act(first, 'start');
  const { groups } = await app.get('day.list', { date: '2026-11-18' });
  expect(groups.map(({ unitName, rows }) => [unitName?.en, rows.map((line) => line.row.taskId)])).toEqual([
    ['Room 1', [first, third]],
    ['Room 2', [second]],
  ]);
  const next = await app.get('day.list', { date: '2026-11-19' });
  expect(next.groups.flatMap(({ rows }) => rows.map((line) => line.row.taskId))).toEqual([tomorrow]);
});

it('takes true times from the paper list in the order in which they happened, and names what cannot be', async () => {
  const first = await submit('Mia Berg');
  const second = await submit('Noah Lind');
  const third = await submit('Lena Roth');
  const began = app.clock.seconds;
  app.clock.forward(3 * 60);
  const at = (minutes: number) => instant(began + minutes * 60);
  // The third took the room that the first had left; it is typed first all the same.
  const entered = await app.get('day.enter-times', {
    times: [
      { taskId: third, start: at(50), end: at(95) },
      { taskId: first, start: at(5), end: at(45) },
      { taskId: second, start: at(60), end: at(30) },
    ],
  });
  expect(entered).toEqual({ done: [first, third], refused: [{ taskId: second, code: 'time-before-start' }] });
  expect(await row(first)).toMatchObject({ state: 'finished', start: at(5), end: at(45) });
  expect(await row(third)).toMatchObject({ state: 'finished', start: at(50), end: at(95) });
  expect((await row(second)).state).not.toBe('running');
  await app.get('task.undo', { commandId: null });
  expect((await row(first)).state).toBe('tentative');
});

it('enters an end alone for work that runs, and refuses times ahead of the clock', async () => {
  const first = await submit('Mia Berg');
  await act(first, 'start');
  const began = app.clock.seconds;
  app.clock.forward(30);
  const ahead = await app.get('day.enter-times', {
    times: [{ taskId: first, start: null, end: instant(began + 4 * HOUR) }],
  });
  expect(ahead.refused).toEqual([{ taskId: first, code: 'time-in-the-future' }]);
  await app.get('day.enter-times', { times: [{ taskId: first, start: null, end: instant(began + 900) }] });
  expect(await row(first)).toMatchObject({ state: 'finished', end: began + 900 });
});

it('lists for entering back what was planned for that day and has since been planned for later', async () => {
  const first = await submit('Mia Berg');
  app.clock.forward(24 * 60);
  await submit('Noah Lind'); // plans anew: the first now begins today
  const day = { date: '2026-11-18' };
  const ids = async (withMoved: boolean) =>
    (await app.get('day.list', { ...day, withMoved })).groups.flatMap(({ rows }) =>
      rows.map((line) => line.row.taskId),
    );
  expect(await ids(false)).toEqual([]);
  expect(await ids(true)).toEqual([first]);
});

it('keeps which two identifiers tell patients apart as a setting of the clinic', async () => {
  expect((await app.get('app.state', {})).identifiers).toEqual({ first: 'name', second: 'birth-date' });
  await app.get('identifiers.set', { identifiers: { first: 'number', second: 'name' } });
  await app.restart();
  expect((await app.get('app.state', {})).identifiers).toEqual({ first: 'number', second: 'name' });
});
