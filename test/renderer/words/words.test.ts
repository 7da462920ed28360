// @vitest-environment node
/** Both languages are whole: the same messages, the same placeholders, words for every refusal. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMON_ERRORS } from '../../../src/shared/contract/channel.ts';
import { LEDGER_PROBLEMS } from '../../../src/shared/contract/clinic.ts';
import { CONTRACT } from '../../../src/shared/contract/index.ts';
import { LOCALES } from '../../../src/shared/domain/local-text.ts';
import { errorMessageName, errorWords } from '../../../src/shared/messages/error-words.ts';
import { problemWords } from '../../../src/renderer/screens/problem/problem-words.ts';

const folder = join(import.meta.dirname, '../../../messages');
const files = readdirSync(join(folder, 'en')).filter((name) => name.endsWith('.json'));

function messagesOf(locale: string, file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(folder, locale, file), 'utf8')) as Record<string, unknown>;
}

/** Names between braces, of every variant; `shown` is how a count is written. */
function placeholders(message: unknown): string[] {
  const names = [...JSON.stringify(message).matchAll(/\{(\w+)\}/g)].map(
    (match) => match[1]?.replace('shown', 'count') ?? '',
  );
  return [...new Set(names)].sort();
}

describe('messages', () => {
  for (const file of files) {
    it(`${file} says the same in both languages`, () => {
      const en = messagesOf('en', file);
      const zh = messagesOf('zh', file);
      expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
      for (const key of Object.keys(en))
        expect([key, placeholders(zh[key])]).toEqual([key, placeholders(en[key])]);
    });
  }

  it('give every refusal of the contract its own words in both languages', () => {
    const known = { en: messagesOf('en', 'errors.json'), zh: messagesOf('zh', 'errors.json') };
    const codes = new Set<string>([
      ...COMMON_ERRORS,
      ...Object.values(CONTRACT).flatMap((channel) => channel.errors),
    ]);
    const missing = [...codes].filter((code) =>
      LOCALES.some((locale) => !(errorMessageName(code) in known[locale])),
    );
    expect(missing).toEqual([]);
  });

  it('tell an unknown code as an internal error', () => {
    const unknown = errorWords({ code: 'never-heard-of', params: {} }, 'en');
    expect(unknown).toBe(errorWords({ code: 'internal', params: {} }, 'en'));
  });

  it('tell every ledger problem: what, meaning, advice', () => {
    for (const problem of LEDGER_PROBLEMS) {
      for (const locale of LOCALES) {
        const words = problemWords(problem, locale);
        expect(Object.values(words).every((text) => text.length >= 4)).toBe(true);
      }
    }
  });
});
