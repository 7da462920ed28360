import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startsOfSeries } from '../../src/shared/domain/series.ts';
import { sameText } from '../../src/shared/domain/local-text.ts';
import type { PoolId } from '../../src/shared/ids.ts';
import { poolId, unitId } from '../../src/shared/ids.ts';
import { HOUR, MINUTE, instant, milli, seconds } from '../../src/shared/units.ts';
import { TestApplication } from '../support/usecases/application.ts';
import { ROOMS, openClinic, rooms, visit } from '../support/usecases/rooms.ts';

function quotable(overrides: Parameters<typeof visit>[1] = {}) {
  const { patient: _patient, note: _note, ...draft } = visit('Mia Berg', overrides).draft;
  return draft;
}

describe('what the form answers', () => {
  let app: TestApplication;
  beforeEach(async () => {
    app = new TestApplication();
    await openClinic(app);
  });
  afterEach(() => app.close());
  const inMinutes = (minutes: number) => instant(app.clock.seconds + minutes * MINUTE);

  it('names the planned work that urgent work would move, and from when to when', async () => {
    const { taskId } = await app.get('task.submit', visit('Noah Lind'));
    const { displaces } = await app.get('task.quote', { draft: quotable({ urgency: 1 }) });
    expect(displaces).toEqual([
      {
        task: {
          taskId,
          subsystem: 'records',
          workKind: expect.anything() as never,
          patientName: 'Noah Lind',
        },
        from: inMinutes(0),
        to: inMinutes(60),
      },
    ]);
    expect((await app.get('task.quote', { draft: quotable() })).displaces).toEqual([]);
  });

  it('says of each pool only who holds that pool, where two are awaited up to the same instant', async () => {
    const staff = { ...rooms(1), id: poolId('staff'), units: [{ id: unitId('ann'), name: sameText('Ann') }] };
    await app.get('pool.set', { pool: staff });
    const need = (id: PoolId) => ({ poolId: id, rateMilli: milli(1000), amount: null });
    const inRoom = await app.get('task.submit', visit('Noah Lind'));
    const withAnn = await app.get('task.submit', visit('Lea Bauer', { needs: [need(staff.id)] }));
    const both = { needs: [need(ROOMS), need(staff.id)] };
    const { reason } = await app.get('task.quote', { draft: quotable(both) });
    const held = { poolId: ROOMS, blockers: [{ taskId: inRoom.taskId }] };
    const tied = { poolId: staff.id, blockers: [{ taskId: withAnn.taskId }] };
    expect(reason?.segments).toMatchObject([{ rule: 'capacity', ...held, ties: [tied] }]);
    const { taskId } = await app.get('task.submit', visit('Mia Berg', both));
    const { row } = await app.get('task.get', { taskId });
    expect(row.reason?.segments).toMatchObject([{ ...held, ties: [tied] }]);
  });

  it('says that a pool is closed while it is, and who holds it only from when it opens', async () => {
    const opensAt = inMinutes(60);
    const localMinute = (at: number) => ((at + 60 * MINUTE) / MINUTE) % (24 * 60); // Berlin in November
    const range = { fromMinute: localMinute(opensAt), toMinute: localMinute(opensAt) + 240 };
    await app.get('pool.set', {
      pool: { ...rooms(1), weeklyHours: Array.from({ length: 7 }, () => [range]) },
    });
    const first = await app.get('task.submit', visit('Noah Lind', { urgency: 3 }));
    await app.get('task.act', { taskId: first.taskId, action: 'confirm', at: null });
    const { reason } = await app.get('task.quote', {
      draft: quotable({ durationSeconds: seconds(HOUR + HOUR) }),
    });
    expect(reason?.segments).toMatchObject([
      { rule: 'closed', isShut: true, until: opensAt, blockers: [] },
      { rule: 'capacity', from: opensAt, until: inMinutes(120), blockers: [{ taskId: first.taskId }] },
    ]);
    expect(reason?.segments[1]).not.toHaveProperty('isShut');
  });

  it('says of running work past its end when it was to be over', async () => {
    const { taskId } = await app.get('task.submit', visit('Noah Lind'));
    await app.get('task.act', { taskId, action: 'start', at: null });
    const planned = inMinutes(60);
    expect((await app.get('task.get', { taskId })).row).toMatchObject({ end: planned, isEndAssumed: false });
    app.clock.forward(20 * 60);
    const { row } = await app.get('task.get', { taskId });
    expect(row).toMatchObject({ isEndAssumed: true, plannedEnd: planned });
    expect(row.end).toBeGreaterThan(app.clock.seconds);
  });

  it('names the pool that never has as much', async () => {
    const shut = { ...rooms(1), id: poolId('shut'), weeklyHours: [[], [], [], [], [], [], []] };
    await app.get('pool.set', { pool: shut });
    const needs = [{ poolId: shut.id, rateMilli: milli(1000), amount: null }];
    const refused = await app.ask('task.quote', { draft: quotable({ needs }) });
    expect(refused).toMatchObject({ error: { code: 'exceeds-capacity', params: { poolId: 'shut' } } });
  });

  it('looks on a chosen day only', async () => {
    await app.get('task.submit', visit('Noah Lind'));
    const { starts } = await app.get('task.quote', { draft: quotable(), day: '2026-11-20' });
    expect(starts).toHaveLength(5);
    expect(new Date((starts[0]?.start ?? 0) * 1000).toISOString()).toBe('2026-11-19T23:00:00.000Z'); // 00:00 in Berlin
  });

  it('warns of a passed target, and of a patient who is elsewhere then or has such a task already', async () => {
    const { taskId } = await app.get('task.submit', visit('Noah Lind'));
    await app.get('task.act', { taskId, action: 'confirm', at: null });
    const { row } = await app.get('task.get', { taskId });
    const { warnings } = await app.get('task.quote', {
      draft: quotable({ urgency: 2 }),
      patientId: row.patientId,
    });
    expect(warnings.map(({ code }) => code)).toEqual(['target-passed', 'patient-same-kind']);
    expect(warnings[0]?.seconds).toBe(50 * MINUTE);
  });

  it('suggests a duration from three cases on: median, 80th percentile and how many', async () => {
    for (const minutes of [20, 30, 40]) {
      const { taskId } = await app.get('task.submit', visit('Noah Lind'));
      await app.get('task.act', { taskId, action: 'start', at: null });
      expect((await app.get('task.quote', { draft: quotable() })).history).toBeNull();
      app.clock.forward(minutes);
      await app.get('task.act', { taskId, action: 'finish', at: null });
    }
    expect((await app.get('task.quote', { draft: quotable() })).history).toEqual({
      count: 3,
      medianSeconds: 30 * MINUTE,
      p80Seconds: 40 * MINUTE,
    });
  });

  it('previews a series with its clashes, enters it whole, and takes it back whole', async () => {
    const taken = inMinutes(24 * 60);
    await app.get('task.submit', visit('Noah Lind', { fixedStart: taken }));
    const draft = quotable({ fixedStart: inMinutes(0) });
    const rule = { every: 1, unit: 'days' as const, count: 3, until: null };
    const { occurrences } = await app.get('task.quote-series', { draft, rule });
    expect(occurrences).toEqual([
      { start: inMinutes(0), isFree: true, next: null },
      { start: taken, isFree: false, next: inMinutes(25 * 60) },
      { start: inMinutes(48 * 60), isFree: true, next: null },
    ]);
    const all = occurrences.map(({ start }) => start);
    const before = (await app.get('app.state', {})).head?.length;
    const refused = await app.ask('task.submit-series', { ...visit('Mia Berg'), starts: all });
    expect(refused).toMatchObject({ error: { code: 'fixed-start-not-possible', params: { start: taken } } });
    expect((await app.get('app.state', {})).head?.length).toBe(before);
    const free = occurrences.filter(({ isFree }) => isFree).map(({ start }) => start);
    const { taskIds } = await app.get('task.submit-series', { ...visit('Mia Berg'), starts: free });
    expect(taskIds).toHaveLength(2);
    expect(await app.get('task.undo', { commandId: null })).toMatchObject({ what: 'submit', taskIds });
  });
});

describe('the dates of a series', () => {
  const first = instant(Date.parse('2026-10-24T08:00:00Z') / 1000); // 10:00 in Berlin, a day before clocks go back
  const iso = (rule: Parameters<typeof startsOfSeries>[1]) =>
    startsOfSeries(first, rule, 'Europe/Berlin').map((at) => new Date(at * 1000).toISOString().slice(5, 16));

  it('keep the clock on the wall by days and weeks, and count hours as hours', () => {
    expect(iso({ every: 1, unit: 'days', count: 3, until: null })).toEqual([
      '10-24T08:00',
      '10-25T09:00',
      '10-26T09:00',
    ]);
    expect(iso({ every: 4, unit: 'hours', count: 2, until: null })).toEqual(['10-24T08:00', '10-24T12:00']);
    expect(iso({ every: 1, unit: 'weeks', count: null, until: '2026-11-07' })).toHaveLength(3);
  });
});
