/**
 * Every field of every workspace in the window: it stands in the form under the workspace's own words, says what it
 * wants before and what is wrong after, is kept as a draft, amended, taken over or left behind by a duplicate, and said by
 * row and inspector. One row per field; a field that is added to the table and to no row here does not compile.
 */
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { tick, type Component } from 'svelte';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { format } from '../../../src/renderer/format/format.svelte.ts';
import { locale } from '../../../src/renderer/locale.svelte.ts';
import { WORKSPACES } from '../../../src/renderer/screens/workspace/definitions.ts';
import TaskFacts from '../../../src/renderer/screens/workspace/TaskFacts.svelte';
import TaskForm from '../../../src/renderer/screens/workspace/TaskForm.svelte';
import TaskLine from '../../../src/renderer/screens/workspace/TaskLine.svelte';
import { changesOf, copyOf } from '../../../src/renderer/screens/workspace/task-amendment.ts';
import { TaskFormState } from '../../../src/renderer/screens/workspace/task-form.svelte.ts';
import { draftOf } from '../../../src/renderer/screens/workspace/task-form-values.ts';
import type { TaskFormValues } from '../../../src/renderer/screens/workspace/task-form-values.ts';
import { detailWords } from '../../../src/renderer/format/task-words.ts';
import type { TaskRow } from '../../../src/shared/contract/tasks.ts';
import { LOCALES } from '../../../src/shared/domain/local-text.ts';
import type { SubsystemId, TaskField } from '../../../src/shared/domain/subsystem.ts';
import { SUBSYSTEM_IDS } from '../../../src/shared/domain/subsystem.ts';
import { m } from '../../../src/shared/messages/index.ts';
import { taskId } from '../../../src/shared/ids.ts';
import { HOUR, MINUTE, seconds } from '../../../src/shared/units.ts';
import WithTooltips from '../ui/WithTooltips.svelte';
import { fillJsdomGaps } from './jsdom-gaps.ts';
import { NOW, ZONE, carotid, clock, taskDetail, taskRow, thyroid, ultrasound } from './samples.ts';
import { Drafts, ScriptedApi, answers } from './scripted-api.ts';

beforeAll(() => {
  fillJsdomGaps();
  format.timeZone = ZONE;
});
afterEach(cleanup);

type Words = (typeof WORKSPACES)[SubsystemId];

interface FieldRow {
  /** Of the control that is typed or chosen in; null where another field brings it along. */
  readonly control: string | null;
  readonly label: (words: Words) => string;
  /** A placeholder, or options that are seen. */
  readonly says: 'placeholder' | 'options';
  /** What it cannot take, as typed into the control, and what is said then; null where nothing can be wrong. */
  readonly wrong: { readonly typed: string; readonly said: () => string } | null;
  readonly typed: (values: TaskFormValues) => void;
  /** Whether another task like it has it too. */
  readonly isCopied: boolean;
  /** In a row's cells and in the inspector's facts; null where only one of them has it. */
  readonly row: string | null;
  readonly facts: string | null;
}

const TWO_LONG = 'x'.repeat(2001);
const after = {
  taskId: taskId('t-0'),
  subsystem: 'imaging',
  workKind: thyroid.name,
  patientName: null,
} as const;

const earlier = { ...after, state: 'tentative', start: null, end: null, delaySeconds: seconds(0) } as const;

