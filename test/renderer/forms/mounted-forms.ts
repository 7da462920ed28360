/** Forms as they stand in the window, open and changed over an `Api`: what is mounted, where it is typed and saved. */
import type { Api } from '../../../src/renderer/api.ts';
import type { FormCommand } from '../../../src/renderer/forms/refused-fields.ts';
import PoolForm from '../../../src/renderer/screens/pools/PoolForm.svelte';
import type { PoolPart } from '../../../src/renderer/screens/pools/pool-form-values.ts';
import { PoolsState } from '../../../src/renderer/screens/pools/pools.svelte.ts';
import ClinicSection from '../../../src/renderer/screens/settings/ClinicSection.svelte';
import { DayListSettings } from '../../../src/renderer/screens/settings/day-list-settings.svelte.ts';
import MemberForm from '../../../src/renderer/screens/settings/MemberForm.svelte';
import PaperSection from '../../../src/renderer/screens/settings/PaperSection.svelte';
import PathwayForm from '../../../src/renderer/screens/settings/PathwayForm.svelte';
import { PathwayTemplates } from '../../../src/renderer/screens/settings/pathway-templates.svelte.ts';
import { ReportSettings } from '../../../src/renderer/screens/settings/report-settings.svelte.ts';
import ScheduleSection from '../../../src/renderer/screens/settings/ScheduleSection.svelte';
import { Settings } from '../../../src/renderer/screens/settings/settings.svelte.ts';
import type { Pool } from '../../../src/shared/domain/pool.ts';
import type { Refusal } from '../../../src/shared/result.ts';
import { NOW, settled, ultrasound } from '../workspace/samples.ts';
import { appOn, there } from './drafted-forms.ts';

/** A form that is open and changed: what is mounted, what was typed where, its button, and its fields' controls. */
export interface Opened {
  readonly part: unknown;
  readonly given: () => Record<string, unknown>;
  readonly typed: { readonly at: string; readonly text: string };
  readonly save: string;
  readonly controls: Readonly<Record<string, string>>;
}

export type Say = (refusal: Refusal) => void;

export const poolPart =
  (part: PoolPart, pool: Pool = ultrasound) =>
  async (api: Api): Promise<Opened> => {
    const pools = new PoolsState(api);
    await pools.load();
    pools.select(pool.id, 'en');
    await settled();
    const form = there(pools.form);
    form.part = part;
    const quiet = { onpreview: () => undefined, onclose: () => undefined, oncancel: () => undefined };
    return {
      part: PoolForm,
      given: () => ({
        ...{
          form,
          refusal: pools.saveRefusal,
          isSaving: false,
          preview: null,
          isPreviewing: false,
          now: NOW,
        },
        ...{ ...quiet, draft: pools.draft, onsave: () => void pools.save() },
      }),
      typed: {
        at: part === 'units' ? 'field-unit-0' : 'field-guarantee-imaging',
        text: part === 'units' ? 'Echo' : '2',
      },
      save: 'save-pool',
      controls: { units: 'field-unit-0', shares: 'field-guarantee-records' },
    };
  };

export const SAVED_FORMS: Partial<
  Record<FormCommand, (api: Api, say: Say, code: string) => Promise<Opened>>
> = {
  'staff.set': async (api) => {
    const settings = new Settings(await appOn(api));
    settings.edit(null, () => '');
    const member = there(settings.member);
    member.jobTitle = 'nurse';
    return {
      part: MemberForm,
      given: () => ({ settings, member: there(settings.member) }),
      typed: { at: 'member-name', text: 'Dr Wu' },
      save: 'member-save',
      controls: { role: 'member-role-manager' },
    };
  },
  'clinic.set': async (api) => {
    const settings = new Settings(await appOn(api));
    await settings.load();
    settings.nameEn = 'Hillside';
    return {
      part: ClinicSection,
      given: () => ({ settings }),
      typed: { at: 'settings-name-zh', text: '山边诊所' },
      save: 'settings-clinic-save',
      controls: { zone: 'settings-zone', levels: 'settings-triage' },
    };
  },
  'report.set-schedule': async (api, say) => {
    const settings = new ReportSettings(api, say);
    await settings.load('en');
    settings.begin('en');
    return {
      part: ScheduleSection,
      given: () => ({ settings, isLocked: false }),
      typed: { at: 'schedule-folder', text: 'reports' },
      save: 'schedule-save',
      controls: { folder: 'schedule-folder', format: 'schedule-format' },
    };
  },
  'day-list.set': async (api, say) => {
    const settings = new DayListSettings(await appOn(api), say);
    await settings.load();
    Object.assign(settings, { isOn: true, way: 'file' });
    return {
      part: PaperSection,
      given: () => ({ settings, isLocked: false }),
      typed: { at: 'day-list-folder', text: 'lists' },
      save: 'day-list-save',
      controls: { folder: 'day-list-folder' },
    };
  },
  'pool.set': (api, _say, code) => poolPart(code === 'unit-in-use' ? 'units' : 'shares')(api),
  'pathway.set': async (api, say) => {
    const templates = new PathwayTemplates(api, say);
    await templates.load();
    templates.edit(templates.pathways[0] ?? null);
    await settled();
    return {
      part: PathwayForm,
      given: () => ({ templates, form: there(templates.form) }),
      typed: { at: 'template-name', text: 'Neck and throat' },
      save: 'template-save',
      controls: { steps: 'template-step-0' },
    };
  },
};
