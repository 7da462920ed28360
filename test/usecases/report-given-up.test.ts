/** What somebody waited for stays in the books when the task is called off or put on hold afterwards. Decision 0321. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TaskId } from '../../src/shared/ids.ts';
import { HOUR, MINUTE, seconds } from '../../src/shared/units.ts';
import { TestApplication } from '../support/usecases/application.ts';
import { openClinic, visit } from '../support/usecases/rooms.ts';

let app: TestApplication;
let waiting: TaskId;

/** One room, in which somebody has been for forty minutes; somebody else waits for it. */
beforeEach(async () => {
  app = new TestApplication();
  await openClinic(app);
  const long = { durationSeconds: seconds(30 * HOUR) };
  const first = await app.get('task.submit', visit('Mia Berg', long));
  await app.get('task.act', { taskId: first.taskId, action: 'start', at: null });
  waiting = (await app.get('task.submit', visit('Jan Voss'))).taskId;
  app.clock.forward(40);
});
afterEach(() => app.close());

const day = { period: { kind: 'day', from: '2026-11-18' }, poolIds: null, subsystems: null } as const;

async function unmet(): Promise<number | undefined> {
  const { pools } = await app.get('report.utilization', day);
  return pools[0]?.unmetWork;
}

it('a task that is cancelled has waited as long as it did', async () => {
  expect(await unmet()).toBe(1000 * 40 * MINUTE);
  await app.get('task.act', { taskId: waiting, action: 'cancel', at: null });
  expect(await unmet()).toBe(1000 * 40 * MINUTE);
  app.clock.forward(15);
  expect(await unmet()).toBe(1000 * 40 * MINUTE);
});

it('a task on hold has waited until then, and wants nothing meanwhile', async () => {
  await app.get('task.act', { taskId: waiting, action: 'hold', at: null });
  app.clock.forward(15);
  expect(await unmet()).toBe(1000 * 40 * MINUTE);
});

it('who waited when the day ended is counted on that day, also once called off', async () => {
  app.clock.forward(22 * 60);
  const stillWaiting = async () => (await app.get('report.utilization', day)).waits[0]?.stillWaiting;
  expect(await stillWaiting()).toBe(1);
  await app.get('task.act', { taskId: waiting, action: 'cancel', at: null });
  expect(await stillWaiting()).toBe(1);
  const figure = { kind: 'waits', subsystem: 'records', urgency: 4, figure: 'still-waiting' } as const;
  const parts = await app.get('report.drill', { ...day, figure });
  expect(parts.rows.map(({ task }) => task?.id)).toEqual([waiting]);
});
