/** What the window says while the ledger is being opened: nothing for half a second, then what it is doing. */
import { cleanup, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { tick } from 'svelte';
import { locale, localeOfAddress } from '../../../src/renderer/locale.svelte.ts';
import OpeningScreen from '../../../src/renderer/screens/problem/OpeningScreen.svelte';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  history.replaceState(null, '', '?');
});

async function pass(ms: number): Promise<void> {
  vi.advanceTimersByTime(ms);
  await tick();
}

it('shows nothing while a start is quick', async () => {
  history.replaceState(null, '', '?language=en');
  const { container, unmount } = render(OpeningScreen);
  await pass(499);
  expect(container.textContent?.trim()).toBe('');
  unmount();
  await pass(1000);
  expect(screen.queryByTestId('opening')).toBeNull();
});

it.each([
  { search: '?language=zh', want: ['正在打开台账 …'] },
  { search: '?language=en', want: ['Opening the ledger …'] },
  { search: '?', want: ['Opening the ledger …', '正在打开台账 …'] },
])('says after half a second what goes on, with "$search"', async ({ search, want }) => {
  history.replaceState(null, '', search);
  locale.set(localeOfAddress(search) ?? 'en');
  render(OpeningScreen);
  await pass(500);
  const heads = [...screen.getByTestId('opening').querySelectorAll('h1')].map((head) =>
    head.textContent?.trim(),
  );
  expect([...heads].sort()).toEqual([...want].sort());
});
