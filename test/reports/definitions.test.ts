/** Every indicator is defined whole, in both languages, and docs/indicators.md is the same list. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { indicatorDefinitions } from '../../src/main/reports/indicators/definitions.ts';
import type { LocalText } from '../../src/shared/domain/local-text.ts';

const page = readFileSync(new URL('../../docs/indicators.md', import.meta.url), 'utf8');
const COLUMNS = 8;

/** Letters that are signs in every language, and names of standards. */
const SIGNS = new Set(['min', 'max', 'dt', 'NHS', 'KH']);

/** Every word of two letters or more that is no sign. */
function latinWords(text: string): string[] {
  return (text.match(/[a-z]{2,}/gi) ?? []).filter((word) => !SIGNS.has(word));
}

function both({ en, zh }: LocalText): string {
  return `${en}<br>${zh}`;
}

it('every indicator has a name, formula, numerator, denominator, unit, exclusions and source', () => {
  const definitions = indicatorDefinitions();
  expect(new Set(definitions.map(({ id }) => id)).size).toBe(definitions.length);
  for (const { id, name, formula, numerator, denominator, unit, exclusions, source } of definitions) {
    for (const text of [name, formula, numerator, denominator, unit, exclusions]) {
      expect(text.en, id).not.toBe('');
      // A bare formula is the same in every language.
      if (text.zh !== text.en) expect(text.zh, id).toMatch(/\p{Script=Han}/u);
      else expect(latinWords(text.en), id).toEqual([]);
      expect(text.en, id).not.toMatch(/\p{Script=Han}/u);
    }
    expect(source, id).not.toBe('');
  }
});

it('a definition in Chinese holds no English words, its formula neither', () => {
  expect(latinWords('min(V, C − used) dt')).toEqual(['used']);
  for (const { id, name, formula, numerator, denominator, unit, exclusions } of indicatorDefinitions()) {
    for (const text of [name, formula, numerator, denominator, unit, exclusions]) {
      expect(latinWords(text.zh), `${id}: ${text.zh}`).toEqual([]);
    }
  }
});

it('docs/indicators.md lists them, in their order and words', () => {
  const rows = page
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    // A bar within a cell is escaped.
    .map((line) => line.split(/(?<!\\)\|/).slice(1, COLUMNS + 1))
    .map((cells) => cells.map((cell) => cell.trim().replaceAll('\\|', '|')));
  expect(rows).toEqual(
    indicatorDefinitions().map(({ id, name, formula, numerator, denominator, unit, exclusions, source }) => [
      `\`${id}\``,
      both(name),
      formula.en === formula.zh ? `\`${formula.en}\`` : `\`${formula.en}\`<br>\`${formula.zh}\``,
      both(numerator),
      both(denominator),
      both(unit),
      both(exclusions),
      source,
    ]),
  );
});
