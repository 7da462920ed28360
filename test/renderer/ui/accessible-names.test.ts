/** A control of two parts is named by its field and the part, wherever the field is a label or a group. */
import { cleanup, render, screen } from '@testing-library/svelte';
import { afterEach, expect, test } from 'vitest';
import { locale } from '../../../src/renderer/locale.svelte.ts';
import ControlsSample from './ControlsSample.svelte';

afterEach(cleanup);

test.each([
  ['en', 'The field Date', 'The field Time'],
  ['zh', 'The field 日期', 'The field 时刻'],
] as const)('date and time (%s)', (language, ...names) => {
  locale.set(language);
  for (const isGroup of [false, true]) {
    render(ControlsSample, { props: { kind: 'moment', error: null, isGroup } });
    const inputs = screen.getAllByRole('textbox');
    expect(inputs.map((input) => input.id).every((id, at, ids) => id !== '' && ids.indexOf(id) === at)).toBe(
      true,
    );
    for (const name of names) expect(screen.getByRole('textbox', { name })).toBeTruthy();
    if (!isGroup) {
      screen.getByText('The field').click();
      expect(document.querySelector('label')?.getAttribute('for')).toBe(inputs[0]?.id);
    }
    cleanup();
  }
});
