/** The whole application as of an instant: every query answers as it did then, and nothing can be entered. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { instant } from '../../src/shared/units.ts';
import { TestApplication } from '../support/usecases/application.ts';
import { openClinic, visit } from '../support/usecases/rooms.ts';

let app: TestApplication;
beforeEach(async () => {
  app = new TestApplication();
  await openClinic(app);
});
afterEach(() => app.close());

async function stateOf(taskId: Awaited<ReturnType<typeof submit>>): Promise<string | null> {
  const reply = await app.ask('task.get', { taskId });
  return reply.ok ? reply.value.row.state : reply.error.code;
}

async function submit(name: string) {
  return (await app.get('task.submit', visit(name))).taskId;
}

it('shows screens, reports and histories as of then, refuses to write, and comes back', async () => {
  const first = await submit('Mia Berg');
  const at = instant(app.clock.seconds);
  const before = await app.get('workspace.get', { subsystem: 'records' });
  app.clock.forward(10);
  await app.get('task.act', { taskId: first, action: 'start', at: null });
  const second = await submit('Noah Lind');

  await app.get('look-back.set', { to: { at, by: 'recorded' } });
  const state = await app.get('app.state', {});
  expect(state.lookBack).toMatchObject({ at, by: 'recorded' });
  expect(state.lookBack?.head.length).toBeLessThan(state.head?.length ?? 0);
  expect(await app.get('workspace.get', { subsystem: 'records' })).toEqual(before);
  expect([await stateOf(first), await stateOf(second)]).toEqual(['tentative', 'unknown-task']);
  expect((await app.get('today.get', {})).now).toBe(at);
  const { provenance } = await app.get('report.utilization', {
    period: { kind: 'day', from: '2026-11-18' },
    poolIds: null,
    subsystems: null,
  });
  expect(provenance).toMatchObject({ generatedAt: at, head: state.lookBack?.head });
  const refused = await app.ask('task.act', { taskId: first, action: 'cancel', at: null });
  expect(refused).toMatchObject({ ok: false, error: { code: 'looking-back' } });

  await app.get('look-back.set', { to: null });
  expect([await stateOf(first), await stateOf(second)]).toEqual(['running', 'tentative']);
  expect((await app.get('app.state', {})).lookBack).toBeNull();
});

it('by effective time knows what was entered later', async () => {
  const task = await submit('Mia Berg');
  app.clock.forward(30);
  const begun = instant(app.clock.seconds - 20 * 60);
  await app.get('task.act', { taskId: task, action: 'start', at: begun });
  await app.get('look-back.set', { to: { at: begun, by: 'effective' } });
  expect(await stateOf(task)).toBe('running');
  await app.get('look-back.set', { to: { at: begun, by: 'recorded' } });
  expect(await stateOf(task)).toBe('tentative');
});

it('goes on as of then while the clock confirms what is due now', async () => {
  const task = await submit('Mia Berg');
  const at = instant(app.clock.seconds);
  app.clock.forward(1);
  await app.get('look-back.set', { to: { at, by: 'recorded' } });
  await app.application.tick();
  expect(await stateOf(task)).toBe('tentative');
  await app.get('look-back.set', { to: null });
  expect(await stateOf(task)).toBe('confirmed');
});

it('refuses a time that has not come, and one before the books', async () => {
  const codeAt = async (seconds: number) => {
    const reply = await app.ask('look-back.set', { to: { at: instant(seconds), by: 'recorded' } });
    return reply.ok ? null : reply.error.code;
  };
  expect(await codeAt(app.clock.seconds + 60)).toBe('time-in-the-future');
  expect(await codeAt(app.clock.seconds - 3600)).toBe('before-the-books');
  expect((await app.get('app.state', {})).lookBack).toBeNull();
});
