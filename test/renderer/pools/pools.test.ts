import { describe, expect, test, vi } from 'vitest';
import {
  emptyPool,
  poolOf,
  poolProblems,
  valuesOf,
} from '../../../src/renderer/screens/pools/pool-form-values.ts';
import type { PoolFormValues } from '../../../src/renderer/screens/pools/pool-form-values.ts';
import { PoolsState } from '../../../src/renderer/screens/pools/pools.svelte.ts';
import type { StripView } from '../../../src/shared/contract/pools.ts';
import type { Pool } from '../../../src/shared/domain/pool.ts';
import { outageId } from '../../../src/shared/ids.ts';
import { accept, refuse } from '../../../src/shared/result.ts';
import { milli } from '../../../src/shared/units.ts';
import { NOW, clock, compute, ultrasound } from '../workspace/samples.ts';
import { ScriptedApi, answers } from '../workspace/scripted-api.ts';

function changed(change: (values: PoolFormValues) => void, pool: Pool = ultrasound): PoolFormValues {
  const values = valuesOf(pool, 'en');
  change(values);
  return values;
}

const stripOf = (pool: Pool): StripView => ({
  poolId: pool.id,
  name: pool.name,
  unitName: pool.unitName,
  capacityMilli: pool.capacityMilli,
  from: clock('09:20'),
  until: clock('21:20'),
  now: NOW,
  capacity: [
    { at: clock('09:20'), milli: pool.capacityMilli },
    { at: clock('17:30'), milli: milli(0) },
  ],
  actual: [],
  reserved: [],
  tentative: [],
  loadMilli: milli(0),
  offeredMilli: pool.capacityMilli,
  freeAt: NOW,
});

describe('what is wrong with a pool form', () => {
  test.each<{
    name: string;
    values: PoolFormValues;
    want: readonly (readonly [string, string, number | null])[];
  }>([
    { name: 'nothing', values: valuesOf(ultrasound, 'en'), want: [] },
    {
      name: 'a new one has no names yet',
      values: emptyPool(),
      want: [
        ['names', 'name-missing', null],
        ['names', 'unit-name-missing', null],
      ],
    },
    {
      name: 'a unit without a name',
      values: changed((values) =>
        values.units.forEach((unit, index) => index === 1 && (unit.name.here = ' ')),
      ),
      want: [['units', 'unit-unnamed', 1]],
    },
    {
      name: 'no units',
      values: changed((values) => (values.units = [])),
      want: [['units', 'unit-missing', null]],
    },
    {
      name: 'a divisible pool without capacity',
      values: changed((values) => (values.capacity = null), compute),
      want: [['units', 'capacity-missing', null]],
    },
    {
      name: 'hours that run backwards',
      values: changed((values) => (values.week[2] = '12-8')),
      want: [['hours', 'hours-unreadable', 2]],
    },
    {
      name: 'a day that is no date',
      values: changed((values) => values.exceptions.push({ date: '25/12', hours: '' })),
      want: [['hours', 'exception-date-unreadable', 0]],
    },
    {
      name: 'an outage that ends before it begins',
      values: changed((values) =>
        values.outages.push({
          id: outageId('o'),
          unitId: null,
          start: NOW,
          end: NOW,
          isEndKnown: true,
          isPlanned: true,
        }),
      ),
      want: [['outages', 'outage-ends-before-start', 0]],
    },
    {
      name: 'an outage whose known end cannot be read',
      values: changed((values) =>
        values.outages.push({
          id: outageId('o'),
          unitId: null,
          start: NOW,
          end: null,
          isEndKnown: true,
          isPlanned: true,
        }),
      ),
      want: [['outages', 'outage-end-missing', 0]],
    },
    {
      name: 'more guaranteed than there is',
      values: changed((values) =>
        values.shares.forEach((share, index) => index < 3 && (share.guarantee = 1)),
      ),
      want: [['shares', 'guarantees-exceed-capacity', null]],
    },
    {
      name: 'a guarantee above its own limit',
      values: changed((values) =>
        values.shares.forEach((share, index) => {
          if (index === 0) Object.assign(share, { guarantee: 2, limit: 1 });
        }),
      ),
      want: [['shares', 'guarantee-exceeds-limit', 0]],
    },
    {
      name: 'half a room',
      values: changed((values) =>
        values.shares.forEach((share, index) => index === 0 && (share.limit = 0.5)),
      ),
      want: [['shares', 'share-not-whole', 0]],
    },
  ])('$name', ({ values, want }) =>
    expect(poolProblems(values).map(({ part, code, row }) => [part, code, row])).toEqual(want),
  );
});

describe('the pool a form makes', () => {
  test.each([
    ['a countable pool', ultrasound],
    ['a divisible pool open around the clock', compute],
  ])('is the same when nothing was changed: %s', (_, pool) => {
    expect(poolOf(valuesOf(pool, 'en'), 'en')).toEqual(pool);
    expect(poolOf(valuesOf(pool, 'zh'), 'zh')).toEqual(pool);
  });

  test('has its one name in both languages', () => {
    const values = changed((draft) => (draft.name = { here: 'Sonography', other: '' }));
    expect(poolOf(values, 'en')?.name).toEqual({ en: 'Sonography', zh: 'Sonography' });
  });

  test('keeps a share only where there is a guarantee or a limit', () => {
    const values = changed((draft) =>
      draft.shares.forEach((share, index) => {
        if (index === 1) share.guarantee = 1;
        if (index === 2) share.limit = 2;
      }),
    );
    expect(poolOf(values, 'en')?.shares).toEqual([
      { subsystem: 'imaging', guaranteeMilli: 1000, limitMilli: null },
      { subsystem: 'insurance', guaranteeMilli: 0, limitMilli: 2000 },
    ]);
  });
});

