/** The Ledger screen's state and words: pages and filters that do not mix, a proof that can be stopped, plain sentences. */
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { format } from '../../../src/renderer/format/format.svelte.ts';
import { locale } from '../../../src/renderer/locale.svelte.ts';
import { entrySentence, isEnteredLater } from '../../../src/renderer/screens/ledger/entry-words.ts';
import LedgerScreen from '../../../src/renderer/screens/ledger/LedgerScreen.svelte';
import { LedgerState } from '../../../src/renderer/screens/ledger/ledger.svelte.ts';
import ProofSheet from '../../../src/renderer/screens/ledger/ProofSheet.svelte';
import VerifyLine from '../../../src/renderer/screens/ledger/VerifyLine.svelte';
import type { HistoryEntry } from '../../../src/shared/contract/ledger.ts';
import type { LedgerFault } from '../../../src/shared/domain/ledger-verdict.ts';
import { ENTRY_KIND_NAMES } from '../../../src/shared/domain/entry-kind.ts';
import { TASK_ACTIONS } from '../../../src/shared/domain/lifecycle.ts';
import { LOCALES } from '../../../src/shared/domain/local-text.ts';
import { staffId, taskId } from '../../../src/shared/ids.ts';
import { entryKindWords } from '../../../src/shared/messages/ledger-words.ts';
import { accept, refuse } from '../../../src/shared/result.ts';
import type { Refusal } from '../../../src/shared/result.ts';
import { instant } from '../../../src/shared/units.ts';
import { STATE } from '../gallery/fixtures.ts';
import { fillJsdomGaps } from '../workspace/jsdom-gaps.ts';
import { settled } from '../workspace/samples.ts';
import ScreenFrame from '../workspace/ScreenFrame.svelte';
import { answers, ScriptedApi } from '../workspace/scripted-api.ts';

const NOW = Date.UTC(2026, 10, 18, 2, 20) / 1000;

function entry(seq: number, given: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    seq,
    recordedAt: instant(NOW),
    effectiveAt: instant(NOW),
    kind: 'task-moved',
    isAltered: false,
    actorName: 'Min Li',
    detail: 'start',
    name: null,
    count: null,
    task: {
      taskId: taskId('t-1'),
      subsystem: 'imaging',
      workKind: { en: 'Carotid ultrasound', zh: '颈动脉超声' },
      patient: { name: 'Jing Chen', birthDate: '1968-04-02', number: null },
    },
    hash: 'a'.repeat(64),
    ...given,
  };
}

function stateOn(script: ConstructorParameters<typeof ScriptedApi>[0]) {
  const api = new ScriptedApi(script);
  const refusals: Refusal[] = [];
  return { api, refusals, state: new LedgerState(api, null, (refusal) => refusals.push(refusal)) };
}

beforeEach(() => {
  locale.set('en');
  format.timeZone = 'Asia/Shanghai';
});
afterEach(cleanup);

describe('the history', () => {
  it('loads older pages behind the newest, and keeps them when the ledger has grown', async () => {
    let newest = 9;
    const { state, api } = stateOn({
      'ledger.history': ({ beforeSeq }) =>
        beforeSeq === null
          ? accept({ entries: [entry(newest), entry(newest - 1)], beforeSeq: newest - 1 })
          : accept({ entries: [entry(beforeSeq - 1)], beforeSeq: null }),
    });
    await state.load();
    await state.loadOlder();
    newest = 10;
    await state.load();
    expect(state.entries.map(({ seq }) => seq)).toEqual([10, 9, 8, 7]);
    expect(state.olderBefore).toBeNull();
    expect(api.requestsOf('ledger.history').map(({ beforeSeq }) => beforeSeq)).toEqual([null, 8, null]);
  });

  it('drops the answer to a filter that was left meanwhile', async () => {
    const waiting: (() => void)[] = [];
    const { state } = stateOn({
      'ledger.history': async ({ staffId: asked }) => {
        if (asked === null) await new Promise<void>((resolve) => waiting.push(resolve));
        return accept({ entries: [entry(asked === null ? 1 : 2)], beforeSeq: null });
      },
    });
    const slow = state.load();
    await state.byPerson(staffId('s-1'));
    waiting.forEach((resolve) => resolve());
    await slow;
    expect(state.entries.map(({ seq }) => seq)).toEqual([2]);
  });
});

