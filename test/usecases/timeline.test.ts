/** The timeline's window, the planner's verdict on a move, the move and its reversal, over a real ledger. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TaskDraft } from '../../src/shared/contract/tasks.ts';
import { sameText } from '../../src/shared/domain/local-text.ts';
import type { Pool } from '../../src/shared/domain/pool.ts';
import type { TaskId } from '../../src/shared/ids.ts';
import { outageId, poolId, unitId, workKindId } from '../../src/shared/ids.ts';
import { DAY, HOUR, instant, milli, seconds } from '../../src/shared/units.ts';
import { TestApplication } from '../support/usecases/application.ts';

const ROOMS = poolId('rooms');
const unit = (number: number) => ({ poolId: ROOMS, unitId: unitId(`room-${number}`) });

/** Open from 08:00 to 18:00 every day in Berlin; room 2 is out for an hour around noon. */
function rooms(noon: number): Pool {
  return {
    id: ROOMS,
    name: { en: 'Rooms', zh: '诊室' },
    unitName: { en: 'rooms', zh: '间' },
    template: 'room',
    kind: 'countable',
    capacityMilli: milli(2000),
    units: [1, 2].map((number) => ({ id: unitId(`room-${number}`), name: sameText(`Room ${number}`) })),
    weeklyHours: Array.from({ length: 7 }, () => [{ fromMinute: 480, toMinute: 1080 }]),
    exceptions: [],
    outages: [
      {
        id: outageId('service'),
        unitId: unitId('room-2'),
        start: instant(noon),
        end: instant(noon + HOUR),
        isPlanned: false,
      },
    ],
    shares: [],
    gridSeconds: seconds(300),
    reclaimSeconds: seconds(0),
  };
}

function visit(name: string, overrides: Partial<TaskDraft> = {}): { draft: TaskDraft } {
  return {
    draft: {
      subsystem: 'records',
      workKindId: workKindId('records-general'),
      patient: { identity: { name, birthDate: '1980-02-03', number: null } },
      needs: [{ poolId: ROOMS, rateMilli: milli(1000), amount: null }],
      durationSeconds: seconds(HOUR),
      urgency: 4,
      earliestStart: null,
      fixedStart: null,
      due: null,
      note: '',
      ...overrides,
    },
  };
}

