/** The choices at a damaged ledger: nothing is restored before its preview, and the outcome is told. */
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sameText } from '../../../src/shared/domain/local-text.ts';
import { accept, refuse } from '../../../src/shared/result.ts';
import { instant } from '../../../src/shared/units.ts';
import { STATE } from '../gallery/fixtures.ts';
import { answers, ScriptedApi } from '../workspace/scripted-api.ts';

vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }));
const { App } = await import('../../../src/renderer/app.svelte.ts');
const { locale } = await import('../../../src/renderer/locale.svelte.ts');
const { notices } = await import('../../../src/renderer/shell/notices.svelte.ts');
const { format } = await import('../../../src/renderer/format/format.svelte.ts');
const { default: ProblemScreen } = await import('../../../src/renderer/screens/problem/ProblemScreen.svelte');
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

const staffSet = {
  seq: 5869,
  recordedAt: instant(1_795_000_000),
  effectiveAt: instant(1_795_000_000),
  kind: 'staff-set' as const,
  isAltered: false,
  actorName: 'Ann',
  detail: null,
  name: sameText('Zoe'),
  count: null,
  task: null,
  hash: 'ab',
};
const lost = {
  keeps: 5857,
  keptUntil: instant(1_794_990_000),
  lostEntries: 12,
  lostUntil: instant(1_795_000_000),
  readableEntries: 2,
  kinds: [{ kind: 'staff-set', count: 2 }],
  told: [
    { seq: 5858, said: null },
    { seq: 5869, said: staffSet },
  ],
};

it('keeps what is whole only after it has said how much goes, and passes on what it has shown', async () => {
  const api = shown({
    'recovery.preview-salvage': answers({ preview: lost }),
    'recovery.salvage': answers({ length: 5858 }),
  });
  expect(screen.queryByTestId('recovery-salvage')).toBeNull();
  await fireEvent.click(screen.getByTestId('recovery-check'));
  const told = await screen.findByTestId('salvage-preview');
  expect(told.textContent).toContain('5,857 entries would be kept');
  expect(told.textContent).toContain('12 entries would be left out, from number 5,858 on.');
  expect(told.textContent).toContain('2 of them can still be read: staff list (2).');
  const rows = [...screen.getByTestId('lost-entries').querySelectorAll('tbody tr')];
  expect(rows[0]?.textContent).toContain('Not what was written');
  expect(rows[1]?.textContent).toContain('Ann set the staff list: Zoe.');
  await fireEvent.click(screen.getByTestId('recovery-salvage'));
  await expect.poll(() => notices.list.map(({ id }) => id)).toEqual(['recovery']);
  expect(api.calls.find(({ channel }) => channel === 'recovery.salvage')?.request).toEqual({ keeps: 5857 });
});

it('shows nothing to press where nothing can be kept, and looks anew where the file has changed', async () => {
  const nothing = { ...lost, keeps: 0, keptUntil: null, lostEntries: null, told: [] };
  shown({ 'recovery.preview-salvage': answers({ preview: nothing }) });
  await fireEvent.click(screen.getByTestId('recovery-check'));
  expect((await screen.findByTestId('salvage-preview')).textContent).toContain('Not even the first entry');
  expect(screen.queryByTestId('recovery-salvage')).toBeNull();
  cleanup();
  shown({
    'recovery.preview-salvage': answers({ preview: lost }),
    'recovery.salvage': () => refuse('salvage-changed'),
  });
  await fireEvent.click(screen.getByTestId('recovery-check'));
  await fireEvent.click(await screen.findByTestId('recovery-salvage'));
  await expect.poll(() => notices.list.map(({ id }) => id)).toEqual(['salvage-changed']);
  expect(screen.queryByTestId('salvage-preview')).toBeNull();
});

it('offers only the backup where the chain is whole and the keys are lost', () => {
  shown({}, false);
  expect(screen.getByTestId('recovery-choose')).toBeTruthy();
  expect(screen.queryByTestId('recovery-salvage')).toBeNull();
  expect(screen.queryByTestId('recovery-copy')).toBeNull();
});

it.each([
  { found: 'Europe/Berlin', words: "Times on this screen are on the clinic's clock (Europe/Berlin)." },
  {
    found: null,
    words:
      "Times on this screen are on this computer's clock (Asia/Shanghai): the clinic's time zone cannot be read.",
  },
])('says which clock the times are on: $found', async ({ found, words }) => {
  const state = { ...STATE, clinic: null, problem: 'ledger-damaged' as const, foundTimeZone: found };
  const app = new App(new ScriptedApi({ 'app.state': () => accept(state) }));
  await app.load();
  render(ProblemScreen, { app, problem: 'ledger-damaged' });
  expect(screen.getByTestId('problem-zone').textContent).toBe(words);
  expect(format.timeZone).toBe(found ?? STATE.systemTimeZone);
});
