/**
 * Every form in which something is typed, mounted over an `Api` as the window mounts it; for the test that types into
 * each of their fields. Opening one again over the same drafts stands for a restart, and for a screen that was locked.
 */
import type { Api } from '../../../src/renderer/api.ts';
import type { ShownDraft } from '../../../src/renderer/forms/kept-draft.svelte.ts';
import { FirstRun } from '../../../src/renderer/screens/firstrun/firstrun.svelte.ts';
import FirstRunScreen from '../../../src/renderer/screens/firstrun/FirstRunScreen.svelte';
import { ImportState } from '../../../src/renderer/screens/import/import.svelte.ts';
import ImportScreen from '../../../src/renderer/screens/import/ImportScreen.svelte';
import StartForm from '../../../src/renderer/screens/pathways/StartForm.svelte';
import { PathwaysState } from '../../../src/renderer/screens/pathways/pathways.svelte.ts';
import ClinicSection from '../../../src/renderer/screens/settings/ClinicSection.svelte';
import MemberForm from '../../../src/renderer/screens/settings/MemberForm.svelte';
import MappingSection from '../../../src/renderer/screens/settings/MappingSection.svelte';
import { ReportSettings } from '../../../src/renderer/screens/settings/report-settings.svelte.ts';
import { Settings } from '../../../src/renderer/screens/settings/settings.svelte.ts';
import WorkKindForm from '../../../src/renderer/screens/settings/WorkKindForm.svelte';
import { WorkKinds } from '../../../src/renderer/screens/settings/work-kinds.svelte.ts';
import DayList from '../../../src/renderer/screens/today/DayList.svelte';
import { DayTimes } from '../../../src/renderer/screens/today/day-times.svelte.ts';
import type { ChangeKind } from '../../../src/renderer/screens/whatif/changes.ts';
import { WhatIfState } from '../../../src/renderer/screens/whatif/whatif.svelte.ts';
import WhatIfScreen from '../../../src/renderer/screens/whatif/WhatIfScreen.svelte';
import TaskActions from '../../../src/renderer/screens/workspace/TaskActions.svelte';
import TaskForm from '../../../src/renderer/screens/workspace/TaskForm.svelte';
import { TaskFormState } from '../../../src/renderer/screens/workspace/task-form.svelte.ts';
import { WorkspaceState } from '../../../src/renderer/screens/workspace/workspace.svelte.ts';
import type { Response } from '../../../src/shared/contract/index.ts';
import { sameText } from '../../../src/shared/domain/local-text.ts';
import type { SubsystemId } from '../../../src/shared/domain/subsystem.ts';
import { NOW, carotid, compute, settled, taskRow, ultrasound } from '../workspace/samples.ts';
import { appOn, detail, there } from './drafted-forms.ts';
import { SAVED_FORMS, poolPart, type Opened } from './mounted-forms.ts';

/** What is mounted; steps a person takes in it before its fields are there, once and again after a restart. */
export interface HalfTypedForm {
  readonly part: unknown;
  readonly given: () => Record<string, unknown>;
  /** Test ids to press, in order, each time it is opened. */
  readonly press?: readonly string[];
  /** Only the first time: what they add is kept. */
  readonly pressFirst?: readonly string[];
  /** Fields that change what is there when they are typed in. */
  readonly leave?: readonly string[];
  /** The button that would send it; null where nothing can be sent as it stands. */
  readonly save: string | null;
}
type OpenIt = (api: Api) => Promise<HalfTypedForm>;

const fail = (refusal: { readonly code: string }): never => {
  throw new Error(refusal.code);
};
/** As its form does when it goes away. */
const keepNow = (draft: Pick<ShownDraft, 'keep' | 'leave'>): void => {
  draft.keep();
  draft.leave();
};
const nothing = (): void => undefined;
const screenOf = async (api: Api, name: string) => ({
  ...{ app: await appOn(api), api },
  route: { name, params: {} },
});
const saved = (opened: Opened | undefined): HalfTypedForm => there(opened ?? null);
const ofSaved =
  (command: keyof typeof SAVED_FORMS): OpenIt =>
  async (api) =>
    saved(await SAVED_FORMS[command]?.(api, fail, ''));

const newTask =
  (subsystem: SubsystemId, fill: (form: TaskFormState) => void): OpenIt =>
  async (api) => {
    const form = new TaskFormState(api, subsystem);
    await form.load();
    await settled();
    if (form.draft.broughtBack === null) fill(form);
    return {
      part: TaskForm,
      given: () => ({ form, now: NOW, onsubmit: () => void form.submit(), onclose: nothing }),
      save: 'submit-task',
    };
  };

const workKind: OpenIt = async (api) => {
  const catalogue = new WorkKinds(api, fail);
  await catalogue.load();
  catalogue.edit(carotid);
  await settled();
  return {
    part: WorkKindForm,
    given: () => ({ catalogue, form: there(catalogue.form) }),
    pressFirst: ['kind-add-need'],
    save: 'kind-save',
  };
};

const ownTriage: OpenIt = async (api) => {
  const settings = new Settings(await appOn(api));
  await settings.load();
  settings.triagePreset = 'own';
  return { part: ClinicSection, given: () => ({ settings }), save: 'settings-clinic-save' };
};

const pathwayStart: OpenIt = async (api) => {
  const state = new PathwaysState(api);
  await state.load();
  await settled();
  const id = there(state.pathways[0] ?? null).id;
  await state.select(id);
  if (!state.isLater) state.wish(true, NOW);
  return {
    part: StartForm,
    given: () => ({ state, onstart: () => void state.start() }),
    save: 'start-pathway',
  };
};

