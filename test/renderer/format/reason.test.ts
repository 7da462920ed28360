import { cleanup, render, screen } from '@testing-library/svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import { format } from '../../../src/renderer/format/format.svelte.ts';
import { reasonSentence, whyInRow, whyWaiting } from '../../../src/renderer/format/reason.ts';
import SentenceText from '../../../src/renderer/format/SentenceText.svelte';
import { wordsOf } from '../../../src/renderer/format/sentence.ts';
import { parseRoute } from '../../../src/renderer/shell/route.ts';
import { SUBSYSTEM_IDS } from '../../../src/shared/domain/subsystem.ts';
import { locale } from '../../../src/renderer/locale.svelte.ts';
import type { Locale } from '../../../src/shared/domain/local-text.ts';
import { LOCALES } from '../../../src/shared/domain/local-text.ts';
import { NOW, ZONE, clock, taskRow } from '../workspace/samples.ts';
import {
  REFUSALS,
  SEVERAL,
  WAITS,
  reason,
  stretch,
  subject,
  until1040,
  wang,
  zhang,
} from './reason-table.ts';

beforeEach(() => {
  format.timeZone = ZONE;
});

/** No code, id, empty slot or leftover of weaving; one sentence that ends as sentences do. */
function expectPlain(sentence: string, language: Locale): void {
  expect(sentence).toMatch(language === 'zh' ? /^[^。]*。$/ : /^[A-Z](?:[^.]|(?<=\b[A-Z])\.)*\.$/);
  expect(sentence).not.toMatch(/reason_|undefined|null|\[|\{|[\uE000\uE001]| {2}|[(（][)）]| [.,;。，；]/);
  expect(sentence).not.toMatch(/\bt-|[a-z]-(?:[a-z]+)(?: |$)|ultrasound\b/);
  if (language === 'zh') expect(sentence).not.toMatch(/\p{Script=Han} \p{Script=Han}/u);
}

describe('why it waits', () => {
  test.each([...WAITS, ...REFUSALS, ...SEVERAL])('$name', ({ reason: given, wantEn, wantZh }) => {
    for (const [language, want] of [
      ['en', wantEn],
      ['zh', wantZh],
    ] as const) {
      locale.set(language);
      const sentence = wordsOf(reasonSentence(given, subject));
      expect(sentence).toBe(want);
      expectPlain(sentence, language);
    }
  });

  test.each(LOCALES)('says the other subsystems by name too (%s)', (language) => {
    locale.set(language);
    const said = SUBSYSTEM_IDS.map((subsystem) =>
      wordsOf(reasonSentence(reason(stretch('limit', until1040)), { subsystem, now: NOW })),
    );
    expect(new Set(said).size).toBe(SUBSYSTEM_IDS.length);
    for (const sentence of said) expectPlain(sentence, language);
  });

  test.each(LOCALES)('leads to every named task, to the pool and nowhere else (%s)', (language) => {
    locale.set(language);
    for (const given of [...WAITS, ...REFUSALS]) {
      const parts = reasonSentence(given.reason, subject);
      const [segment] = given.reason.segments;
      const { blockers, poolId } = segment ?? given.reason.refusal ?? { blockers: [], poolId: null };
      const named = parts.flatMap((part) => (part.kind === 'task' ? [part.taskId] : []));
      const said = wordsOf(parts);
      if (named.length > 0) {
        expect(named).toEqual(blockers.slice(0, blockers.length > 3 ? 2 : 3).map((each) => each.taskId));
      }
      expect(parts.flatMap((part) => (part.kind === 'pool' ? [part.poolId] : []))).toEqual(
        said.includes(language === 'en' ? 'Ultrasound' : '超声室') ? [poolId] : [],
      );
    }
  });

  test.each(LOCALES)('its links open the task in its workspace and the pool among pools (%s)', (language) => {
    locale.set(language);
    const other = { ...wang, subsystem: 'insurance' } as const;
    const sentence = reasonSentence(
      reason(stretch('capacity', until1040, { blockers: [zhang, other] })),
      subject,
    );
    cleanup();
    render(SentenceText, { sentence });
    const routes = screen.getAllByRole('link').map((link) => parseRoute(link.getAttribute('href') ?? ''));
    expect(routes).toHaveLength(3);
    expect(routes).toEqual(
      expect.arrayContaining([
        { name: 'workspace', subsystem: 'imaging', params: { task: 't-zhang' } },
        { name: 'workspace', subsystem: 'insurance', params: { task: 't-wang' } },
        { name: 'pools', params: { pool: 'ultrasound' } },
      ]),
    );
  });
});

describe('what a row says of its wait', () => {
  beforeEach(() => locale.set('en'));

  test.each([
    { name: 'on hold', row: taskRow('t', { state: 'held' }), want: /^On hold\./ },
    {
      name: 'planned without an obstacle',
      row: taskRow('t'),
      want: /^Nothing holds it up: it starts about 10:40\.$/,
    },
    {
      name: 'not planned yet',
      row: taskRow('t', { state: 'waiting', start: null }),
      want: /^It has just been/,
    },
  ])('$name', ({ row, want }) => {
    const sentence = whyWaiting(row, NOW);
    expect(sentence && wordsOf(sentence)).toMatch(want);
  });

  test('nothing once it is confirmed without an obstacle, runs or has ended', () => {
    expect(whyWaiting(taskRow('t', { state: 'confirmed' }), NOW)).toBeNull();
    expect(whyWaiting(taskRow('t', { state: 'running' }), NOW)).toBeNull();
    expect(whyWaiting(taskRow('t', { state: 'finished' }), NOW)).toBeNull();
  });
});

describe('what a row says beside its start', () => {
  test.each(LOCALES)('what decides the wait, without the time, ending as a sentence (%s)', (language) => {
    locale.set(language);
    for (const given of [...WAITS, ...REFUSALS]) {
      const sentence = whyInRow(taskRow('t', { reason: given.reason }), NOW);
      expect(sentence).not.toBeNull();
      if (sentence) expectPlain(wordsOf(sentence), language);
    }
    const inUse = reason(stretch('capacity', until1040, { blockers: [zhang] }));
    const said = whyInRow(taskRow('t', { reason: inUse }), NOW);
    expect(said && wordsOf(said)).toBe(
      language === 'en' ? 'Waits for Ultrasound, taken by W. Zhang.' : '超声室由 W. Zhang 占用。',
    );
  });

  test('of a pool that is closed now: when it opens, and who holds it then', () => {
    const shut = stretch('closed', clock('10:25'), { isShut: true });
    const taken = stretch('capacity', clock('14:00'), { from: clock('10:25'), blockers: [zhang] });
    const said = (...stretches: Parameters<typeof reason>) => {
      const sentence = whyInRow(taskRow('t', { reason: reason(...stretches) }), NOW);
      return sentence && wordsOf(sentence);
    };
    locale.set('en');
    expect(said(shut)).toBe('Ultrasound is closed until 10:25.');
    expect(said(shut, taken)).toBe(
      'Ultrasound is closed until 10:25; then it waits for Ultrasound, taken by W. Zhang.',
    );
    locale.set('zh');
    expect(said(shut)).toBe('超声室要到 10:25 才开放。');
    expect(said(shut, taken)).toBe('超声室到 10:25 才开放；之后，超声室由 W. Zhang 占用。');
  });

  test('nothing where nothing holds the task up', () => {
    expect(whyInRow(taskRow('t'), NOW)).toBeNull();
    const over = reason(stretch('capacity', clock('10:10'), { from: clock('09:00') }));
    expect(whyInRow(taskRow('t', { reason: over }), NOW)).toBeNull();
    const closed = reason(stretch('closed', until1040));
    expect(whyInRow(taskRow('t', { state: 'confirmed', reason: closed }), NOW)).toBeNull();
  });
});