const ROWS: Readonly<Record<TaskField, FieldRow>> = {
  kind: {
    control: 'field-kind',
    label: (words) => words.kind(),
    says: 'placeholder',
    wrong: { typed: 'nothing like it', said: m.workspace_problem_kind_missing },
    typed: (values) => (values.workKindId = thyroid.id),
    isCopied: true,
    row: 'Thyroid ultrasound',
    facts: null,
  },
  code: {
    control: null,
    label: () => m.workspace_code(),
    says: 'options',
    wrong: null,
    typed: () => undefined,
    isCopied: true,
    row: 'US',
    facts: 'US',
  },
  patient: {
    control: 'field-patient-name',
    label: () => m.workspace_patient_name(),
    says: 'placeholder',
    wrong: { typed: ' ', said: m.workspace_problem_name_missing },
    typed: (values) => Object.assign(values, { patientId: null, patientName: 'Omar Vale' }),
    isCopied: true,
    row: 'Jing Chen',
    facts: null,
  },
  needs: {
    control: 'field-need-0-amount',
    label: () => m.workspace_needs_label(),
    says: 'options',
    wrong: { typed: '9', said: m.workspace_problem_need_above_capacity },
    typed: (values) => (values.needs = [{ key: 1, poolId: ultrasound.id, as: 'units', figure: 2 }]),
    isCopied: true,
    row: 'Ultrasound',
    facts: 'Ultrasound',
  },
  duration: {
    control: 'field-duration',
    label: (words) => words.duration(),
    says: 'placeholder',
    wrong: { typed: 'a while', said: m.workspace_problem_duration_missing },
    typed: (values) => (values.durationSeconds = 20 * MINUTE),
    isCopied: true,
    row: null,
    facts: '11:10',
  },
  urgency: {
    control: 'field-urgency-2',
    label: () => m.workspace_urgency(),
    says: 'options',
    wrong: null,
    typed: (values) => (values.urgency = 1),
    isCopied: true,
    row: '3',
    facts: '3',
  },
  interval: {
    control: 'field-interval',
    label: () => m.workspace_interval(),
    says: 'placeholder',
    wrong: { typed: 'often', said: m.workspace_problem_interval_unreadable },
    typed: (values) => (values.interval = 15 * MINUTE),
    isCopied: true,
    row: 'every 4 h',
    facts: '4 h',
  },
  start: {
    control: 'field-start-at-date',
    label: () => m.workspace_start_label(),
    says: 'placeholder',
    wrong: { typed: 'tuesday', said: m.workspace_problem_start_missing },
    typed: (values) => Object.assign(values, { startMode: 'fixed', startAt: clock('15:00') }),
    isCopied: false,
    row: '10:40',
    facts: '10:40',
  },
  due: {
    control: 'field-due-date',
    label: () => m.workspace_due_label(),
    says: 'placeholder',
    wrong: { typed: 'soon', said: m.workspace_problem_due_unreadable },
    typed: (values) => (values.due = clock('16:00')),
    isCopied: false,
    row: null,
    facts: '17:30',
  },
  after: {
    control: 'field-after-add',
    label: () => m.workspace_after_label(),
    says: 'placeholder',
    wrong: null, // what is typed finds tasks; the delay beside one that was found says for itself what is wrong
    typed: (values) => values.after.push({ ...after, delaySeconds: null, isUnreadable: false }),
    isCopied: false,
    row: null,
    facts: null,
  },
  reference: {
    control: 'field-reference',
    label: (words) => words.reference(),
    says: 'placeholder',
    wrong: { typed: 'x'.repeat(65), said: m.workspace_problem_reference_too_long },
    typed: (values) => (values.reference = 'REF-1'),
    isCopied: false,
    row: 'ACC-0091',
    facts: 'ACC-0091',
  },
  note: {
    control: 'field-note',
    label: (words) => words.note(),
    says: 'placeholder',
    wrong: { typed: TWO_LONG, said: m.workspace_problem_note_too_long },
    typed: (values) => (values.note = 'Right knee'),
    isCopied: true,
    row: null,
    facts: 'Left knee',
  },
};

const SHOWN: Partial<TaskRow> = {
  workKindId: thyroid.id,
  workKind: thyroid.name,
  code: 'US',
  intervalSeconds: seconds(4 * HOUR),
  due: clock('17:30'),
  reference: 'ACC-0091',
  state: 'confirmed',
};

function scripted(subsystem: SubsystemId, drafts = new Drafts()): ScriptedApi {
  const workKinds = [carotid, thyroid].map((kind) => ({ ...kind, subsystem }));
  return new ScriptedApi(
    {
      'work-kind.list': answers({ workKinds, defaults: {} }),
      'pool.list': answers({ pools: [ultrasound], strips: [] }),
      'task.quote': answers({ starts: [], reason: null, displaces: [], warnings: [], history: null }),
      'task.quote-series': answers({ occurrences: [] }),
      'patient.search': answers({ patients: [] }),
      'task.find': answers({ rows: [] }),
    },
    drafts,
  );
}

async function loaded(subsystem: SubsystemId, drafts?: Drafts): Promise<TaskFormState> {
  const form = new TaskFormState(scripted(subsystem, drafts), subsystem);
  await form.load();
  return form;
}

/** A form in which all is well. */
function fill(form: TaskFormState): void {
  form.chooseKind(carotid.id);
  form.values.patientName = 'Jing Chen';
  form.setStartMode('fixed', NOW);
}

const mount = (part: unknown, given: Record<string, unknown>) =>
  render(WithTooltips, { props: { part: part as Component<Record<string, unknown>>, given } }); // properties of its own

function mountForm(form: TaskFormState): void {
  mount(TaskForm, { form, now: NOW, onsubmit: () => void form.submit(), onclose: () => undefined });
}

