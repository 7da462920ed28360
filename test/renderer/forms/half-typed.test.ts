/**
 * In every form: whatever stands in a field, half a date or a word for a number too, stays there when the form is
 * refused (which leads to the first wrong field), and comes back after it was closed by a lock or a restart; and no form with a typed field is left out.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import type { Component } from 'svelte';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { keepOpenDrafts } from '../../../src/renderer/forms/kept-draft.svelte.ts';
import { format } from '../../../src/renderer/format/format.svelte.ts';
import { root } from '../../../scripts/lib/project.mjs';
import { locale } from '../../../src/renderer/locale.svelte.ts';
import { leadToWrong } from '../../../src/renderer/shell/leading-to-wrong.ts';
import { notices } from '../../../src/renderer/shell/notices.svelte.ts';
import { CONTRACT } from '../../../src/shared/contract/index.ts';
import { refuse } from '../../../src/shared/result.ts';
import WithTooltips from '../ui/WithTooltips.svelte';
import { fillJsdomGaps } from '../workspace/jsdom-gaps.ts';
import { ZONE, settled } from '../workspace/samples.ts';
import { Drafts, answers } from '../workspace/scripted-api.ts';
import { apiOn } from './drafted-forms.ts';
import { HALF_TYPED, LIST } from './half-typed-forms.ts';

beforeAll(fillJsdomGaps);
let endLeading = (): void => undefined;
beforeEach(() => {
  endLeading = leadToWrong(document.body);
  locale.set('en');
  format.timeZone = ZONE;
});
afterEach(() => {
  endLeading();
  cleanup();
  notices.clear();
});

const typedIn = (): HTMLInputElement[] =>
  [...document.querySelectorAll<HTMLInputElement>('input, textarea')].filter(
    (field) => !['radio', 'checkbox'].includes(field.type) && field.role !== 'combobox' && !field.disabled,
  );
const texts = (): Record<string, string> =>
  Object.fromEntries(typedIn().map((field) => [field.dataset['testid'] ?? field.outerHTML, field.value]));

/** Whatever could be sent as it stands is refused by main. */
const REFUSED = Object.fromEntries(
  Object.entries(CONTRACT).flatMap(
    ([channel, { kind, errors }]) =>
      kind === 'command' && channel !== 'draft.set' ? [[channel, () => refuse(errors[0] as never)]] : [], // one of its own codes
  ),
);

/** What is asked of the window at once and saved nowhere. */
const NO_FORM: Readonly<Record<string, string>> = {
  'palette-input': 'where to go',
  'ledger-text': 'what the list shows',
  'ledger-day': 'what the list shows',
  'past-at-date': 'what the window shows',
  'reports-first': 'what the report shows',
  'reports-last': 'what the report shows',
  'backup-time': 'set as soon as it is left',
  'timeline-date-typed': 'where to go',
  'queue-search': 'what the queue shows',
  'view-name': 'what the queue as it stands is to be called',
};
const seen = new Set<string>();

/** The test ids of all typed fields of the window's source, with `*` for what is put in. */
function fieldsOfSource(): string[] {
  const source = join(root, 'src/renderer');
  const parts = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.svelte') && !file.startsWith('ui'),
  );
  return parts.flatMap((file) => {
    const tags = readFileSync(join(source, file), 'utf8').matchAll(
      /<(NumberInput|DurationInput|DateTimeInput|TextInput|TextArea|input|textarea)\b.*?\/>/gsu,
    );
    return [...tags]
      .filter(([tag]) => !/type="(radio|checkbox)"/u.test(tag))
      .map(([tag, kind]) => {
        const testid = /testid="([^"]*)"/u.exec(tag)?.[1] ?? `${file} has a field without a name`;
        return testid.replaceAll(/\{[^}]*\}/gu, '*') + (kind === 'DateTimeInput' ? '-date' : '');
      });
  });
}

async function open(name: string, drafts: Drafts, isFirst: boolean) {
  const api = apiOn(drafts, {
    ...REFUSED,
    'whatif.compare': () => refuse('cancelled'),
    'patient.search': answers({ patients: [] }),
    'day.list': answers(LIST),
  });
  const form = await HALF_TYPED[name]?.(api);
  if (!form) throw new Error('a form of the table');
  const props = () => ({ part: form.part as Component<Record<string, unknown>>, given: form.given() }); // its own properties
  const view = render(WithTooltips, props());
  for (const testid of [...(isFirst ? (form.pressFirst ?? []) : []), ...(form.press ?? [])]) {
    await fireEvent.click(await screen.findByTestId(testid));
  }
  if (form.save !== null) await screen.findByTestId(form.save);
  await waitFor(() => expect(typedIn().length).toBeGreaterThan(0));
  return { view, save: form.save, leave: form.leave ?? [] };
}

/** Whether the keyboard is where the first field says that it is wrong; no field of the form may say so. */
function isLed(): boolean {
  const wrong = document.querySelector('[aria-invalid="true"]');
  return wrong === null || wrong === document.activeElement;
}

describe('what is half typed stays, and comes back:', () => {
  test.each(Object.keys(HALF_TYPED))('%s', async (name) => {
    const drafts = new Drafts();
    const first = await open(name, drafts, true);
    for (const [index, field] of typedIn().entries()) {
      if (first.leave.includes(field.dataset['testid'] ?? '')) continue;
      await fireEvent.input(field, { target: { value: `half ${index}` } });
    }
    const typed = texts();
    for (const field of Object.keys(typed)) seen.add(field);
    expect(new Set(Object.values(typed)).size, 'each field has a text of its own').toBe(typedIn().length);
    if (first.save !== null) {
      await fireEvent.click(screen.getByTestId(first.save));
      await waitFor(() => expect(isLed(), 'the keyboard is led to the first wrong field').toBe(true));
      expect(texts(), 'after it was refused').toEqual(typed);
    }
    keepOpenDrafts();
    first.view.unmount();
    await settled();

    await open(name, drafts, false);
    await waitFor(() => expect(texts(), 'after a restart').toEqual(typed));
  });

  test('no field of the window is left out', () => {
    const isSeen = (field: string) => {
      const wanted = new RegExp(`^${field.replaceAll('*', '.+')}$`, 'u');
      return [...seen].some((each) => wanted.test(each));
    };
    expect(fieldsOfSource().filter((field) => !isSeen(field))).toEqual(Object.keys(NO_FORM));
  });
});
