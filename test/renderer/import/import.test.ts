import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { locale } from '../../../src/renderer/locale.svelte.ts';
import { problemWords, remarkWords, resultWords } from '../../../src/renderer/screens/import/import-words.ts';
import type { ImportOutcome } from '../../../src/renderer/screens/import/import.svelte.ts';
import { ImportState } from '../../../src/renderer/screens/import/import.svelte.ts';
import type { Response } from '../../../src/shared/contract/index.ts';
import { ROW_PROBLEMS, ROW_REMARKS } from '../../../src/shared/domain/intake.ts';
import { LOCALES } from '../../../src/shared/domain/local-text.ts';
import { batchId, poolId } from '../../../src/shared/ids.ts';
import { accept, refuse } from '../../../src/shared/result.ts';
import { milli, seconds } from '../../../src/shared/units.ts';
import { NOW, compute, settled, ultrasound } from '../workspace/samples.ts';
import { ScriptedApi, answers } from '../workspace/scripted-api.ts';

const remarks = { 'no-end': 2, 'zero-length': 0, 'implausible-length': 0, overlaps: 12 };
const preview: Response<'import.preview'> = {
  mappings: [
    {
      table: 'encounters',
      isIncluded: true,
      poolId: ultrasound.id,
      rateMilli: milli(1000),
      defaultDurationSeconds: seconds(1800),
      urgency: 4,
    },
    {
      table: 'claims',
      isIncluded: true,
      poolId: poolId('new-clerks'),
      rateMilli: milli(1000),
      defaultDurationSeconds: seconds(900),
      urgency: 4,
    },
  ],
  newPools: [{ ...ultrasound, id: poolId('new-clerks') }],
  patients: 50,
  tables: [
    { table: 'encounters', rows: 2356, taken: 2350, leftOut: 6, remarks },
    { table: 'claims', rows: 3761, taken: 3761, leftOut: 0, remarks },
  ],
  problems: [],
  problemCount: 6,
  firstDate: '1948-03-02',
  lastDate: '2026-10-30',
};
const batch: Response<'import.list'>['batches'][number] = {
  batchId: batchId('b-1'),
  recordedAt: NOW,
  sourceName: 'export',
  mode: 'history',
  taken: 6111,
  actorName: 'Min Li',
  isReversed: false,
};

function scripted(given: ConstructorParameters<typeof ScriptedApi>[0] = {}): ScriptedApi {
  return new ScriptedApi({
    'import.list': answers({ batches: [batch] }),
    'pool.list': answers({ pools: [ultrasound, compute], strips: [] }),
    'import.preview': ({ mappings }) => accept({ ...preview, mappings: [...(mappings ?? preview.mappings)] }),
    'import.commit': answers({
      batchId: batchId('b-2'),
      taken: 6111,
      leftOut: 6,
      patients: 50,
      busiestMonth: '2020-03',
    }),
    'import.choose-folder': answers({ folder: '/export' }),
    'import.cancel': answers({}),
    'import.reverse': answers({}),
    ...given,
  });
}

async function previewed(api: ScriptedApi): Promise<ImportState> {
  const state = new ImportState(api);
  await state.load();
  state.setFolder('/export');
  await state.askPreview();
  return state;
}

beforeEach(() => locale.set('en'));

