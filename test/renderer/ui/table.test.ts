/** The table in a page: rows chosen by press and key, controls in rows left alone; fields that name what is wrong. */
import { cleanup, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import FieldSample from './FieldSample.svelte';
import TableSample from './TableSample.svelte';

afterEach(cleanup);

const key = (target: Element, name: string) =>
  target.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));

describe('a table whose rows can be chosen', () => {
  it('is a grid that moves the selection by arrow keys and acts on Enter', async () => {
    const onactivate = vi.fn();
    render(TableSample, { onactivate });
    const grid = screen.getByRole('grid', { name: 'Tasks' });
    grid.focus();
    key(grid, 'ArrowDown');
    await tick();
    expect(screen.getByTestId('row-a').getAttribute('aria-selected')).toBe('true');
    key(screen.getByTestId('row-a'), 'ArrowDown');
    await tick();
    expect(document.activeElement).toBe(screen.getByTestId('row-b'));
    key(screen.getByTestId('row-b'), 'Enter');
    expect(onactivate).toHaveBeenCalledWith('b');
  });

  it('leaves the keys and presses of a row’s own button to the button', async () => {
    const onactivate = vi.fn();
    render(TableSample, { onactivate });
    const button = screen.getByTestId('button-b');
    key(button, 'Enter');
    button.click();
    await tick();
    expect(onactivate).not.toHaveBeenCalled();
    expect(screen.getByTestId('row-b').getAttribute('aria-selected')).toBe('false');
  });

  it('has one row in the tab order', async () => {
    render(TableSample, { onactivate: vi.fn() });
    screen.getByTestId('row-b').click();
    await tick();
    expect(screen.getByTestId('row-b').tabIndex).toBe(0);
    expect(screen.getByTestId('row-a').tabIndex).toBe(-1);
  });
});

describe('a field', () => {
  it('names its control and says hint and mistake with it', async () => {
    const { rerender } = render(FieldSample, { error: null });
    const input = screen.getByLabelText('Rooms');
    expect(input.getAttribute('aria-invalid')).toBeNull();
    expect(document.getElementById(input.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
      'How many there are.',
    );
    await rerender({ error: 'Above zero, please.' });
    expect(input.getAttribute('aria-invalid')).toBe('true');
    const described = (input.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent);
    expect(described.join(' ')).toContain('Above zero, please.');
  });

  it('keeps what was typed when it is not a number', async () => {
    render(FieldSample, { error: null });
    const input = screen.getByLabelText<HTMLInputElement>('Rooms');
    input.value = 'three';
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await tick();
    expect(input.value).toBe('three');
    expect(screen.getByTestId('value').textContent).toBe('none');
    input.value = '3';
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await tick();
    expect(screen.getByTestId('value').textContent).toBe('3');
  });
});