/** Without the spaces that hold figures and units together. */
const plainText = (part: HTMLElement): string => (part.textContent ?? '').replaceAll('\u00a0', ' ');

/** What assistive technology says of the control besides its name. */
function saidOf(control: HTMLElement): string {
  const ids = (control.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean);
  return ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
}

describe.each(SUBSYSTEM_IDS)('the fields of %s', (subsystem) => {
  const { fields } = WORKSPACES[subsystem];
  const entered = fields.filter((field) => ROWS[field].control !== null);

  test.each(LOCALES)(
    'stand in the form under its words, each saying what it wants, in %s',
    async (language) => {
      locale.set(language);
      const form = await loaded(subsystem);
      fill(form);
      mountForm(form);
      for (const field of entered) {
        const { control, label, says } = ROWS[field];
        const at = screen.getByTestId(control ?? '');
        const group = at.closest('.field, fieldset, [role="group"]');
        expect(group?.parentElement?.textContent, field).toContain(label(WORKSPACES[subsystem]));
        if (says === 'placeholder') expect(at.getAttribute('placeholder'), field).not.toBe('');
      }
      const others = Object.entries(ROWS).filter(([id]) => !fields.some((field) => field === id));
      for (const [, { control }] of others)
        if (control !== null) expect(screen.queryByTestId(control)).toBeNull();
    },
  );

  const refusing = entered.filter((field) => ROWS[field].wrong !== null);
  test.each(refusing.flatMap((field) => LOCALES.map((language) => [field, language] as const)))(
    '%s says at itself what is wrong and keeps what was typed, in %s',
    async (field, language) => {
      locale.set(language);
      const row = ROWS[field];
      const form = await loaded(subsystem);
      fill(form);
      mountForm(form);
      const control = screen.getByTestId<HTMLInputElement>(row.control ?? '');
      await fireEvent.input(control, { target: { value: row.wrong?.typed } });
      await fireEvent.blur(control);
      await fireEvent.click(screen.getByTestId('submit-task'));
      await tick();
      expect(control.getAttribute('aria-invalid')).toBe('true');
      expect(saidOf(control)).toContain(row.wrong?.said());
      expect(control.value).toBe(row.wrong?.typed);
    },
  );

  test.each(entered)('%s is kept as a draft, amended, and known to a duplicate', async (field) => {
    locale.set('en');
    const { typed, isCopied } = ROWS[field];
    const drafts = new Drafts();
    const form = await loaded(subsystem, drafts);
    fill(form);
    typed(form.values);
    form.keep(form.written);
    form.leave();
    await expect.poll(() => drafts.size).toBe(1);
    expect((await loaded(subsystem, drafts)).written).toBe(form.written);

    const detail = taskDetail(taskRow('t-1', { subsystem, patientId: null, patient: null, ...SHOWN }));
    const amending = await loaded(subsystem);
    await amending.openAmendment(detail, NOW);
    amending.values.patientName = 'Jing Chen';
    const whole = () => draftOf(amending.values, subsystem, amending.pools);
    const before = whole();
    typed(amending.values);
    if (field === 'kind') amending.values.workKindId = carotid.id;
    const changed = whole();
    const changes = before && changed && changesOf(before, changed, amending.values.startMode);
    expect(Object.keys(changes ?? {})).toHaveLength(1);

    const links = field === 'after' ? { before: [earlier], after: [] } : detail.links;
    const copy = copyOf({ ...detail, draft: { ...detail.draft, ...changed }, links }, NOW);
    const isThere = JSON.stringify(copy) !== JSON.stringify(copyOf(detail, NOW));
    if (field !== 'patient') expect(isThere).toBe(isCopied);
  });

  test('are said by the row and by the inspector', async () => {
    locale.set('en');
    const own = Object.fromEntries(
      Object.entries(SHOWN).filter(([key]) => key !== 'code' || fields.includes('code')),
    );
    const row = taskRow('t-1', { subsystem, ...own });
    const cells = { row, now: NOW, hasPatient: fields.includes('patient'), isNarrow: false, isBusy: false };
    const line = mount(TaskLine, { ...cells, onact: () => undefined, ontask: () => false });
    const facts = mount(TaskFacts, { detail: { ...taskDetail(row), note: 'Left knee' }, now: NOW });
    for (const field of fields) {
      const { row: inRow, facts: inFacts } = ROWS[field];
      if (inRow !== null) expect(plainText(line.container), field).toContain(inRow);
      if (inFacts !== null) expect(plainText(facts.container), field).toContain(inFacts);
    }
    expect(line.container.querySelector('.task')?.getAttribute('title')).toContain(detailWords(row));
  });
});
