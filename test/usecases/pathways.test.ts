import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Response } from '../../src/shared/contract/index.ts';
import { pathwayId, workKindId } from '../../src/shared/ids.ts';
import type { TaskId } from '../../src/shared/ids.ts';
import { TestApplication } from '../support/usecases/application.ts';

const HEART = pathwayId('heart-check');
const PATIENT = { identity: { name: 'Mei Lin', birthDate: '1970-05-01', number: '90001' } };

describe('a care pathway', () => {
  let app: TestApplication;
  beforeAll(async () => {
    app = await new TestApplication().open({ opensSample: true });
  }, 60_000);
  afterAll(() => app.close());

  const start = async (): Promise<readonly TaskId[]> => {
    const request = { pathwayId: HEART, patient: PATIENT, earliestStart: null };
    return (await app.get('pathway.start', request)).taskIds;
  };
  const rowOf = async (taskId: TaskId) => (await app.get('task.get', { taskId })).row;
  const chainOf = async (taskId: TaskId | undefined) => {
    if (taskId === undefined) throw new Error('a started pathway has tasks');
    const { chain } = await app.get('pathway.chain', { taskId });
    return chain?.tasks ?? [];
  };
  const length = async (): Promise<number> => (await app.get('app.state', {})).head?.length ?? 0;
  const inOrder = (rows: readonly Response<'task.get'>['row'][]): boolean =>
    rows.every((row, index) => {
      const before = rows[index - 1];
      return !before || (row.start ?? 0) >= (before.end ?? Infinity);
    });

  it('is quoted step by step, each after the one before, and writes nothing', async () => {
    const before = await length();
    const quoted = await app.get('pathway.quote', { pathwayId: HEART, earliestStart: null });
    expect(await length()).toBe(before);
    expect(quoted.needsPatient).toBe(true);
    expect(quoted.steps.map((step) => step.subsystem)).toEqual([
      'records',
      'monitoring',
      'imaging',
      'insurance',
    ]);
    quoted.steps.forEach((step, index) => {
      expect(step.reason?.refusal ?? null).toBeNull();
      expect(step.start).toBeGreaterThanOrEqual(quoted.steps[index - 1]?.end ?? app.clock.seconds);
    });
  });

  it('enters all of its tasks in one go, for one patient, planned in their order', async () => {
    const ids = await start();
    const rows = await Promise.all(ids.map(rowOf));
    expect(rows).toHaveLength(4);
    expect(new Set(rows.map((row) => row.patient?.name))).toEqual(new Set(['Mei Lin']));
    expect(inOrder(rows)).toBe(true);
    const chain = await chainOf(ids[2]);
    expect(chain.map((task) => task.taskId)).toEqual(ids);
  });

  it('enters nothing at all when one of its steps cannot be', async () => {
    const before = await length();
    const refused = await app.ask('pathway.start', { pathwayId: HEART, patient: null, earliestStart: null });
    expect(refused).toMatchObject({ ok: false, error: { code: 'patient-required' } });
    const { pools } = await app.get('pool.list', {});
    const clerks = pools.find((pool) => pool.name.en === 'Claims clerks');
    if (!clerks) throw new Error('the sample has claims clerks');
    const closed = clerks.weeklyHours?.map(() => []) ?? null;
    await app.get('pool.set', { pool: { ...clerks, weeklyHours: closed, exceptions: [] } });
    const after = await length();
    const hopeless = await app.ask('pathway.start', {
      pathwayId: HEART,
      patient: PATIENT,
      earliestStart: null,
    });
    expect(hopeless).toMatchObject({ ok: false });
    expect(await length()).toBe(after);
    expect(after).toBeGreaterThan(before);
    const quoted = await app.get('pathway.quote', { pathwayId: HEART, earliestStart: null });
    expect(quoted.steps[3]).toMatchObject({ start: null });
    expect(quoted.steps[3]?.reason?.refusal).not.toBeNull();
    await app.get('pool.set', { pool: clerks });
  });

  it('says behind which step a later one has no time, once the pool of that step never opens', async () => {
    const [, , third, fourth] = await start();
    if (!third || !fourth) throw new Error('four steps');
    const [need] = (await rowOf(third)).needs;
    const { pools } = await app.get('pool.list', {});
    const pool = pools.find((each) => each.id === need?.poolId);
    if (!pool) throw new Error('the third step needs a pool');
    const closed = pool.weeklyHours?.map(() => []) ?? Array.from({ length: 7 }, () => []);
    await app.get('pool.set', { pool: { ...pool, weeklyHours: closed, exceptions: [] } });
    expect((await rowOf(third)).reason?.refusal).toMatchObject({ poolId: pool.id, blockers: [] });
    expect((await rowOf(fourth)).reason?.refusal).toMatchObject({
      code: 'waits-for-refused',
      blockers: [{ taskId: third }],
    });
    await app.get('pool.set', { pool });
  });

  it('closes up when one in the middle is cancelled: the next waits for the one before', async () => {
    const ids = await start();
    const [first, second, third] = ids;
    if (!first || !second || !third) throw new Error('four steps');
    await app.get('task.act', { taskId: second, action: 'cancel', at: null });
    const rows = await Promise.all([first, third].map(rowOf));
    expect(rows.map((row) => row.state)).toEqual(['tentative', 'tentative']);
    expect(inOrder(rows)).toBe(true);
    expect((await chainOf(first)).map((task) => task.state)).toEqual([
      'tentative',
      'cancelled',
      'tentative',
      'tentative',
    ]);
  });

  it('is taken back whole, as it was started and as it was closed up', async () => {
    const ids = await start();
    const [, second, third] = ids;
    if (!second || !third) throw new Error('four steps');
    await app.get('task.act', { taskId: second, action: 'cancel', at: null });
    await app.get('task.undo', { commandId: null });
    expect((await chainOf(second)).map((task) => task.state)).toEqual(Array(4).fill('tentative'));
    expect(inOrder(await Promise.all(ids.map(rowOf)))).toBe(true);
    const { taskIds } = await app.get('task.undo', { commandId: null });
    expect([...taskIds].sort()).toEqual([...ids].sort());
  });

  it('is cancelled from one step on, and what came before stays', async () => {
    const ids = await start();
    const [, second] = ids;
    if (!second) throw new Error('four steps');
    const { cancelled } = await app.get('pathway.cancel', { taskId: second });
    expect(cancelled).toEqual(ids.slice(1));
    expect((await chainOf(second)).map((task) => task.state)).toEqual([
      'tentative',
      'cancelled',
      'cancelled',
      'cancelled',
    ]);
  });

  it('is changed by a manager, refuses work that is not in the catalogue, and is no longer offered', async () => {
    const { pathways } = await app.get('pathway.list', {});
    const heart = pathways.find((pathway) => pathway.id === HEART);
    if (!heart) throw new Error('the sample has it');
    const steps = heart.steps.map((step) => ({ ...step }));
    const unknown = { ...heart, steps: [...steps, { workKindId: workKindId('no-such-work') }] };
    expect(await app.ask('pathway.set', { pathway: unknown })).toMatchObject({
      error: { code: 'unknown-work-kind' },
    });
    await app.get('pathway.set', { pathway: { ...heart, steps, isActive: false } });
    expect(await app.ask('pathway.quote', { pathwayId: HEART, earliestStart: null })).toMatchObject({
      error: { code: 'unknown-pathway' },
    });
    const verified = await app.get('ledger.verify', {});
    expect(verified).toMatchObject({ isWhole: true });
  });
});
