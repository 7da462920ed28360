import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { TaskFormState } from '../../../src/renderer/screens/workspace/task-form.svelte.ts';
import {
  draftOf,
  emptyForm,
  problemsOf,
  withKind,
} from '../../../src/renderer/screens/workspace/task-form-values.ts';
import type { TaskFormValues } from '../../../src/renderer/screens/workspace/task-form-values.ts';
import type { Response } from '../../../src/shared/contract/index.ts';
import { patientId, taskId } from '../../../src/shared/ids.ts';
import { accept, refuse } from '../../../src/shared/result.ts';
import { HOUR, instant } from '../../../src/shared/units.ts';
import { NOW, carotid, clock, compute, settled, ultrasound, thyroid } from './samples.ts';
import { Drafts, ScriptedApi, answers } from './scripted-api.ts';

const pools = new Map([ultrasound, compute].map((pool) => [pool.id, pool]));
const quote: Response<'task.quote'> = {
  starts: [{ start: clock('10:40'), units: [] }],
  reason: null,
  displaces: [],
  warnings: [],
  history: null,
};

function filled(given: Partial<TaskFormValues> = {}): TaskFormValues {
  return { ...withKind(emptyForm(), carotid), patientName: 'Jing Chen', ...given };
}

describe('what is wrong with a task form', () => {
  test.each<{ name: string; values: TaskFormValues; want: object }>([
    { name: 'nothing', values: filled(), want: {} },
    {
      name: 'everything is missing',
      values: emptyForm(),
      want: {
        kind: 'kind-missing',
        'patient-name': 'name-missing',
        needs: 'need-pool-missing',
        duration: 'duration-missing',
      },
    },
    {
      name: 'half a room',
      values: filled({ needs: [{ key: 1, poolId: ultrasound.id, as: 'units', figure: 0.5 }] }),
      want: { needs: 'need-not-whole' },
    },
    {
      name: 'more rooms than there are',
      values: filled({ needs: [{ key: 1, poolId: ultrasound.id, as: 'units', figure: 3 }] }),
      want: { needs: 'need-above-capacity' },
    },
    {
      name: 'one pool twice',
      values: filled({
        needs: [
          { key: 1, poolId: compute.id, as: 'units', figure: 1 },
          { key: 2, poolId: compute.id, as: 'amount', figure: 1 },
        ],
      }),
      want: { needs: 'need-twice' },
    },
    { name: 'no pool', values: filled({ needs: [] }), want: { needs: 'need-missing' } },
    {
      name: 'no amount',
      values: filled({ needs: [{ key: 1, poolId: compute.id, as: 'units', figure: null }] }),
      want: { needs: 'need-figure-missing' },
    },
    {
      name: 'a birth date day first',
      values: filled({ birthDate: '02/04/1968' }),
      want: { 'birth-date': 'birth-date-unreadable' },
    },
    {
      name: 'a wish without a time',
      values: filled({ startMode: 'fixed' }),
      want: { start: 'start-missing' },
    },
    { name: 'a novel', values: filled({ note: 'x'.repeat(2001) }), want: { note: 'note-too-long' } },
  ])('$name', ({ values, want }) => expect(problemsOf(values, 'imaging', pools)).toEqual(want));

  test('asks for no patient where the work is about none', () =>
    expect(problemsOf(filled({ patientName: '' }), 'research', pools)).toEqual({}));
});

describe('the draft a form makes', () => {
  test('holds units in thousandths, the patient as typed, and no start when any will do', () =>
    expect(draftOf(filled({ birthDate: '1968/4/2' }), 'imaging', pools)).toEqual({
      subsystem: 'imaging',
      workKindId: 'carotid',
      patient: { identity: { name: 'Jing Chen', birthDate: '1968-04-02', number: null } },
      needs: [{ poolId: 'ultrasound', rateMilli: 1000, amount: null }],
      durationSeconds: 1800,
      urgency: 3,
      earliestStart: null,
      fixedStart: null,
      due: null,
      note: '',
    }));

  test('rounds the rate of an amount up, and keeps the amount', () => {
    const needs: TaskFormValues['needs'] = [{ key: 1, poolId: compute.id, as: 'amount', figure: 10 }];
    const draft = draftOf(filled({ needs, durationSeconds: 10_800 }), 'imaging', pools);
    expect(draft?.needs).toEqual([{ poolId: 'compute', rateMilli: 3334, amount: 36_000_000 }]);
  });

  test('is none while anything is wrong', () => expect(draftOf(emptyForm(), 'imaging', pools)).toBeNull());
});

