/**
 * Saving in a mounted form, refused by main with each code it may give: a refusal about a field stands at that field and
 * marks it, and the keyboard is led there; any other is told to the person; both in the window's language, also when that changes, and what was
 * typed stays where it was typed.
 */
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { type Component } from 'svelte';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { refusedFieldOf, type FormCommand } from '../../../src/renderer/forms/refused-fields.ts';
import { format } from '../../../src/renderer/format/format.svelte.ts';
import { locale } from '../../../src/renderer/locale.svelte.ts';
import { leadToWrong } from '../../../src/renderer/shell/leading-to-wrong.ts';
import { notices } from '../../../src/renderer/shell/notices.svelte.ts';
import { CONTRACT, type CommandName } from '../../../src/shared/contract/index.ts';
import { LOCALES } from '../../../src/shared/domain/local-text.ts';
import { errorWords } from '../../../src/shared/messages/error-words.ts';
import { refuse } from '../../../src/shared/result.ts';
import WithTooltips from '../ui/WithTooltips.svelte';
import { fillJsdomGaps } from '../workspace/jsdom-gaps.ts';
import { ZONE, settled } from '../workspace/samples.ts';
import { Drafts } from '../workspace/scripted-api.ts';
import { apiOn } from './drafted-forms.ts';
import { SAVED_FORMS, type Opened } from './mounted-forms.ts';

beforeAll(fillJsdomGaps);
let endLeading = (): void => undefined;
beforeEach(() => {
  locale.set('en');
  format.timeZone = ZONE;
  endLeading = leadToWrong(document.body);
});
afterEach(() => {
  endLeading();
  cleanup();
  notices.clear();
});

const CASES = Object.keys(SAVED_FORMS).flatMap((name) => {
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

/** Whether the keyboard is at the field that was refused, in its group, or, for a refusal about no field, still at the button. */
function isLedTo(field: string | null, { controls }: Opened, save: HTMLElement): boolean {
  const at = document.activeElement;
  if (field === null) return at === save;
  const control = screen.getByTestId(controls[field] ?? 'no control is named');
  return control === at || (control.closest('.field[role="group"]')?.contains(at) ?? false);
}

describe('a save that is refused', () => {
  test.each(CASES)(
    '$command $code is said at $field, and loses nothing',
    async ({ command, code, field }) => {
      const told: string[] = [];
      const api = apiOn(new Drafts(), { [command]: () => refuse(code as never) }); // one of its own codes
      const opened = await SAVED_FORMS[command]?.(api, (refusal) => told.push(refusal.code), code);
      if (!opened) throw new Error('a form of the table');
      const view = render(WithTooltips, {
        part: opened.part as Component<Record<string, unknown>>,
        given: opened.given(),
      }); // its own properties
      const typedAt = () => screen.getByTestId<HTMLInputElement>(opened.typed.at);
      await fireEvent.input(typedAt(), { target: { value: opened.typed.text } });
      const save = screen.getByTestId(opened.save);
      save.focus();
      await fireEvent.click(save);
      await waitFor(() => expect(api.requestsOf(command as CommandName)).toHaveLength(1));
      await settled();
      await view.rerender({ part: opened.part as Component<Record<string, unknown>>, given: opened.given() });
      await waitFor(() => expect(isLedTo(field, opened, save)).toBe(true));
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