/** @param index  of the step; those before it are filled in */
const firstRunStep =
  (index: number): OpenIt =>
  async (api) => {
    const app = await appOn(api);
    const run = new FirstRun(app);
    await settled();
    if (run.draft.broughtBack === null) {
      Object.assign(run, { stepIndex: index, name: 'Riverside', personName: 'Wu', jobTitle: 'manager' });
      keepNow(run.draft);
    }
    return { part: FirstRunScreen, given: () => ({ app }), save: index === 0 ? null : 'firstrun-next' };
  };

const whatIf =
  (kind: ChangeKind): OpenIt =>
  async (api) => {
    const given = await screenOf(api, 'whatif');
    const state = new WhatIfState(api, () => []);
    await state.load();
    if (state.variants.length === 0) {
      state.add(kind, NOW);
      keepNow(state.draft);
    }
    state.leave();
    return { part: WhatIfScreen, given: () => given, press: ['edit-A'], save: null };
  };

const importMapping: OpenIt = async (api) => {
  const given = await screenOf(api, 'import');
  const state = new ImportState(api);
  await state.load();
  await settled();
  if (state.draft.broughtBack === null) {
    state.setFolder('/media/usb/export');
    await state.askPreview();
    keepNow(state.draft);
  }
  state.leave();
  return { part: ImportScreen, given: () => given, leave: ['import-folder'], save: 'import-commit' };
};

/** Of the day that is entered back from paper. */
export const LIST: Response<'day.list'> = {
  date: '2026-11-18',
  clinicName: sameText('Riverside'),
  groups: [
    {
      ...{ poolId: ultrasound.id, poolName: ultrasound.name, unitId: null, unitName: null },
      rows: [{ row: taskRow('t-1', { state: 'confirmed' }), start: NOW, end: NOW }],
    },
  ],
};

export const HALF_TYPED: Readonly<Record<string, OpenIt>> = {
  'a member of staff': async (api) => {
    const settings = new Settings(await appOn(api));
    settings.edit(null, () => '');
    await settled();
    const given = () => ({ settings, member: there(settings.member) });
    return { part: MemberForm, given, save: 'member-save' };
  },
  "the clinic's own triage levels": ownTriage,
  'an export that is to be made by itself': ofSaved('report.set-schedule'),
  'the day list': ofSaved('day-list.set'),
  'a template of a pathway': ofSaved('pathway.set'),
  'a kind of work': workKind,
  "a pool's units": poolPart('units'),
  "a divisible pool's capacity": poolPart('units', compute),
  "a pool's hours": async (api) => ({ ...(await poolPart('hours')(api)), pressFirst: ['add-exception'] }),
  "a pool's outages": async (api) => ({
    ...(await poolPart('outages')(api)),
    pressFirst: ['add-outage', 'add-outage', 'field-outage-0-end-known'],
  }),
  "a pool's shares": poolPart('shares'),
  'a new task': newTask('imaging', (form) => {
    form.values.startMode = 'earliest';
    form.values.needs = [1, 2].map((key) => ({ key, poolId: ultrasound.id, as: 'units', figure: 1 }));
  }),
  'a new series of readings': newTask('monitoring', (form) => {
    form.values.startMode = 'fixed';
    form.series.unit = 'hours';
  }),
  'a task that comes after another': newTask('records', (form) => {
    const { taskId, subsystem, workKind: kind } = taskRow('t-9');
    form.values.after = [
      {
        ...{ taskId, subsystem, workKind: kind, patientName: 'Omar Vale' },
        delaySeconds: null,
        isUnreadable: false,
      },
    ];
  }),
  'a task that is changed': async (api) => {
    const form = new TaskFormState(api, 'imaging');
    await form.load();
    await form.openAmendment(detail, NOW);
    return {
      part: TaskForm,
      given: () => ({ form, now: NOW, onsubmit: () => void form.submit(), onclose: nothing }),
      save: 'submit-task',
    };
  },
  'the true time of a task, beside it': async (api) => {
    const workspace = new WorkspaceState(api, 'imaging');
    await workspace.select(detail.row.taskId);
    await settled();
    return {
      part: TaskActions,
      given: () => ({ workspace, row: detail.row, now: NOW }),
      save: 'action-start',
    };
  },
  'a pathway that is about to be started': pathwayStart,
  'more units in What-if': whatIf('units'),
  'an outage in What-if': whatIf('outage'),
  'hours in What-if': whatIf('hours'),
  'shares in What-if': whatIf('shares'),
  'the mapping of an import': importMapping,
  'true times from the list on paper': async (api) => {
    const times = new DayTimes(api, fail);
    await times.open('2026-11-18');
    await settled();
    const day = there(times.day);
    return {
      part: DayList,
      given: () => ({ day, now: NOW, times, onday: nothing, onenter: nothing, onclose: nothing }),
      save: null,
    };
  },
  "the clinic's names elsewhere": async (api) => {
    const settings = new ReportSettings(api, fail);
    await settings.load('en');
    await settled();
    if (settings.rows.length === 0) settings.addRow('outcomes/finished/imaging');
    return { part: MappingSection, given: () => ({ settings, isLocked: false }), save: 'dhis2-save' };
  },
  'first run: the clinic': firstRunStep(0),
  'first run: pools': firstRunStep(1),
  'first run: hours': firstRunStep(2),
  'first run: what new work begins with': firstRunStep(3),
};
