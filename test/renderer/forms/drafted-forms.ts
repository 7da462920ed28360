/** Every kind of form in which something can be typed: how it is opened over an `Api`, typed in and read. */
import { vi } from 'vitest';
import type { Api } from '../../../src/renderer/api.ts';
import type { ShownDraft } from '../../../src/renderer/forms/kept-draft.svelte.ts';
import { ImportState } from '../../../src/renderer/screens/import/import.svelte.ts';
import { PathwaysState } from '../../../src/renderer/screens/pathways/pathways.svelte.ts';
import { PoolsState } from '../../../src/renderer/screens/pools/pools.svelte.ts';
import { DayListSettings } from '../../../src/renderer/screens/settings/day-list-settings.svelte.ts';
import { Erasure } from '../../../src/renderer/screens/settings/erasure.svelte.ts';
import { PathwayTemplates } from '../../../src/renderer/screens/settings/pathway-templates.svelte.ts';
import { ReportSettings } from '../../../src/renderer/screens/settings/report-settings.svelte.ts';
import { Settings } from '../../../src/renderer/screens/settings/settings.svelte.ts';
import { WorkKinds } from '../../../src/renderer/screens/settings/work-kinds.svelte.ts';
import { DayCloseState } from '../../../src/renderer/screens/today/day-close.svelte.ts';
import { TaskFormState } from '../../../src/renderer/screens/workspace/task-form.svelte.ts';
import { patientId, pathwayId } from '../../../src/shared/ids.ts';
import { accept } from '../../../src/shared/result.ts';
import { seconds } from '../../../src/shared/units.ts';
import { STATE, TODAY } from '../gallery/fixtures.ts';
import { NOW, carotid, compute, taskDetail, taskRow, thyroid, ultrasound } from '../workspace/samples.ts';
import type { Drafts } from '../workspace/scripted-api.ts';
import { ScriptedApi, answers } from '../workspace/scripted-api.ts';

vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }));
const { App } = await import('../../../src/renderer/app.svelte.ts');

export const detail = taskDetail(taskRow('t-1'));
const necks = {
  id: pathwayId('necks'),
  name: { en: 'Neck check', zh: '颈部检查' },
  steps: [{ workKindId: carotid.id }, { workKindId: thyroid.id }],
  isActive: true,
};
const NO_REMARKS = { 'no-end': 0, 'zero-length': 0, 'implausible-length': 0, overlaps: 0 };
const mapping = {
  table: 'claims' as const,
  isIncluded: true,
  poolId: ultrasound.id,
  rateMilli: ultrasound.capacityMilli,
  defaultDurationSeconds: seconds(900),
  urgency: 4 as const,
};

/** @param given  answered in place of what stands here, or besides */
export function apiOn(drafts: Drafts, given: ConstructorParameters<typeof ScriptedApi>[0] = {}): ScriptedApi {
  return new ScriptedApi(
    {
      'app.state': answers(STATE),
      'pool.list': answers({ pools: [ultrasound, compute], strips: [] }),
      'pool.preview': () => new Promise(() => undefined),
      'task.get': answers(detail),
      'work-kind.list': answers({ workKinds: [carotid, thyroid], defaults: {} }),
      'pathway.list': answers({ pathways: [necks] }),
      'pathway.quote': answers({ now: NOW, needsPatient: true, steps: [] }),
      'patient.erasure': answers({
        identity: { name: 'Ann Able', birthDate: null, number: 'N-1' },
        tasks: 2,
        openTasks: 1,
        notes: 1,
      }),
      'import.list': answers({ batches: [] }),
      'import.preview': ({ mappings }) =>
        accept({
          mappings: [...(mappings ?? [mapping])],
          newPools: [],
          patients: 0,
          tables: [{ table: 'claims', rows: 2, taken: 2, leftOut: 0, remarks: NO_REMARKS }],
          problems: [],
          problemCount: 0,
          firstDate: null,
          lastDate: null,
        }),
      'day.get': answers({ date: '2026-11-18', isClosed: false, rows: [] }),
      'day-list.get': answers({ setting: null, printers: [], last: null }),
      'report.schedules': answers({ schedules: [] }),
      'report.mapping': answers({
        mapping: { organisation: null, orgUnit: null, dataSet: null, dataElements: [] },
        figures: [],
      }),
      ...given,
    },
    drafts,
  );
}

export interface OpenForm {
  readonly draft: ShownDraft;
  readonly type: () => void;
  readonly read: () => unknown;
}
const fail = (refusal: { readonly code: string }): never => {
  throw new Error(refusal.code);
};
export async function appOn(given: Api) {
  const app = new App(given);
  await app.load();
  return app;
}
/** A form that is open, or a broken test. */
export function there<Form>(form: Form | null): Form {
  if (form === null) throw new Error('the form is open');
  return form;
}

export const FORMS: Readonly<
  Record<string, { readonly keptAs: string; readonly open: (given: Api) => Promise<OpenForm> }>
