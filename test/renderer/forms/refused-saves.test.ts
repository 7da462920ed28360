/**
 * Saving in a mounted form, refused by main with each code it may give: a refusal about a field stands at that field and
 * marks it, any other is told to the person; both in the window's language, also when that changes, and what was
 * typed stays where it was typed.
 */
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { type Component } from 'svelte';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Api } from '../../../src/renderer/api.ts';
import { refusedFieldOf, type FormCommand } from '../../../src/renderer/forms/refused-fields.ts';
import { format } from '../../../src/renderer/format/format.svelte.ts';
import { locale } from '../../../src/renderer/locale.svelte.ts';
import PoolForm from '../../../src/renderer/screens/pools/PoolForm.svelte';
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
import { notices } from '../../../src/renderer/shell/notices.svelte.ts';
import { CONTRACT, type CommandName } from '../../../src/shared/contract/index.ts';
import { LOCALES } from '../../../src/shared/domain/local-text.ts';
import { errorWords } from '../../../src/shared/messages/error-words.ts';
import type { Refusal } from '../../../src/shared/result.ts';
import { refuse } from '../../../src/shared/result.ts';
import WithTooltips from '../ui/WithTooltips.svelte';
import { fillJsdomGaps } from '../workspace/jsdom-gaps.ts';
import { NOW, ZONE, settled, ultrasound } from '../workspace/samples.ts';
import { Drafts } from '../workspace/scripted-api.ts';
import { apiOn, appOn, there } from './drafted-forms.ts';

beforeAll(fillJsdomGaps);
beforeEach(() => {
  locale.set('en');
  format.timeZone = ZONE;
});
afterEach(() => {
  cleanup();
  notices.clear();
});

/** A form that is open and changed: what is mounted, what was typed where, its button, and its fields' controls. */
interface Opened {
  readonly part: unknown;
  readonly given: () => Record<string, unknown>;
  readonly typed: { readonly at: string; readonly text: string };
  readonly save: string;
  readonly controls: Readonly<Record<string, string>>;
}

type Say = (refusal: Refusal) => void;

const poolPart =
  (part: 'units' | 'shares') =>
  async (api: Api): Promise<Opened> => {
    const pools = new PoolsState(api);
    await pools.load();
    pools.select(ultrasound.id, 'en');
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

const FORMS: Partial<Record<FormCommand, (api: Api, say: Say, code: string) => Promise<Opened>>> = {
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

const CASES = Object.keys(FORMS).flatMap((name) => {
  const command = name as FormCommand; // a key of the table
  const codes: readonly string[] = CONTRACT[command as CommandName].errors;
  return codes.map((code) => ({ command, code, field: refusedFieldOf(command, code) }));
});

/** What is heard on entering a control and the group that it stands in. */
function heardAt(control: HTMLElement): { readonly group: string; readonly all: string } {
  const said = (element: Element | null): string => {
    const ids = element?.getAttribute('aria-describedby')?.split(' ') ?? [];
    return ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
  };
  const group = said(control.closest('.field[role="group"]'));
  return { group, all: `${said(control)} ${group}` };
}

describe('a save that is refused', () => {
  test.each(CASES)(
    '$command $code is said at $field, and loses nothing',
    async ({ command, code, field }) => {
      const told: string[] = [];
      const api = apiOn(new Drafts(), { [command]: () => refuse(code as never) }); // one of its own codes
      const opened = await FORMS[command]?.(api, (refusal) => told.push(refusal.code), code);
      if (!opened) throw new Error('a form of the table');
      const view = render(WithTooltips, {
        part: opened.part as Component<Record<string, unknown>>,
        given: opened.given(),
      }); // its own properties
      const typedAt = () => screen.getByTestId<HTMLInputElement>(opened.typed.at);
      await fireEvent.input(typedAt(), { target: { value: opened.typed.text } });
      await fireEvent.click(screen.getByTestId(opened.save));
      await waitFor(() => expect(api.requestsOf(command as CommandName)).toHaveLength(1));
      await settled();
      await view.rerender({ part: opened.part as Component<Record<string, unknown>>, given: opened.given() });
      for (const language of LOCALES) {
        locale.set(language);
        const wanted = errorWords({ code, params: {} } as Parameters<typeof errorWords>[0]); // as above
        if (field === null) {
          const shown = () => [...told, ...notices.list.map(({ id }) => id)].includes(code);
          await waitFor(() => expect(shown() || screen.queryByText(wanted) !== null).toBe(true));
        } else {
          const control = screen.getByTestId(opened.controls[field] ?? 'no control is named');
          await waitFor(() => expect(heardAt(control).all).toContain(wanted));
          if (!heardAt(control).group.includes(wanted))
            expect(control.getAttribute('aria-invalid')).toBe('true');
        }
        expect(typedAt().value).toBe(opened.typed.text);
      }
    },
  );
});
