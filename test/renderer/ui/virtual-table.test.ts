/** A long table whose rows come when they are asked for. There is no layout here: one row is in view, eight beyond it. */
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, expect, it } from 'vitest';
import { fillJsdomGaps } from '../workspace/jsdom-gaps.ts';
import VirtualSample from './VirtualSample.svelte';

fillJsdomGaps();
afterEach(cleanup);

const ROW = 32;
const rows = () => [
  ...screen.getByTestId('rows').querySelectorAll<HTMLElement>('[role="rowgroup"] > [role="row"]'),
];
const rowAt = (index: number) =>
  rows().find((row) => row.getAttribute('aria-rowindex') === String(index + 2));
const isAwaited = (index: number) => rowAt(index)?.getAttribute('aria-busy') === 'true';

async function scrollTo(index: number): Promise<void> {
  const grid = screen.getByTestId('rows');
  grid.scrollTop = index * ROW;
  await fireEvent.scroll(grid);
}

it('covers a row that is not here yet, and names nothing by it', async () => {
  const { rerender } = render(VirtualSample, { here: (index: number) => index < 20 });
  await scrollTo(500);
  const row = rowAt(500);
  expect(isAwaited(500)).toBe(true);
  expect(row?.id).toBe('');
  expect(row?.lastElementChild?.textContent).toBe('…');
  await rerender({ here: () => true });
  expect(rowAt(500)).toBe(row);
  expect(row?.textContent.trim()).toBe('item 500');
  expect(row?.id).toMatch(/item-500$/);
});

it('draws what is in view first after a leap, and what lies beyond it in a later frame', async () => {
  render(VirtualSample, { here: () => true });
  await scrollTo(500);
  expect(isAwaited(500)).toBe(false);
  expect(isAwaited(501)).toBe(true);
  await waitFor(() => expect(isAwaited(501)).toBe(false));
  expect(rowAt(501)?.textContent.trim()).toBe('item 501');
  expect(rowAt(492)?.textContent.trim()).toBe('item 492');
});

it('takes the focus from a button of a row that scrolls away', async () => {
  render(VirtualSample, { here: () => true });
  rowAt(3)?.querySelector('button')?.focus();
  expect(document.activeElement?.textContent).toBe('item 3');
  await scrollTo(1);
  expect(document.activeElement).toBe(screen.getByTestId('rows'));
});