> = {
  'a new task': {
    keptAs: 'task-imaging',
    open: async (given) => {
      const form = new TaskFormState(given, 'imaging');
      await form.load();
      return {
        draft: form.draft,
        type: () => {
          form.values.patientName = 'Jing Chen';
          form.series.count = 7;
        },
        read: () => [form.values.patientName, form.series.count],
      };
    },
  },
  'a task that is changed': {
    keptAs: `task-change:${detail.row.taskId}`,
    open: async (given) => {
      const form = new TaskFormState(given, 'imaging');
      await form.load();
      await form.openAmendment(detail, NOW);
      return {
        draft: form.draft,
        type: () => (form.values.note = 'left side'),
        read: () => [form.amended?.row.taskId, form.values.note],
      };
    },
  },
  'a pool that is changed: capacity, hours, exceptions, outages, shares': {
    keptAs: `pool:${ultrasound.id}`,
    open: async (given) => {
      const pools = new PoolsState(given);
      await pools.load();
      pools.select(ultrasound.id, 'en');
      const form = there(pools.form);
      return {
        draft: pools.draft,
        type: () => {
          form.addUnit();
          form.values.week[0] = '08:00-12';
          form.addException();
          form.addOutage(NOW);
          const [share] = form.values.shares;
          if (share) share.guarantee = 1;
        },
        read: () => {
          const { units, week, exceptions, outages, shares } = form.values;
          return [
            units.map(({ name }) => name.here),
            week[0],
            exceptions,
            outages.length,
            shares[0]?.guarantee,
          ];
        },
      };
    },
  },
  'a new pool': {
    keptAs: 'pool',
    open: async (given) => {
      const pools = new PoolsState(given);
      await pools.load();
      pools.add('en');
      const form = there(pools.form);
      return {
        draft: pools.draft,
        type: () => (form.values.name.here = 'MRI'),
        read: () => form.values.name.here,
      };
    },
  },
  "the clinic's form with its own triage levels": {
    keptAs: 'clinic',
    open: async (given) => {
      const settings = new Settings(await appOn(given));
      await settings.load();
      return {
        draft: settings.clinicDraft,
        type: () => {
          settings.nameEn = 'Hillside';
          settings.own.remove(0);
        },
        read: () => [settings.nameEn, settings.own.rows.length],
      };
    },
  },
  'a member of staff': {
    keptAs: 'staff-member',
    open: async (given) => {
      const settings = new Settings(await appOn(given));
      settings.edit(null, () => '');
      return {
        draft: settings.memberDraft,
        type: () => (there(settings.member).name = 'Dr Wu'),
        read: () => settings.member?.name,
      };
    },
  },
  'a kind of work': {
    keptAs: `work-kind:${carotid.id}`,
    open: async (given) => {
      const catalogue = new WorkKinds(given, fail);
      await catalogue.load();
      catalogue.edit(carotid);
      return {
        draft: catalogue.draft,
        type: () => {
          there(catalogue.form).durationSeconds = 2700;
          catalogue.addNeed();
        },
        read: () => [catalogue.form?.durationSeconds, catalogue.form?.needs.length],
      };
    },
  },
  'a template of a pathway': {
    keptAs: `pathway-template:${necks.id}`,
    open: async (given) => {
      const templates = new PathwayTemplates(given, fail);
      await templates.load();
      templates.edit(necks);
      return {
        draft: templates.draft,
        type: () => {
          const [, second] = there(templates.form).steps;
          if (second) Object.assign(second, { delay: 7200, urgency: 2 });
          templates.addStep();
        },
        read: () => templates.form?.steps.map(({ kind, delay, urgency }) => [kind, delay, urgency]),
      };
    },
  },
  'a pathway that is about to be started': {
    keptAs: 'pathway-start',
    open: async (given) => {
      const pathways = new PathwaysState(given);
      await pathways.load();
      return {
        draft: pathways.draft,
        type: () => {
          void pathways.select(necks.id);
          pathways.name = 'Jing Chen';
        },
        read: () => [pathways.name, pathways.name === '' ? null : pathways.selectedId],
      };
    },
  },
  'the mapping of an import': {
    keptAs: 'import',
    open: async (given) => {
      const state = new ImportState(given);
      await state.load();
      return {
        draft: state.draft,
        type: () => {
          state.setFolder('/media/usb/export');
          state.mappings = [{ ...mapping, urgency: 2, isUnitsWrong: false, isDurationWrong: false }];
        },
        read: () => [state.folder, state.mappings],
      };
    },
  },
  "day close's choices": {
    keptAs: 'day-close',
    open: async (given) => {
      const closing = new DayCloseState(given, { refuse: fail, done: () => undefined });
      await closing.load();
      await closing.toggle();
      const { taskId } = there(TODAY.next[0] ?? null);
      return {
        draft: closing.draft,
        type: () => closing.choose(taskId, 'missed'),
        read: () => closing.choiceOf(taskId),
      };
    },
  },
  'what the day list prints': {
    keptAs: 'day-list',
    open: async (given) => {
      const settings = new DayListSettings(await appOn(given), fail);
      await settings.load();
      return {
        draft: settings.draft,
        type: () => Object.assign(settings, { isOn: true, folder: '/srv/lists' }),
        read: () => [settings.isOn, settings.folder],
      };
    },
  },
  'an export that is to be made by itself': {
    keptAs: 'export-schedule',
    open: async (given) => {
      const settings = new ReportSettings(given, fail);
      await settings.load('en');
      settings.begin('en');
      return {
        draft: settings.scheduleDraft,
        type: () => (there(settings.draft).folder = '/srv/reports'),
        read: () => settings.draft?.folder,
      };
    },
  },
  "the clinic's names elsewhere": {
    keptAs: 'export-names',
    open: async (given) => {
      const settings = new ReportSettings(given, fail);
      await settings.load('en');
      return {
        draft: settings.mappingDraft,
        type: () => {
          settings.orgUnit = 'Diszp';
          settings.addRow('outcomes/finished/imaging');
        },
        read: () => [settings.orgUnit, settings.rows.length],
      };
    },
  },
  'the reason of an erasure': {
    keptAs: 'erasure',
    open: async (given) => {
      const erasure = new Erasure(given);
      await erasure.load();
      return {
        draft: erasure.draft,
        type: () => Object.assign(erasure, { chosen: patientId('p-1'), reason: 'retention-over' }),
        read: () => [erasure.chosen, erasure.reason],
      };
    },
  },
};