describe('an import', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  test('prefills the mapping, counts what would be taken and shows new pools', async () => {
    const state = await previewed(scripted());
    expect(state.takenCount).toBe(6111);
    expect(state.lines.map(({ isPoolNew }) => isPoolNew)).toEqual([false, true]);
    expect(state.pools.map((pool) => pool.id)).toEqual(['ultrasound', 'compute', 'new-clerks']);
    expect(state.canCommit).toBe(true);
  });

  test('reads a chosen folder at once, and nothing when the dialog was cancelled', async () => {
    const api = scripted();
    const state = new ImportState(api);
    await state.chooseFolder();
    expect(state.preview).not.toBeNull();
    const cancelled = new ImportState(scripted({ 'import.choose-folder': answers({ folder: null }) }));
    await cancelled.chooseFolder();
    expect(cancelled.folder).toBe('');
  });

  test('shows the preview of a changed mapping before it can be written', async () => {
    const api = scripted();
    const state = await previewed(api);
    state.setMapping('claims', { isIncluded: false });
    expect(state.canCommit).toBe(false);
    expect(state.takenCount).toBe(2350);
    await vi.advanceTimersByTimeAsync(500);
    expect(api.requestsOf('import.preview').at(-1)?.mappings?.[1]?.isIncluded).toBe(false);
    expect(state.canCommit).toBe(true);
  });

  test('writes what was shown, says what was taken and asks for the list again', async () => {
    const api = scripted();
    const state = await previewed(api);
    await state.commit();
    expect(api.requestsOf('import.commit')).toMatchObject([{ folder: '/export', mode: 'history' }]);
    expect(state.result && resultWords(state.result)).toBe(
      'Taken in: 2,350 encounters and 3,761 claims, for 50 patients. 6 rows left out.',
    );
    expect(state.preview).toBeNull();
    expect(api.requestsOf('import.list')).toHaveLength(2);
  });

  test('keeps preview and mapping when writing is refused', async () => {
    const state = await previewed(scripted({ 'import.commit': () => refuse('disk-full') }));
    await state.commit();
    expect(state.refusal?.code).toBe('disk-full');
    expect(state.preview).not.toBeNull();
  });

  test('shows progress while it works and forgets it afterwards; a cancel is no error', async () => {
    let answer: (() => void) | undefined;
    const api = scripted({
      'import.commit': () =>
        new Promise((resolve) => {
          answer = () => resolve(refuse('cancelled'));
        }),
    });
    const state = await previewed(api);
    const off = state.follow();
    const writing = state.commit();
    api.send('import.progress', { phase: 'writing', done: 10, total: 100 });
    expect(state.work).toBe('writing');
    expect(state.progress?.done).toBe(10);
    await state.cancel();
    answer?.();
    await writing;
    expect(state.progress).toBeNull();
    expect(state.refusal).toBeNull();
    off();
  });

  test('drops the answer about a folder that is no longer meant', async () => {
    const state = await previewed(scripted());
    const asked = state.askPreview();
    state.setFolder('/other');
    await asked;
    await settled();
    expect(state.preview).toBeNull();
    expect(state.work).toBe('nothing');
  });

  test('reverses only after a yes, and says why it could not', async () => {
    const api = scripted({ 'import.reverse': () => refuse('batch-in-use') });
    const state = await previewed(api);
    state.askReverse(batch);
    expect(api.requestsOf('import.reverse')).toEqual([]);
    expect(await state.reverse(batch.batchId)).toBe(false);
    expect(state.reverseRefusal?.code).toBe('batch-in-use');
    expect(state.reversing).toEqual(batch);
  });
});

describe('the words of an import', () => {
  const outcome: ImportOutcome = {
    batchId: batchId('b'),
    taken: 1,
    leftOut: 0,
    patients: 1,
    busiestMonth: null,
    mode: 'backlog',
    tables: [{ table: 'devices', taken: 1 }],
  };

  test('name results in both languages', () => {
    expect(resultWords(outcome)).toBe('Now waiting for a place: 1 device, for 1 patient. 0 rows left out.');
    locale.set('zh');
    expect(resultWords(outcome)).toBe('1 台设备已进入等待，涉及 1 位患者；0 行未导入。');
  });

  test.each(LOCALES)('name every problem and remark (%s)', (language) => {
    locale.set(language);
    for (const code of ROW_PROBLEMS) {
      expect(problemWords({ file: 'a.csv', line: 2, code, column: 'START' })).toMatch(/START/);
    }
    const all = Object.fromEntries(ROW_REMARKS.map((code) => [code, 3])) as typeof remarks; // one count per code
    expect(
      remarkWords({ table: 'claims', rows: 3, taken: 3, leftOut: 0, remarks: all }).split(' · '),
    ).toHaveLength(ROW_REMARKS.length);
  });
});

test('a figure that cannot be read is not written, and the last one that could is kept for the preview', async () => {
  const api = scripted();
  const state = await previewed(api);
  state.setMapping('claims', { isUnitsWrong: true });
  await state.askPreview();
  await state.commit();
  expect([state.areFaultsShown, api.requestsOf('import.commit')]).toEqual([true, []]);
  state.setMapping('claims', { isIncluded: false });
  await state.askPreview();
  await state.commit();
  expect(api.requestsOf('import.commit')[0]?.mappings[1]).toMatchObject({ table: 'claims', rateMilli: 1000 });
});
