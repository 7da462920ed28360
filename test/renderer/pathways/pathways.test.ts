import { describe, expect, test } from 'vitest';
import { PathwaysState } from '../../../src/renderer/screens/pathways/pathways.svelte.ts';
import { PathwayTemplates } from '../../../src/renderer/screens/settings/pathway-templates.svelte.ts';
import type { Response } from '../../../src/shared/contract/index.ts';
import type { Refusal } from '../../../src/shared/result.ts';
import { patientId, pathwayId, taskId } from '../../../src/shared/ids.ts';
import { accept, refuse } from '../../../src/shared/result.ts';
import { NOW, carotid, thyroid } from '../workspace/samples.ts';
import { ScriptedApi, answers } from '../workspace/scripted-api.ts';

const necks: Response<'pathway.list'>['pathways'][number] = {
  id: pathwayId('necks'),
  name: { en: 'Neck check', zh: '颈部检查' },
  steps: [{ workKindId: carotid.id }, { workKindId: thyroid.id }],
  isActive: true,
};
const past = { ...necks, id: pathwayId('past'), isActive: false };

function scripted(given: ConstructorParameters<typeof ScriptedApi>[0] = {}): ScriptedApi {
  return new ScriptedApi({
    'pathway.list': answers({ pathways: [necks, past] }),
    'work-kind.list': answers({ workKinds: [carotid, thyroid], defaults: {} }),
    'pathway.quote': answers({ now: NOW, needsPatient: true, steps: [] }),
    'pathway.start': answers({ taskIds: [taskId('t-1'), taskId('t-2')] }),
    'pathway.set': answers({ pathwayId: necks.id }),
    'patient.search': answers({
      patients: [
        {
          patientId: patientId('p-1'),
          identity: { name: 'Jing Chen', birthDate: '1968-04-02', number: '20417' },
        },
      ],
    }),
    ...given,
  });
}

describe('starting a pathway', () => {
  test('offers what is active, and sends nothing while a field is wrong', async () => {
    const api = scripted();
    const state = new PathwaysState(api);
    await state.load();
    expect(state.pathways.map((pathway) => pathway.id)).toEqual(['necks']);
    await state.select('necks');
    state.birthDate = '2 April';
    expect(state.problem('name-missing')).toBeNull();
    expect(await state.start()).toBeNull();
    expect(state.problems).toEqual(['name-missing', 'birth-date-unreadable']);
    expect(api.requestsOf('pathway.start')).toEqual([]);
  });

  test('starts it for a known patient, and keeps what was typed when it is refused', async () => {
    let isRefused = true;
    const api = scripted({
      'pathway.start': () => (isRefused ? refuse('exceeds-limit') : accept({ taskIds: [taskId('t-1')] })),
    });
    const state = new PathwaysState(api);
    await state.load();
    await state.select('necks');
    await state.search('Jing');
    state.choosePatient('p-1');
    expect(await state.start()).toBeNull();
    expect([state.startRefusal?.code, state.name]).toEqual(['exceeds-limit', 'Jing Chen']);
    isRefused = false;
    expect(await state.start()).toEqual(['t-1']);
    const [first, second] = api.calls.filter((call) => call.channel === 'pathway.start');
    expect(first?.request).toEqual({
      pathwayId: 'necks',
      patient: { patientId: 'p-1' },
      earliestStart: null,
    });
    expect(second?.commandId).toBe(first?.commandId);
    expect([state.selected, state.name]).toEqual([null, '']);
  });
});

describe('a template in Settings', () => {
  test('needs a name and two steps, keeps their order, and fills the other language', async () => {
    const api = scripted();
    const refusals: Refusal[] = [];
    const templates = new PathwayTemplates(api, (refusal) => refusals.push(refusal));
    await templates.load();
    templates.edit(null);
    await templates.save();
    expect([templates.isNameMissing, templates.areStepsMissing]).toEqual([true, true]);
    const { form } = templates;
    if (!form) throw new Error('the form is open');
    form.here = ' Neck ';
    form.steps.forEach((step, at) => (step.kind = at === 0 ? thyroid.id : carotid.id));
    templates.moveStep(0, 1);
    await templates.save();
    expect(api.requestsOf('pathway.set')[0]?.pathway).toMatchObject({
      name: { en: 'Neck', zh: 'Neck' },
      steps: [{ workKindId: 'carotid' }, { workKindId: 'thyroid' }],
      isActive: true,
    });
    expect([templates.form, refusals]).toEqual([null, []]);
  });

  test('sends delays, due times and urgencies of later steps, and names those that cannot be', async () => {
    const api = scripted();
    const templates = new PathwayTemplates(api, () => undefined);
    await templates.load();
    templates.edit(necks);
    const [first, second] = templates.form?.steps ?? [];
    if (!first || !second) throw new Error('two steps');
    Object.assign(first, { urgency: 2, delay: 600 }); // nothing stands before it: a delay there says nothing
    Object.assign(second, { delay: 7200, within: 7200 });
    await templates.save();
    expect(templates.stepProblem(1)).toBe('within-too-short');
    Object.assign(second, { isWithinUnreadable: true });
    expect(templates.stepProblem(1)).toBe('within-unreadable');
    expect(api.requestsOf('pathway.set')).toEqual([]);
    Object.assign(second, { isWithinUnreadable: false, within: 86_400 });
    await templates.save();
    expect(api.requestsOf('pathway.set')[0]?.pathway.steps).toEqual([
      { workKindId: carotid.id, urgency: 2 },
      { workKindId: thyroid.id, delaySeconds: 7200, withinSeconds: 86_400 },
    ]);
  });

  test('stays open with what was typed when saving is refused', async () => {
    const refusals: Refusal[] = [];
    const api = scripted({ 'pathway.set': () => refuse('unknown-work-kind') });
    const templates = new PathwayTemplates(api, (refusal) => refusals.push(refusal));
    await templates.load();
    templates.edit(necks);
    await templates.save();
    expect(refusals).toEqual([]);
    expect(templates.refused.at('steps')).toMatch(/not in the catalogue/);
    expect(templates.form?.here).toBe('Neck check');
  });
});
