/** The notice about a clock that leapt: both times in words, and a button that confirms without repeating anything. */
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { format } from '../../../src/renderer/format/format.svelte.ts';
import { locale } from '../../../src/renderer/locale.svelte.ts';
import NoticeArea from '../../../src/renderer/shell/NoticeArea.svelte';
import { notices } from '../../../src/renderer/shell/notices.svelte.ts';
import { refuse } from '../../../src/shared/result.ts';
import ScreenFrame from '../workspace/ScreenFrame.svelte';
import { answers, ScriptedApi } from '../workspace/scripted-api.ts';

const JUMP = {
  code: 'clock-jump',
  retryable: true,
  params: { believedMs: Date.UTC(2026, 10, 18, 2, 20), nowMs: Date.UTC(2036, 10, 18, 2, 20) },
};

function shown(api: ScriptedApi): void {
  render(ScreenFrame, { props: { screen: NoticeArea as never, api, route: null } }); // it takes the API alone
}

beforeEach(() => {
  notices.clear();
  locale.set('en');
  format.timeZone = 'Asia/Shanghai';
});
afterEach(cleanup);

it('says both times in the clinic’s zone, in both languages', async () => {
  shown(new ScriptedApi({}));
  notices.refuse(JUMP);
  const told = await screen.findByTestId('notice-clock-jump');
  expect(told.textContent).toContain(
    'from Wednesday 18 November 2026 10:20 to Tuesday 18 November 2036 10:20',
  );
  locale.set('zh');
  await expect.poll(() => told.textContent).toContain('2026年11月18日');
});

it('confirms, and asks the person to repeat what was refused', async () => {
  const api = new ScriptedApi({ 'clock.confirm': answers({}) });
  shown(api);
  notices.refuse(JUMP);
  await fireEvent.click(await screen.findByTestId('clock-confirm'));
  await screen.findByTestId('notice-clock-confirmed');
  expect(screen.queryByTestId('notice-clock-jump')).toBeNull();
  expect(api.calls.map(({ channel }) => channel)).toEqual(['clock.confirm']);
});

it('keeps the question when the confirmation is refused', async () => {
  shown(new ScriptedApi({ 'clock.confirm': () => refuse('ledger-unavailable') }));
  notices.refuse(JUMP);
  await fireEvent.click(await screen.findByTestId('clock-confirm'));
  await screen.findByTestId('notice-ledger-unavailable');
  expect(screen.getByTestId('notice-clock-jump')).toBeTruthy();
});
