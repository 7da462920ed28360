/** The choices at a damaged ledger: nothing is restored before its preview, and the outcome is told. */
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { accept, refuse } from '../../../src/shared/result.ts';
import { STATE } from '../gallery/fixtures.ts';
import { answers, ScriptedApi } from '../workspace/scripted-api.ts';

vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }));
const { App } = await import('../../../src/renderer/app.svelte.ts');
const { locale } = await import('../../../src/renderer/locale.svelte.ts');
const { notices } = await import('../../../src/renderer/shell/notices.svelte.ts');
const { default: RecoveryChoices } =
  await import('../../../src/renderer/screens/problem/RecoveryChoices.svelte');

const preview = {
  name: 'clinic.ledger.2026-11-17.backup',
  length: 5869,
  lastRecordedAt: null,
  lostEntries: 12,
  isSameLedger: true,
};

function shown(script: ConstructorParameters<typeof ScriptedApi>[0], isChainDamaged = true): ScriptedApi {
  const api = new ScriptedApi({ 'app.state': () => accept(STATE), ...script });
  render(RecoveryChoices, { app: new App(api), isChainDamaged });
  return api;
}

beforeEach(() => {
  notices.clear();
  locale.set('en');
});
afterEach(cleanup);

it('says what would be lost before it offers to restore, and tells when it is done', async () => {
  const api = shown({
    'recovery.choose-backup': answers({ preview }),
    'recovery.restore': answers({ length: 5870 }),
  });
  expect(screen.queryByTestId('recovery-restore')).toBeNull();
  await fireEvent.click(screen.getByTestId('recovery-choose'));
  const told = await screen.findByTestId('recovery-preview');
  expect(told.textContent).toContain('12 entries that were made after it would be lost.');
  await fireEvent.click(screen.getByTestId('recovery-restore'));
  await expect.poll(() => notices.list.map(({ id }) => id)).toEqual(['recovery']);
  expect(api.calls.map(({ channel }) => channel)).toEqual([
    'recovery.choose-backup',
    'recovery.restore',
    'app.state',
  ]);
});

it('offers nothing to restore when the backups do not pass', async () => {
  shown({ 'recovery.choose-backup': () => refuse('backup-unproven') });
  await fireEvent.click(screen.getByTestId('recovery-choose'));
  await expect.poll(() => notices.list.map(({ id }) => id)).toEqual(['backup-unproven']);
  expect(screen.queryByTestId('recovery-restore')).toBeNull();
});

it('offers only the backup where the chain is whole and the keys are lost', () => {
  shown({}, false);
  expect(screen.getByTestId('recovery-choose')).toBeTruthy();
  expect(screen.queryByTestId('recovery-salvage')).toBeNull();
  expect(screen.queryByTestId('recovery-copy')).toBeNull();
});