describe('the timeline', () => {
  let app: TestApplication;
  /** 09:00 in Berlin on a winter Wednesday. */
  let nine: number;

  beforeEach(async () => {
    app = new TestApplication('2026-11-18T08:00:00Z');
    nine = app.clock.seconds;
    await app.open();
    await app.get('clinic.create', {
      name: sameText('Harbour Clinic'),
      timeZone: 'Europe/Berlin',
      language: 'en',
      person: { name: 'Ann', jobTitle: sameText('Manager') },
      pools: [rooms(nine + 3 * HOUR)],
      defaults: [{ subsystem: 'records', poolId: ROOMS, durationSeconds: seconds(HOUR) }],
    });
  });
  afterEach(() => app.close());

  const submit = async (name: string, overrides: Partial<TaskDraft> = {}): Promise<TaskId> =>
    (await app.get('task.submit', visit(name, overrides))).taskId;

  const timeline = (from: number, until: number, isDense = false) =>
    app.get('timeline.get', { window: { from: instant(from), until: instant(until) }, isDense });

  async function poolOf(from = nine, until = nine + 10 * HOUR) {
    const [pool] = (await timeline(from, until)).pools;
    if (!pool) throw new Error('the clinic has a pool');
    return pool;
  }

  const wish = (taskId: TaskId, hour: number, hours = 1, number: number | null = null) => ({
    taskId,
    start: instant(nine + hour * HOUR),
    end: instant(nine + (hour + hours) * HOUR),
    unit: number === null ? null : unit(number),
  });

  it('answers the working day of today when no window is asked for', async () => {
    const view = await app.get('timeline.get', { window: null, isDense: false });
    expect(view.day).toEqual({ fromMinute: 450, toMinute: 1110 });
    expect([view.from, view.until]).toEqual([nine - 1.5 * HOUR, nine + 9.5 * HOUR]);
  });

  it('shows holds on named units, closed hours, outages and the load with its capacity', async () => {
    const first = await submit('Mia Berg');
    await submit('Noah Lind');
    await submit('Eva Roth');
    await app.get('task.act', { taskId: first, action: 'start', at: null });
    const pool = await poolOf(nine - 2 * HOUR, nine + 10 * HOUR);
    expect(pool.bars).toMatchObject([
      { taskId: first, state: 'running', start: nine, end: nine + HOUR, mayMove: false, mayExtend: true },
      { state: 'tentative', unitIds: ['room-2'], start: nine, mayMove: true },
      { state: 'tentative', unitIds: ['room-1'], start: nine + HOUR, mayMove: true },
    ]);
    expect(pool.closed).toEqual([
      { from: nine - 2 * HOUR, until: nine - HOUR },
      { from: nine + 9 * HOUR, until: nine + 10 * HOUR },
    ]);
    expect(pool.outages).toMatchObject([{ from: nine + 3 * HOUR, until: nine + 4 * HOUR, unitId: 'room-2' }]);
    expect(pool.reserved).toEqual([
      { at: nine, milli: 1000 },
      { at: nine + HOUR, milli: 0 },
    ]);
    expect(pool.tentative).toMatchObject([
      { at: nine, milli: 1000 },
      { at: nine + 2 * HOUR, milli: 0 },
    ]);
    expect(pool.overcommitted).toEqual([]);
  });

  it('reads only what lies in the window', async () => {
    await submit('Mia Berg');
    expect((await poolOf(nine - 3 * DAY, nine - 2 * DAY)).bars).toEqual([]);
    expect(
      await app.ask('timeline.get', {
        window: { from: instant(nine), until: instant(nine) },
        isDense: false,
      }),
    ).toMatchObject({ ok: false, error: { code: 'invalid-period' } });
  });

  it('gives a month as means without single bars, and the means keep the work', async () => {
    await submit('Mia Berg');
    const view = await timeline(nine - 10 * DAY, nine + 20 * DAY, true);
    const [pool] = view.pools;
    expect(view).toMatchObject({ isDense: true, meanSeconds: DAY });
    expect(pool?.bars).toEqual([]);
    const steps = pool?.tentative ?? [];
    const work = steps.reduce(
      (sum, step, index) => sum + step.milli * ((steps[index + 1]?.at ?? view.until) - step.at),
      0,
    );
    expect(Math.abs(work - 1000 * HOUR)).toBeLessThan(DAY); // a day's mean is rounded to a thousandth
  });

  it('says who makes way, does it, and takes it back', async () => {
    const [mia, noah] = [await submit('Mia Berg'), await submit('Noah Lind')];
    const eva = await submit('Eva Roth');
    const { verdict } = await app.get('timeline.verdict', wish(eva, 0, 1, 1));
    expect(verdict).toMatchObject({
      fits: true,
      isPromised: true,
      unitNames: [sameText('Room 1')],
      moves: [{ taskId: noah, patientName: 'Noah Lind', from: nine, to: nine + HOUR }],
    });
    expect((await poolOf()).bars.find((bar) => bar.taskId === eva)).toMatchObject({ state: 'tentative' });

    const done = await app.get('task.reschedule', wish(eva, 0, 1, 1));
    expect(done).toMatchObject({ state: 'confirmed', start: nine, end: nine + HOUR, moved: 1 });
    const after = await poolOf();
    expect(after.bars.find((bar) => bar.taskId === eva)).toMatchObject({ start: nine, unitIds: ['room-1'] });
    expect(after.bars.find((bar) => bar.taskId === noah)).toMatchObject({ start: nine + HOUR });
    expect(after.bars.find((bar) => bar.taskId === mia)).toMatchObject({ start: nine });

    expect(await app.get('task.undo', { commandId: null })).toMatchObject({ what: 'move', taskIds: [eva] });
    expect((await app.get('task.get', { taskId: eva })).row).toMatchObject({ state: 'tentative' });
    expect(await app.get('ledger.verify', {})).toMatchObject({ isWhole: true });
  });

  it('refuses with the rule and who is behind it, and changes nothing', async () => {
    const [mia, eva] = [await submit('Mia Berg'), await submit('Eva Roth')];
    await app.get('task.act', { taskId: mia, action: 'confirm', at: null });
    const head = (await app.get('app.state', {})).head?.length;
    expect(await app.get('timeline.verdict', wish(eva, 0, 1, 1))).toMatchObject({
      verdict: { fits: false, rule: 'capacity', unitName: sameText('Room 1'), blockers: [{ taskId: mia }] },
    });
    expect(await app.get('timeline.verdict', wish(eva, 8.5))).toMatchObject({
      verdict: { fits: false, rule: 'closed', poolName: { en: 'Rooms', zh: '诊室' } },
    });
    expect(await app.ask('task.reschedule', wish(eva, 8.5))).toMatchObject({
      ok: false,
      error: { code: 'does-not-fit', params: { rule: 'closed' } },
    });
    expect((await app.get('app.state', {})).head?.length).toBe(head);
  });

  it('lengthens running work, and refuses to move it or what has ended', async () => {
    const mia = await submit('Mia Berg');
    await app.get('task.act', { taskId: mia, action: 'start', at: null });
    await app.get('task.reschedule', wish(mia, 0, 2));
    const pool = await poolOf();
    expect(pool.bars).toMatchObject([{ state: 'running', start: nine, end: nine + 2 * HOUR }]);
    app.clock.forward(30);
    await app.get('task.act', { taskId: mia, action: 'finish', at: null });
    expect(await app.ask('task.reschedule', wish(mia, 3))).toMatchObject({
      ok: false,
      error: { code: 'action-not-possible' },
    });
  });
});
