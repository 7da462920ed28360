import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Response } from '../../src/shared/contract/index.ts';
import { poolId, workKindId } from '../../src/shared/ids.ts';
import { milli, seconds } from '../../src/shared/units.ts';
import { TestApplication } from '../support/usecases/application.ts';
import { openClinic } from '../support/usecases/rooms.ts';

type WorkKind = Response<'work-kind.list'>['workKinds'][number];

describe('the catalogue of work', () => {
  let app: TestApplication;
  let visit: WorkKind;
  beforeAll(async () => {
    app = await new TestApplication().open({ opensSample: true });
    const { workKinds } = await app.get('work-kind.list', {});
    const found = workKinds.find((kind) => kind.id === workKindId('visit'));
    if (!found) throw new Error('the sample has visits');
    visit = found;
  });
  afterAll(() => app.close());

  it('takes a new kind and a change of a known one, and reads them back in order', async () => {
    const changed = { ...visit, durationSeconds: seconds(2400), urgency: 3 as const };
    const added = { ...visit, id: workKindId('kind-new'), name: { en: 'Home visit', zh: '上门就诊' } };
    await app.get('work-kind.set', { workKind: changed });
    await app.get('work-kind.set', { workKind: added });
    const { workKinds } = await app.get('work-kind.list', {});
    expect(workKinds.find((kind) => kind.id === visit.id)).toEqual(changed);
    expect(workKinds.at(-1)).toEqual(added);
  });

  it.each([
    ['a pool that is gone', { poolId: poolId('gone'), rateMilli: milli(1000), amount: null }, 'unknown-pool'],
    ['half a room', { poolId: poolId('exam-rooms'), rateMilli: milli(500), amount: null }, 'invalid-need'],
    [
      'more rooms than there are',
      { poolId: poolId('exam-rooms'), rateMilli: milli(99_000), amount: null },
      'exceeds-capacity',
    ],
  ])('refuses %s', async (_name, need, code) => {
    const refused = await app.ask('work-kind.set', { workKind: { ...visit, needs: [need] } });
    expect(refused).toMatchObject({ ok: false, error: { code, params: { poolId: need.poolId } } });
  });
});

describe('what a new task begins with', () => {
  let app: TestApplication;
  beforeAll(async () => {
    app = new TestApplication();
    await openClinic(app);
  });
  afterAll(() => app.close());

  it('is what first run has set, until somebody chooses another kind or none', async () => {
    const { defaults } = await app.get('work-kind.list', {});
    expect(defaults).toEqual({ records: 'records-general', research: 'research-general' });
    await app.get('subsystem.set-default', { subsystem: 'records', workKindId: null });
    await app.restart();
    expect((await app.get('work-kind.list', {})).defaults).toEqual({ research: 'research-general' });
  });

  it('is a kind of that subsystem', async () => {
    const asked = { subsystem: 'imaging', workKindId: workKindId('records-general') } as const;
    expect(await app.ask('subsystem.set-default', asked)).toMatchObject({
      ok: false,
      error: { code: 'unknown-work-kind' },
    });
  });
});
