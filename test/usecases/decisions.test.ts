/** What the planner proposes and a person decides, from the proposal to the entries it leaves. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Response } from '../../src/shared/contract/index.ts';
import { outageId, workKindId } from '../../src/shared/ids.ts';
import type { TaskId } from '../../src/shared/ids.ts';
import { HOUR, MINUTE, instant } from '../../src/shared/units.ts';
import { TestApplication } from '../support/usecases/application.ts';
import { openClinic, visit } from '../support/usecases/rooms.ts';

/** Work that can be laid aside and taken up again. */
const ANALYSIS = {
  subsystem: 'research' as const,
  workKindId: workKindId('research-general'),
  patient: null,
};

let app: TestApplication;
beforeEach(() => {
  app = new TestApplication();
});
afterEach(() => app.close());

const decisions = (): Promise<Response<'decision.list'>> => app.get('decision.list', {});
const row = async (taskId: TaskId) => (await app.get('task.get', { taskId })).row;
const length = async () => (await app.get('app.state', {})).head?.length ?? 0;
const act = (taskId: TaskId, action: 'confirm' | 'start' | 'finish') =>
  app.get('task.act', { taskId, action, at: null });
const submit = async (name: string, draft: Parameters<typeof visit>[1] = {}): Promise<TaskId> =>
  (await app.get('task.submit', visit(name, draft))).taskId;

async function putRoomOut(unitId: string): Promise<void> {
  const [pool] = (await app.get('pool.list', {})).pools;
  if (!pool) throw new Error('the clinic has rooms');
  const unit = pool.units.find((each) => each.id === unitId);
  if (!unit) throw new Error(`no unit ${unitId}`);
  const outage = {
    id: outageId('o-1'),
    unitId: unit.id,
    start: instant(app.clock.seconds),
    end: null,
    isPlanned: false,
  };
  await app.get('pool.set', { pool: { ...pool, outages: [outage] } });
}

describe('a place that was lost', () => {
  it('moves a promised task to the room that is free, as shown, and says so in its record', async () => {
    await openClinic(app, 2);
    const first = await submit('Mia Berg');
    await act(first, 'confirm');
    await putRoomOut('room-1');
    const [repair] = (await decisions()).repairs;
    expect(repair).toMatchObject({
      taskId: first,
      patient: { name: 'Mia Berg' },
      now: { unitNames: [{ en: 'Room 1' }] },
      proposed: { start: app.clock.seconds, unitNames: [{ en: 'Room 2' }] },
    });
    const start = repair?.proposed.start ?? instant(0);
    await app.get('decision.take', { proposal: 'repair', taskId: first, start });
    expect((await decisions()).repairs).toEqual([]);
    expect(await row(first)).toMatchObject({
      state: 'confirmed',
      needs: [{ unitNames: [{ en: 'Room 2' }] }],
    });
    const { history } = await app.get('task.get', { taskId: first });
    expect(history.at(-1)).toMatchObject({ kind: 'allocation-repaired', actorName: 'Ann' });
    expect(await app.get('ledger.verify', {})).toMatchObject({ isWhole: true });
  });

  it('lets running work go on in another room, and both rooms keep what they really did', async () => {
    await openClinic(app, 2);
    const first = await submit('Mia Berg');
    await act(first, 'start');
    app.clock.forward(20);
    await putRoomOut('room-1');
    const [repair] = (await decisions()).repairs;
    expect(repair).toMatchObject({ state: 'running', proposed: { unitNames: [{ en: 'Room 2' }] } });
    const start = repair?.proposed.start ?? instant(0);
    await app.get('decision.take', { proposal: 'repair', taskId: first, start });
    expect(await row(first)).toMatchObject({
      state: 'running',
      start: app.clock.seconds - 20 * MINUTE,
      end: app.clock.seconds + 40 * MINUTE,
      needs: [{ unitNames: [{ en: 'Room 2' }] }],
    });
    const second = await submit('Noah Lind');
    expect((await row(second)).start).toBe(app.clock.seconds + 40 * MINUTE);
    app.clock.forward(40);
    await act(first, 'finish');
    expect(await row(first)).toMatchObject({ state: 'finished' });
    expect(await app.get('ledger.verify', {})).toMatchObject({ isWhole: true });
  });

  it('refuses what is not proposed any more, and keeps quiet for an hour about what was turned down', async () => {
    await openClinic(app, 2);
    const first = await submit('Mia Berg', { fixedStart: instant(app.clock.seconds + 3 * HOUR) });
    await act(first, 'confirm');
    await putRoomOut('room-1');
    const start = instant(app.clock.seconds + HOUR);
    const before = await length();
    expect(await app.ask('decision.take', { proposal: 'repair', taskId: first, start })).toMatchObject({
      error: { code: 'plan-stale', retryable: true },
    });
    expect(await length()).toBe(before);
    await app.get('decision.decline', { proposal: 'repair', taskId: first });
    expect((await decisions()).repairs).toEqual([]);
    app.clock.forward(61);
    expect((await decisions()).repairs).toHaveLength(1);
  });
});

