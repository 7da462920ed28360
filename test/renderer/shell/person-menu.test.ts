/** The first opening of the list of persons by a key, before its code is there: its first entry has the keyboard, as later. */
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import type { Component } from 'svelte';
import { afterEach, expect, test } from 'vitest';
import { STATE } from '../gallery/fixtures.ts';
import WithTooltips from '../ui/WithTooltips.svelte';
import { appOn, apiOn } from '../forms/drafted-forms.ts';
import { fillJsdomGaps } from '../workspace/jsdom-gaps.ts';
import { Drafts } from '../workspace/scripted-api.ts';

fillJsdomGaps(); // the look of the window asks at once
const { default: PersonMenu } = await import('../../../src/renderer/shell/PersonMenu.svelte');
afterEach(cleanup);

test('opened by a key the first time and again', async () => {
  const app = await appOn(apiOn(new Drafts()));
  const first = STATE.staff.find(({ isActive }) => isActive)?.id ?? 'nobody';
  render(WithTooltips, { part: PersonMenu as unknown as Component<Record<string, unknown>>, given: { app } }); // its own properties
  for (const key of ['ArrowDown', 'Enter']) {
    const button = screen.getByTestId('person-switch');
    button.focus();
    await fireEvent.keyDown(button, { key });
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId(`person-${first}`)));
    await fireEvent.keyDown(screen.getByTestId(`person-${first}`), { key: 'Escape' });
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
  }
});
