/** What is typed and is no value yet (half a date, a word where a number is wanted) is kept by the form's draft as well. */
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { Drafts } from '../workspace/scripted-api.ts';
import { apiOn } from './drafted-forms.ts';
import RowsSample from './RowsSample.svelte';
import UnreadSample from './UnreadSample.svelte';

afterEach(cleanup);

const TYPED = { duration: 'half of', units: 'two', 'at-date': '2026-12', 'at-time': '' };
const at = (control: string) => screen.getByTestId<HTMLInputElement>(control);
const texts = () => Object.fromEntries(Object.keys(TYPED).map((control) => [control, at(control).value]));

async function typed(): Promise<Drafts> {
  const drafts = new Drafts();
  const form = render(UnreadSample, { api: apiOn(drafts) });
  for (const [control, text] of Object.entries(TYPED))
    await fireEvent.input(at(control), { target: { value: text } });
  form.unmount();
  await waitFor(() => expect([...drafts.keys()]).toEqual(['sample']));
  return drafts;
}

it('comes back as it stood, and says what is wrong with it', async () => {
  render(UnreadSample, { api: apiOn(await typed()) });
  await waitFor(() => expect(texts()).toEqual(TYPED));
  for (const control of ['duration', 'units', 'at-date'])
    expect(at(control).getAttribute('aria-invalid')).toBe('true');
});

it('is no longer kept once it can be read, and gone when the draft is discarded', async () => {
  const drafts = await typed();
  const form = render(UnreadSample, { api: apiOn(drafts) });
  await waitFor(() => expect(at('duration').value).toBe('half of'));
  await fireEvent.input(at('duration'), { target: { value: '45' } });
  form.unmount();
  await waitFor(() => expect(JSON.stringify([...drafts.values()])).not.toContain('half of'));

  render(UnreadSample, { api: apiOn(drafts) });
  await waitFor(() => expect(at('units').value).toBe('two'));
  expect(screen.getByTestId('values').textContent).toContain('"seconds":2700');
  await fireEvent.click(screen.getByTestId('draft-discard'));
  await waitFor(() => expect(texts()).toEqual({ duration: '', units: '2', 'at-date': '', 'at-time': '' }));
  await waitFor(() => expect([...drafts.keys()]).toEqual([]));
});

describe('in the rows of a list', () => {
  async function withRows(drafts: Drafts) {
    const form = render(RowsSample, { api: apiOn(drafts) });
    for (const text of ['two', 'three']) {
      await fireEvent.click(screen.getByTestId('add'));
      const last = screen.getAllByRole<HTMLInputElement>('textbox').at(-1);
      if (last) await fireEvent.input(last, { target: { value: text } });
    }
    return form;
  }
  const shown = () => screen.getAllByRole<HTMLInputElement>('textbox').map(({ value }) => value);

  it('it stays with its row when one before it goes, also over a restart', async () => {
    const drafts = new Drafts();
    const form = await withRows(drafts);
    await fireEvent.click(screen.getByTestId('remove-0'));
    expect(shown()).toEqual(['two', 'three']);
    form.unmount();
    render(RowsSample, { api: apiOn(drafts) });
    await waitFor(() => expect(shown()).toEqual(['two', 'three']));
  });

  it('it goes with its row, and is not found in the next one that is added', async () => {
    const drafts = new Drafts();
    const form = await withRows(drafts);
    await fireEvent.click(screen.getByTestId('remove-2'));
    await fireEvent.click(screen.getByTestId('add'));
    expect(shown()).toEqual(['1', 'two', '']);
    form.unmount();
    await waitFor(() => expect(JSON.stringify([...drafts])).toContain('two'));
    expect(JSON.stringify([...drafts])).not.toContain('three');
  });
});
