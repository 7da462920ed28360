/** Every field of every form: named, helped before, and told afterwards, at the field. */
import { cleanup, render } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { REFUSED_FIELDS } from '../../../src/renderer/forms/refused-fields.ts';
import { locale } from '../../../src/renderer/locale.svelte.ts';
import { CONTRACT } from '../../../src/shared/contract/index.ts';
import { LOCALES } from '../../../src/shared/domain/local-text.ts';
import ControlsSample from '../ui/ControlsSample.svelte';
import { fieldUsages } from './field-usages.ts';

const usages = fieldUsages();

/** Fields where nothing typed is a mistake, or whose group says it. */
const NEVER_WRONG: Readonly<Record<string, string>> = {
  'FilterBar.svelte queue-search': 'a search finds or does not',
  'FilterLine.svelte ledger-text': 'a search finds or does not',
  'ClinicSection.svelte settings-name-zh': 'optional, and held to its length',
  'OwnTriageFields.svelte level-zh-{}': 'optional, and held to its length',
  'NamedForm.svelte {}-name-other': 'optional, and held to its length',
  'NamesPart.svelte field-pool-name-other': 'optional, and held to its length',
  'NamesPart.svelte field-unit-word-other': 'optional, and held to its length',
  'StartForm.svelte field-number': 'optional, and held to its length',
};

describe('every field that is typed into', () => {
  test('is found', () => {
    expect(usages.length).toBeGreaterThan(60);
    expect(usages.map(({ at }) => at)).toContain('TaskForm.svelte field-duration');
  });

  test('has a name', () => {
    expect(usages.filter(({ hasName }) => !hasName).map(({ at }) => at)).toEqual([]);
  });

  test('says what it wants before: help line, placeholder or unit', () => {
    expect(usages.filter(({ hasHelp }) => !hasHelp).map(({ at }) => at)).toEqual([]);
  });

  test('has a place at itself for what is wrong, or is never wrong', () => {
    const without = usages.filter(({ hasError }) => !hasError).map(({ at }) => at);
    expect([...new Set(without)].sort()).toEqual(Object.keys(NEVER_WRONG).sort());
  });
});

describe('a control', () => {
  beforeEach(() => locale.set('en'));
  afterEach(cleanup);

  /** What is heard when the control has the focus. */
  function described(control: Element): string {
    const ids = control.getAttribute('aria-describedby')?.split(' ') ?? [];
    return ids.map((id) => document.getElementById(id)?.textContent?.trim() ?? `MISSING ${id}`).join(' | ');
  }
  const KINDS = ['text', 'area', 'number', 'duration', 'moment', 'select', 'combobox'] as const;

  test.each(KINDS)('%s is tied to its help and to its error', async (kind) => {
    const view = render(ControlsSample, { kind, error: null });
    const control = view.container.querySelector('input, textarea, button, [role=combobox]');
    if (!control) throw new Error('the sample holds a control');
    expect(described(control)).toBe('What it is for.');
    expect(control.getAttribute('aria-invalid')).toBeNull();
    expect(view.getAllByLabelText('The field')[0]).toBe(control);
    await view.rerender({ kind, error: 'That is wrong.' });
    expect(described(control)).toBe('What it is for. | That is wrong.');
    expect(control.getAttribute('aria-invalid')).toBe('true');
  });

  test.each(LOCALES)(
    'says by itself that it cannot read what was typed, once it is left (%s)',
    async (language) => {
      locale.set(language);
      for (const [kind, typed] of [
        ['number', 'many'],
        ['number', '900'],
        ['duration', 'long'],
        ['moment', '31/12'],
      ] as const) {
        const view = render(ControlsSample, { kind, error: null });
        const control = view.container.querySelector('input');
        const last = [...view.container.querySelectorAll('input')].at(-1);
        if (!control || !last) throw new Error('the sample holds a control');
        control.value = typed;
        control.dispatchEvent(new Event('input', { bubbles: true }));
        await Promise.resolve();
        expect(control.getAttribute('aria-invalid')).toBeNull();
        last.dispatchEvent(new Event('blur'));
        await new Promise((resolve) => setTimeout(resolve));
        expect(control.getAttribute('aria-invalid')).toBe('true');
        expect(described(control)).toMatch(
          language === 'en' ? /^What it is for\. \| Write .+\.$/ : /\| .*请.+。$/,
        );
        view.unmount();
      }
    },
  );
});

describe('refusals that are about a field', () => {
  const commands = Object.entries(CONTRACT).filter(([, channel]) => channel.kind === 'command');
  const fieldCodes = new Set(Object.values(REFUSED_FIELDS).flatMap((fields) => Object.keys(fields)));
  /** Commands without a form of their own: what they send was chosen, not typed. */
  const WITHOUT_FORM: Readonly<Record<string, string>> = {
    'clinic.create': 'the four steps check every field before',
    'subsystem.set-default': 'a choice among what there is',
    'patient.erase': 'a choice among what there is',
    'report.export': 'said beside the button that saves the file',
    'timeline.print': 'the system asks where to',
    'whatif.commit': 'the variant was planned before',
    'backup.make': 'the system asks where to',
    'backup.choose-folder': 'the system asks where to',
    'backup.now': 'the folder was chosen before',
    'restore.choose': 'the system asks where from',
    'restore.run': 'the folder was chosen before',
    'recovery.choose-backup': 'the system asks where from',
    'recovery.restore': 'the folder was chosen before',
    'recovery.salvage': 'nothing is typed',
    'installation.answer': 'nothing is typed',
    'pathway.cancel': 'nothing is typed',
    'task.act-many': 'nothing is typed',
  };

  test('are entered for every command that sends typed fields', () => {
    const sending = commands
      .filter(([, { errors }]) => errors.some((code) => fieldCodes.has(code)))
      .map(([name]) => name)
      .filter((name) => !(name in WITHOUT_FORM));
    expect(sending.sort()).toEqual(
      Object.keys(REFUSED_FIELDS)
        .filter((name) => name !== 'task.undo')
        .sort(),
    );
  });

  test.each(Object.entries(REFUSED_FIELDS))('of %s are codes that it has', (name, fields) => {
    const channel = commands.find(([channelName]) => channelName === name)?.[1];
    for (const code of Object.keys(fields)) expect(channel?.errors).toContain(code);
  });
});
