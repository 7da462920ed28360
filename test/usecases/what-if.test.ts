import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Response } from '../../src/shared/contract/index.ts';
import type { Pool } from '../../src/shared/domain/pool.ts';
import { outageId, poolId, unitId } from '../../src/shared/ids.ts';
import { DAY, HOUR, instant, milli, seconds } from '../../src/shared/units.ts';
import { TestApplication } from '../support/usecases/application.ts';

type Compared = Response<'whatif.compare'>;
type PoolSent = Response<'pool.list'>['pools'][number];

const WINDOW = seconds(2 * DAY);

describe('what-if in the sample clinic', () => {
  let app: TestApplication;
  let pools: readonly PoolSent[];
  beforeAll(async () => {
    app = await new TestApplication().open({ opensSample: true });
    ({ pools } = await app.get('pool.list', {}));
  }, 60_000);
  afterAll(() => app.close());

  const poolOf = (id: string): PoolSent => {
    const pool = pools.find((each) => each.id === id);
    if (!pool) throw new Error(`the sample has no pool ${id}`);
    return pool;
  };
  const withOneMore = (pool: PoolSent): PoolSent => ({
    ...pool,
    capacityMilli: milli(pool.capacityMilli + 1000),
    units: [...pool.units, { id: unitId(`${pool.id}-more`), name: { en: 'One more', zh: '新增' } }],
  });
  const outAllDay = (pool: PoolSent): PoolSent => ({
    ...pool,
    outages: [
      ...pool.outages,
      {
        id: outageId('o-what-if'),
        unitId: null,
        start: instant(app.clock.seconds),
        end: instant(app.clock.seconds + 12 * HOUR),
        isPlanned: true,
      },
    ],
  });
  const compare = (...changed: (readonly PoolSent[])[]): Promise<Compared> =>
    app.get('whatif.compare', {
      windowSeconds: WINDOW,
      variants: changed.map((some) => ({ subsystems: [], pools: some })),
    });
  const length = async (): Promise<number> => (await app.get('app.state', {})).head?.length ?? 0;

  it('shows today as it is adopted and writes nothing', async () => {
    const before = await length();
    const { today, variants } = await compare([]);
    expect(await length()).toBe(before);
    expect(today.waits.reduce((sum, row) => sum + row.tasks, 0)).toBeGreaterThan(5);
    const [unchanged] = variants;
    const effect = unchanged?.effect;
    const all = (effect?.earlier ?? 0) + (effect?.later ?? 0) + (effect?.lost ?? 0) + (effect?.found ?? 0);
    expect(unchanged?.shiftsByReplanning).toBe(all);
  });

  it('puts one room more and a closed one side by side, with who gains and loses', async () => {
    const rooms = poolOf('exam-rooms');
    const { today, variants } = await compare([withOneMore(rooms)], [outAllDay(rooms)]);
    const [more, out] = variants;
    const useOf = (figures: Compared['today']) => figures.pools.find((use) => use.poolId === rooms.id);
    expect(useOf(more?.figures ?? today)?.capacity).toBeGreaterThan(useOf(today)?.capacity ?? 0);
    expect(useOf(out?.figures ?? today)?.capacity).toBeLessThan(useOf(today)?.capacity ?? 0);
    expect(useOf(out?.figures ?? today)?.steps).not.toBeNull();
    expect(out?.effect.displacedCount).toBeGreaterThan(0);
    expect(out?.effect.displaced[0]?.patient?.name).toBeTruthy();
    const losers = out?.effect.shifts.filter((row) => row.to === null || (row.from ?? 0) < row.to) ?? [];
    expect(losers.length).toBe((out?.effect.later ?? 0) + (out?.effect.lost ?? 0));
    expect(more?.effect.displacedCount).toBe(0);
  });

  it('previews a pool exactly as saving it then does', async () => {
    const pool = outAllDay(poolOf('ultrasound'));
    const { effect } = await app.get('pool.preview', { pool });
    const moved = effect.earlier + effect.later + effect.lost;
    const before = await length();
    const saved = await app.get('pool.set', { pool });
    expect(saved.moved).toBe(moved);
    expect(await length()).toBeGreaterThan(before);
  });

  it('refuses a plan once the ledger has moved, an altered variant, and an old plan', async () => {
    const rooms = withOneMore(poolOf('exam-rooms'));
    const stale = await compare([rooms]);
    const sent = (basis: string, planHash: string | undefined, pool: PoolSent) => ({
      basis,
      planHash: planHash ?? '',
      variant: { subsystems: [], pools: [pool] },
    });
    const other = sent(stale.basis, stale.variants[0]?.planHash, poolOf('exam-rooms'));
    expect(await app.ask('whatif.commit', other)).toMatchObject({ error: { code: 'plan-stale' } });
    await app.get('pool.set', { pool: poolOf('nurses') });
    const old = sent(stale.basis, stale.variants[0]?.planHash, rooms);
    expect(await app.ask('whatif.commit', old)).toMatchObject({
      ok: false,
      error: { code: 'plan-stale', retryable: true },
    });
    const fresh = await compare([rooms]);
    app.clock.forward(11);
    const aged = sent(fresh.basis, fresh.variants[0]?.planHash, rooms);
    expect(await app.ask('whatif.commit', aged)).toMatchObject({ error: { code: 'plan-stale' } });
  });

  it('adopts the plan that was shown, with its changes, and books exactly its starts', async () => {
    const rooms = withOneMore(poolOf('exam-rooms'));
    const request = {
      windowSeconds: WINDOW,
      variants: [
        {
          subsystems: [{ subsystem: 'records' as const, policy: 'utilization' as const, weight: 2 }],
          pools: [rooms],
        },
      ],
    };
    const compared = await app.get('whatif.compare', request);
    const [variant] = compared.variants;
    const [sent] = request.variants;
    if (!variant || !sent) throw new Error('one variant, one answer');
    const before = await length();
    const done = await app.get('whatif.commit', {
      basis: compared.basis,
      planHash: variant.planHash,
      variant: sent,
    });
    const { effect } = variant;
    expect(done.moved).toBeGreaterThanOrEqual(effect.earlier + effect.later + effect.lost);
    expect(await length()).toBeLessThanOrEqual(before + 3);
    const state = await app.get('app.state', {});
    expect(state.subsystems.find((row) => row.subsystem === 'records')).toMatchObject({ weight: 2 });
    const saved: readonly Pool[] = (await app.get('pool.list', {})).pools;
    expect(saved.find((pool) => pool.id === poolId('exam-rooms'))?.units).toHaveLength(rooms.units.length);
    for (const shift of effect.shifts.slice(0, 10)) {
      const { row } = await app.get('task.get', { taskId: shift.taskId });
      expect(row.start).toBe(shift.to);
    }
  });

  it('answers only the newest question, and names what is wrong with a variant', async () => {
    const rooms = poolOf('exam-rooms');
    const [first, second] = await Promise.all([
      app.ask('whatif.compare', { windowSeconds: WINDOW, variants: [] }),
      app.ask('whatif.compare', { windowSeconds: WINDOW, variants: [] }),
    ]);
    expect([first.ok, second.ok]).toEqual([false, true]);
    const faulty = { subsystems: [], pools: [{ ...rooms, capacityMilli: milli(1) }] };
    expect(await app.ask('whatif.compare', { windowSeconds: WINDOW, variants: [faulty] })).toMatchObject({
      error: { code: 'invalid-pool', params: { poolId: 'exam-rooms' } },
    });
  });
});