describe('urgent work that would miss its target', () => {
  it('takes the room of routine work that a person makes give way, which goes on with its rest later', async () => {
    await openClinic(app);
    const routine = await submit('', ANALYSIS);
    await act(routine, 'start');
    app.clock.forward(15);
    const urgent = await submit('Noah Lind', { urgency: 1 });
    expect((await row(urgent)).start).toBe(app.clock.seconds + 45 * MINUTE);
    const [proposal] = (await decisions()).preemptions;
    expect(proposal).toMatchObject({
      taskId: urgent,
      start: app.clock.seconds,
      plannedStart: app.clock.seconds + 45 * MINUTE,
      victims: [{ taskId: routine, workKind: { en: 'Data analysis' }, state: 'running' }],
    });
    const taken = { proposal: 'preemption' as const, taskId: urgent, victims: [routine] };
    expect(await app.ask('decision.take', { ...taken, victims: [urgent] })).toMatchObject({
      error: { code: 'plan-stale' },
    });
    await app.get('decision.take', taken);
    expect(await row(urgent)).toMatchObject({ state: 'tentative', start: app.clock.seconds });
    const back = await row(routine);
    expect(back).toMatchObject({ state: 'tentative', start: app.clock.seconds + HOUR });
    expect((back.end ?? 0) - (back.start ?? 0)).toBe(45 * MINUTE);
    expect((await decisions()).preemptions).toEqual([]);
    expect(await app.get('ledger.verify', {})).toMatchObject({ isWhole: true });
  });

  it('asks nobody to make way twice', async () => {
    await openClinic(app);
    const routine = await submit('', ANALYSIS);
    await act(routine, 'start');
    app.clock.forward(15);
    const first = await submit('Noah Lind', { urgency: 1 });
    await app.get('decision.take', { proposal: 'preemption', taskId: first, victims: [routine] });
    await act(first, 'start');
    app.clock.forward(60);
    await act(first, 'finish');
    await act(routine, 'start');
    app.clock.forward(15);
    await submit('Lena Roth', { urgency: 1 });
    expect((await decisions()).preemptions).toEqual([]);
  });
});

describe('a better plan', () => {
  /** A later start that was kept although the room has become free: nothing but a search moves it. */
  async function keptLate(): Promise<{ first: TaskId; second: TaskId; start: number }> {
    await openClinic(app);
    const first = await submit('Mia Berg');
    await act(first, 'start');
    const second = await submit('Noah Lind');
    const { start } = await row(second);
    app.clock.forward(10);
    await act(first, 'finish');
    expect((await row(second)).start).toBe(start);
    return { first, second, start: start ?? 0 };
  }

  async function offered(): Promise<Response<'decision.list'>> {
    await app.application.tick();
    await app.application.settled();
    return decisions();
  }

  it('is found on a thread of its own, offered with its differences, and adopted as shown', async () => {
    const { second, start } = await keptLate();
    const before = await length();
    const { offer } = await offered();
    expect(await length()).toBe(before);
    expect(offer).toMatchObject({
      earlier: 1,
      later: 0,
      shifts: [{ taskId: second, from: start, to: app.clock.seconds, patient: { name: 'Noah Lind' } }],
    });
    expect(app.events.some((event) => event.name === 'offer.changed')).toBe(true);
    const planHash = offer?.planHash ?? '';
    expect(await app.get('decision.take', { proposal: 'offer', planHash })).toEqual({ moved: 1 });
    expect((await row(second)).start).toBe(app.clock.seconds);
    expect((await decisions()).offer).toBeNull();
  });

  it('is looked at again when the ledger has grown; the one shown before is refused', async () => {
    const { second } = await keptLate();
    const { offer } = await offered();
    const third = await submit('Lena Roth');
    await app.application.settled();
    const renewed = (await decisions()).offer;
    expect(renewed?.planHash).not.toBe(offer?.planHash);
    expect(renewed?.shifts.map((shift) => shift.taskId)).toContain(second);
    expect(renewed?.shifts.every((shift) => (shift.to ?? 0) >= app.clock.seconds)).toBe(true);
    expect((await row(third)).state).toBe('tentative');
    const planHash = offer?.planHash ?? '';
    expect(await app.ask('decision.take', { proposal: 'offer', planHash })).toMatchObject({
      error: { code: 'plan-stale' },
    });
  });

  it('is not made again for an hour after it was turned down', async () => {
    await keptLate();
    expect((await offered()).offer).not.toBeNull();
    await app.get('decision.decline', { proposal: 'offer' });
    app.clock.forward(6);
    expect((await offered()).offer).toBeNull();
  });
});
