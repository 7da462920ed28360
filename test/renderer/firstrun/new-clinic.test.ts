// @vitest-environment node
/** From the four steps to the command that makes the clinic. */
import { describe, expect, it } from 'vitest';
import { CONTRACT } from '../../../src/shared/contract/index.ts';
import {
  clinicRequest,
  faultsOf,
  type NewClinic,
  type Step,
} from '../../../src/renderer/screens/firstrun/new-clinic.ts';
import { STARTER_DEFAULTS, starterPools } from '../../../src/renderer/screens/firstrun/pool-templates.ts';
import { SUBSYSTEM_IDS } from '../../../src/shared/domain/subsystem.ts';

function filledIn(change: Partial<NewClinic> = {}): NewClinic {
  const defaults = Object.fromEntries(
    SUBSYSTEM_IDS.map((id) => [id, { poolId: STARTER_DEFAULTS[id].poolId, durationSeconds: 1200 }]),
  ) as NewClinic['defaults']; // one entry per id
  return {
    name: ' Riverside ',
    timeZone: 'Asia/Shanghai',
    language: 'en',
    personName: 'Ada Okafor',
    jobTitle: 'doctor',
    pools: starterPools().map((pool) => ({ ...pool, typedName: pool.name.en, typedSize: pool.size })),
    hours: ['08:00–12:00, 13:30–17:30', '08:00–12:00', ''],
    defaults,
    ...change,
  };
}

const withPool = (change: Partial<NewClinic['pools'][number]>): NewClinic => {
  const form = filledIn();
  return { ...form, pools: form.pools.map((row, index) => (index === 0 ? { ...row, ...change } : row)) };
};

describe('a new clinic', () => {
  it('is a request the contract accepts, with named units and both languages', () => {
    const request = clinicRequest(filledIn());
    expect(CONTRACT['clinic.create'].request.safeParse(request).error).toBeUndefined();
    expect(request.name).toEqual({ en: 'Riverside', zh: 'Riverside' });
    const rooms = request.pools[0];
    expect(rooms?.units.map((unit) => unit.name.zh)).toEqual(['诊室 1', '诊室 2', '诊室 3']);
    expect(rooms?.weeklyHours?.map((day) => day.length)).toEqual([2, 2, 2, 2, 2, 1, 0]);
    expect(request.pools.find((pool) => pool.id === 'ultrasound')?.unitName.en).toBe('rooms');
    expect(request.pools.find((pool) => pool.id === 'compute')?.units).toEqual([]);
    expect(request.pools.find((pool) => pool.id === 'monitors')?.weeklyHours).toBeNull();
  });

  it('leaves out pools that were not chosen, and defaults that need them', () => {
    const form = filledIn();
    const pools = form.pools.map((row) => ({ ...row, isIncluded: row.id === 'nurses' }));
    const request = clinicRequest({ ...form, pools });
    expect(request.pools.map((pool) => pool.id)).toEqual(['nurses']);
    expect(request.defaults).toEqual([]);
  });

  it('keeps a name of the clinic’s own in both languages', () => {
    expect(clinicRequest(withPool({ typedName: 'Blue rooms' })).pools[0]?.name).toEqual({
      en: 'Blue rooms',
      zh: 'Blue rooms',
    });
  });

  const faults: Record<string, { form: NewClinic; step: Step; want: string[] }> = {
    'a whole form has none': { form: filledIn(), step: 'clinic', want: [] },
    'a name is needed': { form: filledIn({ name: '  ' }), step: 'clinic', want: ['name'] },
    'a person is needed': {
      form: filledIn({ personName: '', jobTitle: '' }),
      step: 'clinic',
      want: ['personName', 'jobTitle'],
    },
    'some pool is needed': { form: { ...filledIn(), pools: [] }, step: 'pools', want: ['pools'] },
    'rooms are whole': { form: withPool({ typedSize: 1.5 }), step: 'pools', want: ['consulting-rooms'] },
    'a size is needed': { form: withPool({ typedSize: null }), step: 'pools', want: ['consulting-rooms'] },
    'no more units than the contract takes': {
      form: withPool({ typedSize: 501 }),
      step: 'pools',
      want: ['consulting-rooms'],
    },
    'hours that overlap are refused': {
      form: filledIn({ hours: ['08:00-12:00, 11:00-14:00', '', ''] }),
      step: 'hours',
      want: ['hours-0'],
    },
    'a closed Sunday is no fault': { form: filledIn(), step: 'hours', want: [] },
  };
  for (const [name, { form, step, want }] of Object.entries(faults)) {
    it(name, () => {
      expect(faultsOf(form, step)).toEqual(want);
    });
  }
});