describe('the history by text', () => {
  it('passes over stretches without a find, and asks for all again when it is emptied', async () => {
    const { state, api } = stateOn({
      'ledger.history': ({ beforeSeq, text }) => {
        if (text === null) return accept({ entries: [entry(9)], beforeSeq: null });
        if (beforeSeq === null) return accept({ entries: [], beforeSeq: 6 });
        return accept({ entries: beforeSeq === 6 ? [] : [entry(2)], beforeSeq: beforeSeq === 6 ? 3 : null });
      },
    });
    await state.byText(' chen ');
    expect(state.entries.map(({ seq }) => seq)).toEqual([2]);
    expect(state.isFiltered).toBe(true);
    expect(api.requestsOf('ledger.history').map(({ text, beforeSeq }) => [text, beforeSeq])).toEqual([
      ['chen', null],
      ['chen', 6],
      ['chen', 3],
    ]);
    await state.byText('  ');
    expect({ isFiltered: state.isFiltered, seqs: state.entries.map(({ seq }) => seq) }).toEqual({
      isFiltered: false,
      seqs: [9],
    });
  });
});

describe('the proof', () => {
  const whole = {
    isWhole: true,
    length: 5869,
    epoch: 1,
    hash: `9f3c${'0'.repeat(56)}e1a7`,
    at: instant(1_795_000_000),
    checkpoints: { matching: 0, own: null, last: [] },
    epochs: [],
    faults: [],
  };

  it('shows its progress and then a verdict in one line', async () => {
    let finish: () => void = () => undefined;
    const { state, api } = stateOn({
      'ledger.verify': async () => {
        await new Promise<void>((resolve) => (finish = resolve));
        return accept(whole);
      },
    });
    render(VerifyLine, { ledger: state, head: null });
    await fireEvent.click(screen.getByTestId('ledger-verify'));
    api.send('verify.progress', { done: 40, total: 100 });
    expect((await screen.findByTestId('verify-progress')).textContent).toContain('Verifying');
    expect(state.progress).toEqual({ done: 40, total: 100 });
    finish();
    expect((await screen.findByTestId('ledger-verdict')).textContent?.trim()).toBe(
      'Whole: 5,869 entries, head 9f3c…e1a7',
    );
  });

  it('prints who verified what, only after a verdict', async () => {
    const { state } = stateOn({ 'ledger.verify': answers(whole) });
    render(VerifyLine, { ledger: state, head: null, person: 'Min Li' });
    expect(screen.queryByTestId('ledger-print-proof')).toBeNull();
    await fireEvent.click(screen.getByTestId('ledger-verify'));
    await screen.findByTestId('ledger-print-proof');
    expect(state.proof).toMatchObject({ by: 'Min Li', at: whole.at, verdict: { hash: whole.hash } });
  });

  it('lists on paper the checkpoints it rests on, and every chain epoch with why it began', () => {
    const signed = { seq: 5860, at: whole.at, length: 5859, head: 'ab'.repeat(32), keyId: 'this-key' };
    const began = { seq: 1, epoch: 1, at: whole.at, reason: 'created' as const, previousHead: null };
    const checkpoints = {
      matching: 14,
      own: { count: 14, keptBy: 'system' as const, keyId: 'this-key' },
      last: [signed, { ...signed, seq: 5865, keyId: 'another-key' }],
    };
    const epochs = [
      { ...began, previousLength: 0, by: null },
      {
        ...began,
        epoch: 2,
        seq: 5801,
        reason: 'restored' as const,
        previousHead: 'cd'.repeat(32),
        previousLength: 5812,
        by: { name: 'Min Li', why: 'wrong-import' as const },
      },
      { ...began, epoch: 3, seq: 5868, reason: 'recovered' as const, previousLength: 5867, by: null },
    ];
    const verdict = { ...whole, epoch: 3, checkpoints, epochs };
    render(ProofSheet, { proof: { verdict, at: whole.at, by: 'Min Li' }, state: STATE });
    const rows = [...screen.getByTestId('proof-sheet').querySelectorAll('tbody tr')];
    const told = rows.map((row) => row.textContent?.replaceAll(/\s+/g, ' ') ?? '');
    expect(told).toHaveLength(5);
    expect(told[0]).toContain(`5,859${'abababab '.repeat(8).trim()}1`);
    expect(told[1]).toMatch(/2$/);
    expect(told[3]).toContain('Min Li restored a backup: A wrong import.');
    expect(told[3]).toContain('12 entries of the chain before are not in this one.');
    expect(told[3]).toContain(`5,812 entries ${'cdcdcdcd '.repeat(8).trim()}`);
    expect(told[4]).toContain('The longest valid chain was saved');
    expect(told[4]).toContain('head not known');
    const paper = screen.getByTestId('proof-sheet').textContent ?? '';
    expect(paper).toContain('Listed here: the last 2.');
    expect(paper).toContain('this-key (this computer’s key)');
    expect(paper).toContain('another-key');
    expect(paper).not.toContain('another-key (');
  });

  it('says which entry is wrong and what it touches', async () => {
    const faults = [
      { kind: 'entry' as const, seq: 12, code: 'hash-wrong' as const, entryKind: 'task-moved', about: 't-5' },
    ];
    const { state } = stateOn({ 'ledger.verify': answers({ ...whole, isWhole: false, faults }) });
    render(VerifyLine, { ledger: state, head: null });
    await state.verify();
    expect((await screen.findByTestId('ledger-faults')).textContent).toContain(
      'Entry 12 (progress of a task, t-5): its content is not what was recorded',
    );
    expect(screen.getByRole('alert').textContent?.trim()).toBe('Not whole: 1 fault');
  });

  const broken: Readonly<Record<string, { fault: LedgerFault; steps: readonly string[] }>> = {
    'an altered entry': {
      fault: { kind: 'entry', seq: 12, code: 'hash-wrong', entryKind: 'task-moved', about: 't-5' },
      steps: ['stop', 'copy', 'restore', 'keep'],
    },
    'a damaged page': {
      fault: { kind: 'file', text: 'Page 7: btreeInitPage() returns error code 11' },
      steps: ['stop', 'copy', 'restore', 'keep'],
    },
    'a derived row': {
      fault: { kind: 'row', table: 'tasks', row: 't-5', code: 'different' },
      steps: ['stop', 'copy', 'rebuild'],
    },
    'an excess that nothing explains': {
      fault: {
        kind: 'excess',
        pool: { en: 'Rooms', zh: '诊室' },
        unit: null,
        excess: 1,
        unitName: { en: 'rooms', zh: '间' },
        from: '2026-11-18 10:00',
        until: '2026-11-18 11:00',
        holds: [],
      },
      steps: ['go-on'],
    },
  };
  it.each(Object.entries(broken))(
    'says what to do about %s, in both languages',
    async (_, { fault, steps }) => {
      const { state } = stateOn({ 'ledger.verify': answers({ ...whole, isWhole: false, faults: [fault] }) });
      render(VerifyLine, { ledger: state, head: null });
      await state.verify();
      for (const language of LOCALES) {
        locale.set(language);
        const list = await screen.findByTestId('ledger-advice');
        const items = [...list.querySelectorAll('li')];
        expect(items.map(({ dataset }) => dataset['testid'])).toEqual(steps.map((step) => `advice-${step}`));
        expect(new Set(items.map(({ textContent }) => textContent)).size).toBe(steps.length);
      }
    },
  );

  it('saves the copy for support and leads to the backups', async () => {
    const faults = [broken['an altered entry']?.fault].filter((fault) => fault !== undefined);
    const { api, state } = stateOn({
      'ledger.verify': answers({ ...whole, isWhole: false, faults }),
      'recovery.save-copy': answers({ path: '/usb/clinic.ledger.damaged' }),
    });
    render(VerifyLine, { ledger: state, head: null });
    await state.verify();
    await fireEvent.click(await screen.findByTestId('advice-save-copy'));
    expect(api.requestsOf('recovery.save-copy')).toHaveLength(1);
    expect(screen.getByTestId('advice-backups').getAttribute('href')).toBe('#/settings?at=backups');
  });

  it('says nothing of what to do while the ledger is whole', async () => {
    const { state } = stateOn({ 'ledger.verify': answers(whole) });
    render(VerifyLine, { ledger: state, head: null });
    await state.verify();
    expect(screen.queryByTestId('ledger-advice')).toBeNull();
  });

  it('ends quietly when it was stopped', async () => {
    const { state, refusals } = stateOn({ 'ledger.verify': () => refuse('cancelled') });
    await state.verify();
    expect({ verdict: state.verdict, progress: state.progress, refusals }).toEqual({
      verdict: null,
      progress: null,
      refusals: [],
    });
  });
});

