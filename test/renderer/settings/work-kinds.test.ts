import { expect, test } from 'vitest';
import { WorkKinds } from '../../../src/renderer/screens/settings/work-kinds.svelte.ts';
import type { Refusal } from '../../../src/shared/result.ts';
import { refuse } from '../../../src/shared/result.ts';
import { work } from '../../../src/shared/units.ts';
import { carotid, compute, ultrasound } from '../workspace/samples.ts';
import { ScriptedApi, answers } from '../workspace/scripted-api.ts';

function scripted(given: ConstructorParameters<typeof ScriptedApi>[0] = {}): ScriptedApi {
  return new ScriptedApi({
    'work-kind.list': answers({ workKinds: [carotid], defaults: {} }),
    'pool.list': answers({ pools: [ultrasound, compute], strips: [] }),
    'work-kind.set': answers({ workKindId: carotid.id }),
    ...given,
  });
}

test('sends what was changed, and keeps the rest of a kind as it was', async () => {
  const api = scripted();
  const catalogue = new WorkKinds(api, () => undefined);
  await catalogue.load();
  catalogue.edit(carotid);
  if (!catalogue.form) throw new Error('the form is open');
  catalogue.form.durationSeconds = 2700;
  await catalogue.save();
  expect(api.requestsOf('work-kind.set')).toEqual([{ workKind: { ...carotid, durationSeconds: 2700 } }]);
  expect(catalogue.form).toBeNull();
});

test('keeps an amount over a time for as long as rate and time stay', async () => {
  const amount = work(3_600_000);
  const kind = { ...carotid, needs: carotid.needs.map((need) => ({ ...need, amount })) };
  const api = scripted();
  const catalogue = new WorkKinds(api, () => undefined);
  await catalogue.load();
  catalogue.edit(kind);
  await catalogue.save();
  catalogue.edit(kind);
  if (catalogue.form) catalogue.form.durationSeconds = 60;
  await catalogue.save();
  expect(api.requestsOf('work-kind.set').map(({ workKind }) => workKind.needs[0]?.amount)).toEqual([
    amount,
    null,
  ]);
});

test('says what is missing before sending, and stays open when it is refused', async () => {
  const refusals: Refusal[] = [];
  const api = scripted({ 'work-kind.set': () => refuse('exceeds-capacity') });
  const catalogue = new WorkKinds(api, (refusal) => refusals.push(refusal));
  await catalogue.load();
  catalogue.edit(null);
  expect(catalogue.isWrong('name')).toBe(false);
  await catalogue.save();
  expect(catalogue.problems).toEqual(['name', 'needs', 'duration']);
  expect(api.requestsOf('work-kind.set')).toEqual([]);
  catalogue.edit(carotid);
  await catalogue.save();
  expect([refusals, catalogue.form?.here]).toEqual([[], 'Carotid ultrasound']);
  expect(catalogue.refused.at('needs')).toMatch(/\.$/);
});
