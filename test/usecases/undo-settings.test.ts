/** Settings of the clinic are taken back like work is: the entry says again what held before, unless somebody went on. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SubsystemId } from '../../src/shared/domain/subsystem.ts';
import type { Request } from '../../src/shared/contract/index.ts';
import { TestApplication } from '../support/usecases/application.ts';

describe('a setting of the clinic', () => {
  let app: TestApplication;
  beforeAll(async () => {
    app = await new TestApplication().open({ opensSample: true });
  }, 60_000);
  afterAll(() => app.close());

  const clinic = async (): Promise<Request<'clinic.set'>['clinic']> => {
    const state = await app.get('app.state', {});
    if (!state.clinic) throw new Error('the sample is a clinic');
    const { isSample: _, ...rest } = state.clinic;
    return { ...rest, ownTriage: rest.ownTriage ?? null };
  };
  const kinds = () => app.get('work-kind.list', {});
  const beginWith = async (subsystem: SubsystemId) => {
    const kind = (await kinds()).workKinds.find((each) => each.subsystem === subsystem);
    return app.get('subsystem.set-default', { subsystem, workKindId: kind?.id ?? null });
  };
  const pathways = async () => (await app.get('pathway.list', {})).pathways;

  const CHANGES: Readonly<
    Record<string, { readonly read: () => Promise<unknown>; readonly change: () => Promise<unknown> }>
  > = {
    'its name and triage levels': {
      read: clinic,
      change: async () => app.get('clinic.set', { clinic: { ...(await clinic()), triagePreset: 'china' } }),
    },
    'a policy that nobody had set': {
      read: async () => (await app.get('app.state', {})).subsystems,
      change: () =>
        app.get('subsystem.set', { setting: { subsystem: 'research', policy: 'priority', weight: 2 } }),
    },
    'the kind of work that new tasks begin with': {
      read: async () => (await kinds()).defaults,
      change: () => beginWith('imaging'),
    },
    'a kind of work': {
      read: async () => (await kinds()).workKinds,
      change: async () => {
        const [kind] = (await kinds()).workKinds;
        if (!kind) throw new Error('the sample has kinds of work');
        const needs = kind.needs.map((need) => ({ ...need }));
        return app.get('work-kind.set', { workKind: { ...kind, needs, urgency: 1 } });
      },
    },
    'a template of a pathway': {
      read: pathways,
      change: async () => {
        const [pathway] = await pathways();
        if (!pathway) throw new Error('the sample has pathways');
        const steps = pathway.steps.map((step) => ({ ...step }));
        return app.get('pathway.set', { pathway: { ...pathway, steps, isActive: false } });
      },
    },
    'how patients are told apart': {
      read: async () => (await app.get('app.state', {})).identifiers,
      change: () => app.get('identifiers.set', { identifiers: { first: 'number', second: 'birth-date' } }),
    },
  };
  for (const [name, { read, change }] of Object.entries(CHANGES)) {
    it(`is taken back: ${name}`, async () => {
      const before = await read();
      await change();
      expect(await read()).not.toEqual(before);
      expect(await app.get('task.undo', { commandId: null })).toMatchObject({ what: 'setting' });
      expect(await read()).toEqual(before);
    });
  }

  it('of one subsystem goes back although another was changed since', async () => {
    const before = (await kinds()).defaults;
    await beginWith('imaging');
    await beginWith('records');
    expect(Object.keys((await kinds()).defaults).sort()).toEqual(['imaging', 'records']);
    await app.get('task.undo', { commandId: null });
    await app.get('task.undo', { commandId: null });
    expect((await kinds()).defaults).toEqual(before);
  });

  it('that is new has nothing to go back to', async () => {
    const [pathway] = await pathways();
    if (!pathway) throw new Error('the sample has pathways');
    const steps = pathway.steps.map((step) => ({ ...step }));
    const id = 'brand-new' as typeof pathway.id; // a new template's id
    await app.get('pathway.set', { pathway: { ...pathway, id, steps } }, 'new-pathway');
    const undone = await app.ask('task.undo', { commandId: null });
    expect(undone.ok).toBe(false);
  });
});