describe('the words of an entry', () => {
  it.each(LOCALES)('tell every kind and every action of its own in %s', (language) => {
    locale.set(language);
    const sentences = [
      ...ENTRY_KIND_NAMES.map((kind) => entrySentence(entry(1, { kind, detail: null }))),
      ...TASK_ACTIONS.filter((action) => action !== 'plan' && action !== 'unplan').map((detail) =>
        entrySentence(entry(1, { detail })),
      ),
    ];
    expect(new Set(sentences).size).toBe(sentences.length);
    for (const kind of ENTRY_KIND_NAMES) expect(entryKindWords(kind, language)).not.toBe(kind);
  });

  it('name the person, the work and the patient', () => {
    expect(entrySentence(entry(1))).toBe('Min Li started Carotid ultrasound, Jing Chen 1968-04-02.');
    locale.set('zh');
    expect(entrySentence(entry(1))).toBe('Min Li开始 颈动脉超声（Jing Chen 1968-04-02）。');
  });

  it('name a setting by what it is for, not by its key', () => {
    const sentenceOf = (detail: string) => entrySentence(entry(1, { kind: 'settings-changed', detail }));
    expect(sentenceOf('views-0a1b2c')).toBe('Min Li changed their saved views.');
    for (const key of ['day-list', 'patient-identifiers', 'export-schedules', 'export-mapping'])
      expect(sentenceOf(key)).not.toContain(key);
  });

  it('tell the two times apart only where they differ', () => {
    expect(isEnteredLater(entry(1))).toBe(false);
    expect(isEnteredLater(entry(1, { effectiveAt: instant(NOW - 900) }))).toBe(true);
  });
});

describe('a link to a task while the book is open', () => {
  it('turns to the entries of that task, and leaves them when the address says nothing more', async () => {
    fillJsdomGaps();
    const api = new ScriptedApi({
      'ledger.history': answers({ entries: [entry(3)], beforeSeq: null }),
    });
    const props = (params: Record<string, string>) => ({
      ...{ screen: LedgerScreen as never, api },
      route: { name: 'ledger' as const, params },
    });
    const { rerender } = render(ScreenFrame, { props: props({}) });
    const asked = () => api.calls.map((call) => (call.request as { taskId: string | null }).taskId);
    await waitFor(() => expect(asked()).toEqual([null]));
    await rerender(props({ task: 't-7' }));
    await waitFor(() => expect(asked()).toEqual([null, 't-7']));
    await rerender(props({}));
    await rerender(props({ task: 't-8' }));
    await waitFor(() => expect(asked()).toEqual([null, 't-7', 't-8']));
    await rerender(props({ task: 'no such id!' }));
    await settled();
    expect(asked()).toHaveLength(3);
  });
});
