/** What main refuses about a field is heard at that field, in both languages, in the forms themselves. */
import { cleanup, render } from '@testing-library/svelte';
import { tick, type Component } from 'svelte';
import { afterEach, describe, expect, test } from 'vitest';
import { REFUSED_FIELDS } from '../../../src/renderer/forms/refused-fields.ts';
import { locale } from '../../../src/renderer/locale.svelte.ts';
import FolderStep from '../../../src/renderer/screens/import/FolderStep.svelte';
import { ImportState } from '../../../src/renderer/screens/import/import.svelte.ts';
import { PathwaysState } from '../../../src/renderer/screens/pathways/pathways.svelte.ts';
import StartForm from '../../../src/renderer/screens/pathways/StartForm.svelte';
import { PoolFormState } from '../../../src/renderer/screens/pools/pool-form.svelte.ts';
import UnitsPart from '../../../src/renderer/screens/pools/UnitsPart.svelte';
import PathwayFormPanel from '../../../src/renderer/screens/settings/PathwayForm.svelte';
import { PathwayTemplates } from '../../../src/renderer/screens/settings/pathway-templates.svelte.ts';
import WorkKindFormPanel from '../../../src/renderer/screens/settings/WorkKindForm.svelte';
import { WorkKinds } from '../../../src/renderer/screens/settings/work-kinds.svelte.ts';
import { TaskFormState } from '../../../src/renderer/screens/workspace/task-form.svelte.ts';
import TaskForm from '../../../src/renderer/screens/workspace/TaskForm.svelte';
import { LOCALES } from '../../../src/shared/domain/local-text.ts';
import { errorWords } from '../../../src/shared/messages/error-words.ts';
import type { Refusal } from '../../../src/shared/result.ts';
import WithTooltips from '../ui/WithTooltips.svelte';
import '../workspace/jsdom-gaps.ts';
import { NOW, carotid, taskDetail, taskRow, ultrasound } from '../workspace/samples.ts';
import { ScriptedApi, answers } from '../workspace/scripted-api.ts';

afterEach(cleanup);

const partOf = (form: unknown): Part => form as Part;
const refused = (code: string): Refusal => ({ code, retryable: false, params: {} });

const wordsOf = (code: string): string => errorWords(refused(code) as Parameters<typeof errorWords>[0]); // a code of the table

function scripted(): ScriptedApi {
  return new ScriptedApi({
    'work-kind.list': answers({ workKinds: [carotid], defaults: {} }),
    'pool.list': answers({ pools: [ultrasound], strips: [] }),
    'draft.get': answers({ body: null, savedAt: null, now: NOW }),
    'pathway.list': answers({ pathways: [] }),
    'pathway.quote': answers({ now: NOW, needsPatient: true, steps: [] }),
    'task.quote': answers({ starts: [], reason: null, displaces: [], warnings: [], history: null }),
    'task.quote-series': answers({ occurrences: [] }),
  });
}

/** Each form has properties of its own, which its row gives whole. */
type Part = Component<Record<string, unknown>>;

/** A form that shows a refusal: what is mounted, and the control of each of its fields. */
interface Mounted {
  readonly component: Part;
  readonly props: Record<string, unknown>;
  readonly controls: Readonly<Record<string, string>>;
}

const TASK_CONTROLS = {
  kind: 'field-kind',
  'patient-name': 'field-patient-name',
  needs: 'field-need-0-amount',
  duration: 'field-duration',
  start: 'field-start-at-date',
  after: 'field-after-add',
};

async function taskForm(code: string): Promise<Mounted> {
  const form = new TaskFormState(scripted(), 'imaging');
  await form.load();
  if (code === 'end-in-the-past') {
    await form.openAmendment(taskDetail(taskRow('t', { state: 'running', start: NOW })), NOW);
  } else {
    await form.openNew();
    form.setStartMode('fixed', NOW);
  }
  Object.assign(form, { refusal: refused(code) }); // as a refused submission leaves it
  const props = { form, now: NOW, onsubmit: () => undefined, onclose: () => undefined };
  return { component: partOf(TaskForm), props, controls: TASK_CONTROLS };
}

const FORMS: Readonly<Record<string, (code: string) => Promise<Mounted>>> = {
  'task.submit': taskForm,
  'task.amend': taskForm,
  'pool.set': (code) =>
    Promise.resolve({
      component: partOf(UnitsPart),
      props: { form: PoolFormState.of(ultrasound, 'en'), refused: wordsOf(code) },
      controls: { units: 'field-unit-0' },
    }),
  'work-kind.set': async (code) => {
    const catalogue = new WorkKinds(scripted(), () => undefined);
    await catalogue.load();
    catalogue.edit(carotid);
    catalogue.refused.take(refused(code));
    const props = { catalogue, form: catalogue.form };
    return { component: partOf(WorkKindFormPanel), props, controls: { needs: 'kind-units-0' } };
  },
  'pathway.set': async (code) => {
    const templates = new PathwayTemplates(scripted(), () => undefined);
    await templates.load();
    templates.edit(null);
    templates.refused.take(refused(code));
    const props = { templates, form: templates.form };
    return { component: partOf(PathwayFormPanel), props, controls: { steps: 'template-step-0' } };
  },
  'pathway.start': (code) => {
    const pathways = new PathwaysState(scripted());
    pathways.quote = { now: NOW, needsPatient: true, steps: [] };
    pathways.isLater = true;
    pathways.startRefusal = refused(code) as NonNullable<typeof pathways.startRefusal>; // of the table
    return Promise.resolve({
      component: partOf(StartForm),
      props: { state: pathways, onstart: () => undefined },
      controls: { patient: 'field-patient-name', wish: 'field-wish-at-date' },
    });
  },
  'import.commit': (code) => {
    const state = new ImportState(scripted());
    state.refusal = refused(code) as NonNullable<typeof state.refusal>; // one of the codes of the table
    return Promise.resolve({
      component: partOf(FolderStep),
      props: { state },
      controls: { folder: 'import-folder' },
    });
  },
};

const CASES = Object.entries(REFUSED_FIELDS).flatMap(([command, fields]) =>
  Object.entries(fields)
    .filter(([, field]) => command in FORMS && field !== 'shares')
    .map(([code, field]) => ({ command, code, field })),
);

/** What is heard on entering the control, or the group of controls, after its name. */
function heardAt(element: Element): (string | undefined)[] {
  const ids = element.getAttribute('aria-describedby')?.split(' ') ?? [];
  return ids.map((id) => document.getElementById(id)?.textContent?.trim());
}

describe('a refusal about a field', () => {
  test.each(CASES)('$command $code is said at $field', async ({ command, code, field }) => {
    for (const language of LOCALES) {
      locale.set(language);
      const mounted = await FORMS[command]?.(code);
      if (!mounted) throw new Error('filtered above');
      const view = render(WithTooltips, { part: mounted.component, given: mounted.props });
      await tick();
      const control = view.getByTestId(mounted.controls[field] ?? 'no control is named');
      const wanted = wordsOf(code);
      const group = control.closest('[role=group]');
      const isAtGroup = group !== null && heardAt(group).includes(wanted);
      expect([...heardAt(control), ...(isAtGroup ? [wanted] : [])]).toContain(wanted);
      if (!isAtGroup) expect(control.getAttribute('aria-invalid')).toBe('true');
      cleanup();
    }
  });
});