describe('the Pools screen', () => {
  function scripted(given: ConstructorParameters<typeof ScriptedApi>[0] = {}): ScriptedApi {
    const over = {
      id: outageId('over'),
      unitId: null,
      start: clock('08:00'),
      end: clock('09:00'),
      isPlanned: false,
    };
    const ahead = { ...over, id: outageId('ahead'), start: clock('15:00'), end: null };
    const pool = { ...ultrasound, outages: [ahead, over] };
    return new ScriptedApi({
      'pool.list': answers({ pools: [pool, compute], strips: [stripOf(pool)] }),
      'pool.set': answers({ poolId: ultrasound.id, moved: 3, displaced: 1 }),
      ...given,
    });
  }

  async function loaded(api: ScriptedApi): Promise<PoolsState> {
    const state = new PoolsState(api);
    await state.load();
    return state;
  }

  test('says of each pool whether it is open until when, and what of it is or will be out', async () => {
    const [first, second] = (await loaded(scripted())).lines;
    expect(first?.openness).toEqual({ isOpen: true, changesAt: clock('17:30') });
    expect(first?.outages.map((outage) => outage.id)).toEqual(['ahead']);
    expect(second).toMatchObject({ strip: null, openness: { isOpen: true, changesAt: null } });
  });

  test('says after saving what it did to the plan, and asks again', async () => {
    const api = scripted();
    const state = await loaded(api);
    state.select('ultrasound', 'en');
    expect(await state.save()).toBe(true);
    expect(state.change).toMatchObject({ moved: 3, displaced: 1 });
    expect(state.form).toBeNull();
    expect(api.requestsOf('pool.list')).toHaveLength(2);
  });

  test('opens the part in which something is wrong and sends nothing', async () => {
    const api = scripted();
    const state = await loaded(api);
    state.select('ultrasound', 'en');
    if (state.form) state.form.values.week[0] = 'always';
    expect(await state.save()).toBe(false);
    expect(state.form?.part).toBe('hours');
    expect(state.form?.problemAt('hours', 0)).toBe('hours-unreadable');
    expect(api.requestsOf('pool.set')).toEqual([]);
  });

  test('keeps the form when saving is refused', async () => {
    const state = await loaded(scripted({ 'pool.set': () => refuse('unit-in-use') }));
    state.select('ultrasound', 'en');
    expect(await state.save()).toBe(false);
    expect(state.saveRefusal?.code).toBe('unit-in-use');
    expect(state.form?.values.name.here).toBe('Ultrasound');
  });

  test('says what saving would do before it is saved, for what is typed last', async () => {
    vi.useFakeTimers();
    const effect = {
      earlier: 0,
      later: 2,
      lost: 0,
      found: 0,
      displacedCount: 0,
      displaced: [],
      shifts: [],
      shiftsBySubsystem: [],
      longerWaits: [],
      first: null,
    };
    const api = new ScriptedApi({
      'pool.list': answers({ pools: [ultrasound], strips: [] }),
      'pool.preview': () => accept({ now: NOW, effect }),
    });
    const state = new PoolsState(api);
    await state.load();
    state.select('ultrasound', 'en');
    expect(state.form?.isChanged).toBe(false);
    state.form?.addUnit();
    expect(state.form?.isChanged).toBe(true);
    state.askPreview(state.form?.written ?? null);
    expect([state.isPreviewing, state.preview]).toEqual([true, null]);
    await vi.advanceTimersByTimeAsync(500);
    expect([state.isPreviewing, state.preview?.effect.later]).toEqual([false, 2]);
    state.askPreview(null);
    expect([state.isPreviewing, state.preview]).toEqual([false, null]);
    expect(api.requestsOf('pool.preview').map(({ pool }) => pool.units.length)).toEqual([3]);
    vi.useRealTimers();
  });

  test('tells outages that are over from the others, and keeps a row in its place while its end is typed', async () => {
    const state = await loaded(scripted());
    state.select('ultrasound', 'en');
    const { form } = state;
    form?.addOutage(NOW);
    form?.addOutage(NOW);
    const [, over, open] = form?.values.outages ?? [];
    if (!form || !over || !open) throw new Error('the sample pool has one outage');
    over.isEndKnown = true;
    over.end = clock('09:00');
    expect([...form.overAt(NOW)]).toEqual([over.id]);
    open.end = clock('09:00');
    expect([...form.overAt(NOW)]).toEqual([over.id]);
  });

  test('names the next unit after the last one, and forgets the outages of a removed one', async () => {
    const state = await loaded(scripted());
    state.select('ultrasound', 'en');
    const { form } = state;
    form?.addUnit();
    expect(form?.values.units.at(-1)?.name.here).toBe('Ultrasound 3');
    form?.addOutage(NOW);
    const outage = form?.values.outages.at(-1);
    if (outage) outage.unitId = form?.values.units[0]?.id ?? null;
    form?.removeUnit(0);
    expect(form?.values.outages).toHaveLength(2);
    expect(form?.values.units.map((unit) => unit.name.here)).toEqual(['Ultrasound 2', 'Ultrasound 3']);
  });
});
