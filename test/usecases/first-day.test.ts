import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { poolId, workKindId } from '../../src/shared/ids.ts';
import type { Pool } from '../../src/shared/domain/pool.ts';
import type { TaskDraft } from '../../src/shared/contract/tasks.ts';
import { HOUR, instant, milli } from '../../src/shared/units.ts';
import { TestApplication } from '../support/usecases/application.ts';
import { listQueue } from '../support/usecases/queue.ts';
import { openClinic, rooms, ROOMS, visit } from '../support/usecases/rooms.ts';

describe('a clinic on its first day', () => {
  let app: TestApplication;
  beforeEach(async () => {
    app = new TestApplication();
    await openClinic(app);
  });
  afterEach(() => app.close());

  it('gives the first task the room at once and tells the second why it waits', async () => {
    const first = await app.get('task.submit', visit('Mia Berg'));
    const second = await app.get('task.submit', visit('Noah Lind'));
    expect(first.start).toBe(app.clock.seconds);
    expect(second.start).toBe(app.clock.seconds + HOUR);
    const { row } = await app.get('task.get', { taskId: second.taskId });
    expect(row.state).toBe('tentative');
    expect(row.reason?.segments).toMatchObject([
      { rule: 'capacity', poolId: ROOMS, blockers: [{ taskId: first.taskId, patientName: 'Mia Berg' }] },
    ]);
  });

  it('keeps a planned start when the first finishes early, and lets staff begin the next at once', async () => {
    const first = await app.get('task.submit', visit('Mia Berg'));
    const second = await app.get('task.submit', visit('Noah Lind'));
    await app.get('task.act', { taskId: first.taskId, action: 'start', at: null });
    app.clock.forward(20);
    await app.get('task.act', { taskId: first.taskId, action: 'finish', at: null });
    const planned = await app.get('task.get', { taskId: second.taskId });
    expect(planned.row.start).toBe(second.start);
    expect(planned.row.reason?.segments.at(-1)?.rule).toBe('kept');
    await app.get('task.act', { taskId: second.taskId, action: 'start', at: null });
    const begun = await app.get('task.get', { taskId: second.taskId });
    expect(begun.row).toMatchObject({ state: 'running', start: app.clock.seconds });
  });

  it('takes a true time that lies a while back, and refuses one that lies ahead', async () => {
    const { taskId } = await app.get('task.submit', visit('Mia Berg'));
    app.clock.forward(20);
    const fiveAgo = instant(app.clock.seconds - 5 * 60);
    const ahead = await app.ask('task.act', {
      taskId,
      action: 'start',
      at: instant(app.clock.seconds + HOUR),
    });
    expect(ahead).toMatchObject({ ok: false, error: { code: 'time-in-the-future' } });
    await app.get('task.act', { taskId, action: 'start', at: fiveAgo });
    const { row, history } = await app.get('task.get', { taskId });
    expect(row).toMatchObject({ state: 'running', start: fiveAgo });
    expect(history.at(-1)).toMatchObject({ action: 'start', effectiveAt: fiveAgo, actorName: 'Ann' });
  });

  it('never lets two running tasks hold one room', async () => {
    const first = await app.get('task.submit', visit('Mia Berg'));
    const second = await app.get('task.submit', visit('Noah Lind'));
    await app.get('task.act', { taskId: first.taskId, action: 'start', at: null });
    const refused = await app.ask('task.act', { taskId: second.taskId, action: 'start', at: null });
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'unit-still-in-use', params: { poolId: ROOMS } },
    });
  });

  it('warns of promised work whose room is still taken, and of work past its end', async () => {
    const first = await app.get('task.submit', visit('Mia Berg'));
    app.clock.forward(1);
    const second = await app.get('task.submit', visit('Noah Lind'));
    await app.get('task.act', { taskId: first.taskId, action: 'start', at: null });
    await app.get('task.act', { taskId: second.taskId, action: 'confirm', at: null });
    const none = (await app.get('today.get', {})).alerts;
    expect(none.map(({ code }) => code)).toEqual(['backup-old']);
    app.clock.forward(65);
    const { alerts } = await app.get('today.get', {});
    expect(alerts).toContainEqual(expect.objectContaining({ code: 'past-end', taskId: first.taskId }));
    const displaced = { code: 'displaced', taskId: second.taskId, poolName: { en: 'Rooms', zh: '诊室' } };
    expect(alerts).toContainEqual(expect.objectContaining(displaced));
  });

  it('answers a command that is sent again with its first reply, and refuses its id with another body', async () => {
    const first = await app.get('task.submit', visit('Mia Berg'), 'same');
    app.clock.forward(1);
    expect(await app.get('task.submit', visit('Mia Berg'), 'same')).toEqual(first);
    const other = await app.ask('task.submit', visit('Noah Lind'), 'same');
    expect(other).toMatchObject({ ok: false, error: { code: 'command-id-reused' } });
    expect((await listQueue(app, 'records')).groups).toEqual([{ id: 'next', count: 1 }]);
  });

  it('finds everything again after a restart', async () => {
    const { taskId } = await app.get('task.submit', visit('Mia Berg', { note: 'left knee' }));
    await app.restart();
    const { row, note } = await app.get('task.get', { taskId });
    expect(row.patient).toEqual({ name: 'Mia Berg', birthDate: '1980-02-03', number: null });
    expect(note).toBe('left knee');
    expect((await app.get('app.state', {})).person?.name).toBe('Ann');
  });

  it('confirms what is due by the clock, once', async () => {
    const { taskId } = await app.get('task.submit', visit('Mia Berg'));
    await app.application.tick();
    expect((await app.get('task.get', { taskId })).row.state).toBe('confirmed');
    const before = (await app.get('app.state', {})).head?.length;
    await app.application.tick();
    expect((await app.get('app.state', {})).head?.length).toBe(before);
  });

  it('keeps a draft of the form for the person who began it', async () => {
    await app.get('draft.set', { form: 'task-records', body: '{"name":"Mia"}' });
    await app.restart();
    expect(await app.get('draft.get', { form: 'task-records' })).toMatchObject({ body: '{"name":"Mia"}' });
    await app.get('draft.set', { form: 'task-records', body: null });
    expect(await app.get('draft.get', { form: 'task-records' })).toMatchObject({ body: null });
  });
});