describe('the task form', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  function scripted(
    given: ConstructorParameters<typeof ScriptedApi>[0] = {},
    drafts = new Drafts(),
  ): ScriptedApi {
    const script: ConstructorParameters<typeof ScriptedApi>[0] = {
      'work-kind.list': answers({
        workKinds: [carotid, thyroid, { ...carotid, subsystem: 'records' }],
        defaults: {},
      }),
      'pool.list': answers({ pools: [ultrasound, compute], strips: [] }),
      'task.quote': answers(quote),
      'task.submit': answers({ taskId: taskId('t-new'), start: clock('10:40') }),
      ...given,
    };
    return new ScriptedApi(script, drafts);
  }

  async function loaded(api: ScriptedApi): Promise<TaskFormState> {
    const form = new TaskFormState(api, 'imaging');
    await form.load();
    return form;
  }

  test('prefills needs, duration and urgency from the kind', async () => {
    const form = await loaded(scripted());
    form.chooseKind('carotid');
    expect(form.values).toMatchObject({ durationSeconds: 1800, urgency: 3, needs: [{ figure: 1 }] });
    expect(form.workKinds).toHaveLength(2);
  });

  test('asks for one quote per pause in typing, and drops an overtaken answer', async () => {
    const api = scripted();
    const form = await loaded(api);
    form.chooseKind('carotid');
    form.askQuote(form.quotedDraft);
    form.values.durationSeconds = 2700;
    form.askQuote(form.quotedDraft);
    await vi.advanceTimersByTimeAsync(300);
    expect(api.requestsOf('task.quote').map((request) => request.draft.durationSeconds)).toEqual([2700]);
    expect(form.quote).toEqual(quote);
  });

  test('shows a refused quote at its field and keeps what is typed', async () => {
    const form = await loaded(scripted({ 'task.quote': () => refuse('longer-than-any-opening') }));
    form.chooseKind('carotid');
    form.askQuote(form.quotedDraft);
    await vi.advanceTimersByTimeAsync(300);
    expect(form.refusedField).toBe('duration');
    expect(form.values.durationSeconds).toBe(1800);
  });

  test('begins with the only kind of work there is, and keeps no draft of that', async () => {
    const api = scripted({ 'work-kind.list': answers({ workKinds: [carotid], defaults: {} }) });
    const form = await loaded(api);
    expect(form.values.workKindId).toBe('carotid');
    form.keep(form.written);
    await vi.advanceTimersByTimeAsync(1000);
    expect(form.isEmpty).toBe(true);
    expect(api.requestsOf('draft.set')).toEqual([]);
  });

  test('begins with the kind that is the default of its subsystem, whatever others there are', async () => {
    const kinds = { workKinds: [carotid, thyroid], defaults: { imaging: thyroid.id, records: carotid.id } };
    const form = await loaded(scripted({ 'work-kind.list': answers(kinds) }));
    expect(form.values).toMatchObject({
      workKindId: thyroid.id,
      durationSeconds: thyroid.durationSeconds,
      urgency: thyroid.urgency,
    });
    expect(form.isEmpty).toBe(true);
  });

  test('says what is missing only once somebody has tried to send it', async () => {
    const form = await loaded(scripted());
    expect(form.problems).toEqual({});
    expect(await form.submit()).toBeNull();
    expect(form.problems.kind).toBe('kind-missing');
  });

  test('empties itself and its draft once the task is entered', async () => {
    const api = scripted();
    const form = await loaded(api);
    form.values = filled();
    form.keep(form.written);
    await vi.advanceTimersByTimeAsync(1000);
    expect([...api.drafts.keys()]).toEqual(['task-imaging']);
    expect(await form.submit()).toBe('t-new');
    expect(form.isEmpty).toBe(true);
    expect([...api.drafts.keys()]).toEqual([]);
  });

  test('sends a series with the dates of what was typed last, and none while a figure of it cannot be read', async () => {
    const start = clock('11:00');
    const api = scripted({
      'task.quote-series': ({ rule }) =>
        accept({
          occurrences: Array.from({ length: rule.count ?? 0 }, (_, at) => ({
            ...{ start: instant(start + at * rule.every * HOUR), isFree: true, next: null },
          })),
        }),
      'task.submit-series': ({ starts }) => accept({ taskIds: starts.map((at) => taskId(`t-${at}`)) }),
    });
    const form = await loaded(api);
    form.values = filled({ startMode: 'fixed', startAt: start });
    Object.assign(form.series, { unit: 'hours', every: 4, count: null });
    form.askQuote(form.quotedDraft);
    expect(await form.submit()).toBeNull();
    expect([form.series.areFaultsShown, form.isSending, api.requestsOf('task.submit')]).toEqual([
      true,
      false,
      [],
    ]);
    form.series.count = 3;
    form.askQuote(form.quotedDraft);
    expect(await form.submit()).not.toBeNull(); // before the pause is over
    expect(api.requestsOf('task.submit-series').map(({ starts }) => starts)).toEqual([
      [start, start + 4 * HOUR, start + 8 * HOUR],
    ]);
  });

  test('lets no draft back into the form whose task was entered while the draft was asked for', async () => {
    const before = await loaded(scripted());
    before.values = filled();
    const body = JSON.stringify({
      before: null,
      typed: { ...filled(), series: before.series.typed, day: '' },
    });
    const kept = accept({ body, savedAt: NOW, now: NOW });
    let answer = (): void => undefined;
    const api = scripted({ 'draft.get': () => new Promise((done) => (answer = () => done(kept))) });
    const form = new TaskFormState(api, 'imaging');
    const loading = form.load();
    await vi.waitFor(() => expect(api.requestsOf('draft.get')).toHaveLength(1));
    form.values = filled();
    expect(await form.submit()).toBe('t-new');
    answer();
    await loading;
    expect([form.isEmpty, form.draft.broughtBack]).toEqual([true, null]);
  });

  test('keeps everything when sending is refused, and sends the same body under the same id', async () => {
    const api = scripted({ 'task.submit': () => refuse('ledger-io', {}, true) });
    const form = await loaded(api);
    form.values = filled();
    expect(await form.submit()).toBeNull();
    await form.submit();
    expect(form.values.patientName).toBe('Jing Chen');
    expect(form.refusedField).toBe('form');
    const ids = api.calls.filter((call) => call.channel === 'task.submit').map((call) => call.commandId);
    expect(ids[0]).toBe(ids[1]);
    form.values.note = 'left side';
    await form.submit();
    expect(api.calls.at(-1)?.commandId).not.toBe(ids[0]);
  });

  test('keeps what is typed after a pause, and restores it', async () => {
    const api = scripted();
    const form = await loaded(api);
    form.values = filled();
    form.keep(form.written);
    await vi.advanceTimersByTimeAsync(500);
    const later = await loaded(scripted({}, api.drafts));
    expect(later.values).toEqual(filled());
    expect(later.draft.broughtBack?.savedAt).toBe(api.drafts.now);
  });

  test('finds known patients and forgets the one chosen when the name is typed over', async () => {
    const identity = { name: 'Jing Chen', birthDate: '1968-04-02', number: '20417' };
    const form = await loaded(
      scripted({
        'patient.search': () => accept({ patients: [{ patientId: patientId('p-chen'), identity }] }),
      }),
    );
    form.patients.search('che');
    await vi.advanceTimersByTimeAsync(300);
    form.choosePatient('p-chen');
    expect(form.values).toMatchObject({ patientId: 'p-chen', birthDate: '1968-04-02', number: '20417' });
    form.choosePatient(null);
    expect(form.values.patientId).toBeNull();
  });

  test('suggests the next quarter of an hour for a wished start', async () => {
    const form = await loaded(scripted());
    form.setStartMode('earliest', NOW);
    expect(form.values.startAt).toBe(clock('10:30'));
    await settled();
  });
});