describe('a form that cannot be taken', () => {
  let app: TestApplication;
  beforeEach(async () => {
    app = new TestApplication();
    await openClinic(app);
  });
  afterEach(() => app.close());

  const fixedIn = (minutes: number) => instant(Date.parse('2026-11-18T02:20:00Z') / 1000 + minutes * 60);
  const cases: { name: string; draft: Partial<TaskDraft>; want: string }[] = [
    { name: 'no patient', draft: { patient: null }, want: 'patient-required' },
    {
      name: 'half a room',
      draft: { needs: [{ poolId: ROOMS, rateMilli: milli(500), amount: null }] },
      want: 'invalid-need',
    },
    {
      name: 'more rooms than there are',
      draft: { needs: [{ poolId: ROOMS, rateMilli: milli(2000), amount: null }] },
      want: 'exceeds-capacity',
    },
    {
      name: 'a pool that is not there',
      draft: { needs: [{ poolId: poolId('spa'), rateMilli: milli(1000), amount: null }] },
      want: 'unknown-pool',
    },
    {
      name: 'a kind of work that is not there',
      draft: { workKindId: workKindId('spa') },
      want: 'unknown-work-kind',
    },
    { name: 'a fixed start in the past', draft: { fixedStart: fixedIn(-60) }, want: 'start-in-the-past' },
  ];
  for (const { name, draft, want } of cases) {
    it(`refuses ${name} and writes nothing`, async () => {
      const before = (await app.get('app.state', {})).head?.length;
      const reply = await app.ask('task.submit', visit('Mia Berg', draft));
      expect(reply).toMatchObject({ ok: false, error: { code: want } });
      expect((await app.get('app.state', {})).head?.length).toBe(before);
    });
  }

  it('refuses a fixed start that is taken, and offers the next free ones', async () => {
    await app.get('task.submit', visit('Mia Berg', { fixedStart: fixedIn(40) }));
    const clash = visit('Noah Lind', { fixedStart: fixedIn(40) });
    expect(await app.ask('task.submit', clash)).toMatchObject({
      ok: false,
      error: { code: 'fixed-start-not-possible' },
    });
    const { patient: _patient, note: _note, ...quotable } = visit('Noah Lind').draft;
    const { starts } = await app.get('task.quote', { draft: quotable });
    expect(starts.map((each) => each.start)).toHaveLength(5);
    expect(starts[0]?.start).toBe(fixedIn(100));
  });
});

describe('people and pools', () => {
  let app: TestApplication;
  beforeEach(async () => {
    app = new TestApplication();
    await openClinic(app, 2);
  });
  afterEach(() => app.close());

  it('keeps at least one manager', async () => {
    const [manager] = (await app.get('app.state', {})).staff;
    if (!manager) throw new Error('the first person is on the list');
    const reply = await app.ask('staff.set', { member: { ...manager, role: 'staff' } });
    expect(reply).toMatchObject({ ok: false, error: { code: 'last-manager' } });
  });

  it('plans anew when a room goes out, and does not take away a room that is in use', async () => {
    const first = await app.get('task.submit', visit('Mia Berg'));
    await app.get('task.act', { taskId: first.taskId, action: 'start', at: null });
    const second = await app.get('task.submit', visit('Noah Lind'));
    expect(second.start).toBe(app.clock.seconds);
    const outage = { id: 'o-1', unitId: 'room-2', start: app.clock.seconds, end: null, isPlanned: false };
    const { pools } = await app.get('pool.list', {});
    const reply = await app.get('pool.set', { pool: { ...pools[0], outages: [outage] } as unknown as Pool }); // plain ids
    expect(reply.moved).toBe(1);
    const onlyTheSecond = { ...rooms(1), units: rooms(2).units.slice(1) };
    const shrunk = await app.ask('pool.set', { pool: onlyTheSecond });
    expect(shrunk).toMatchObject({ ok: false, error: { code: 'unit-in-use', params: { unitId: 'room-1' } } });
  });
});
