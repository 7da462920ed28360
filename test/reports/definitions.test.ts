/** Every indicator is defined whole, in both languages, and docs/indicators.md is the same list. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { indicatorDefinitions } from '../../src/main/reports/indicators/definitions.ts';
import type { LocalText } from '../../src/shared/domain/local-text.ts';

const page = readFileSync(new URL('../../docs/indicators.md', import.meta.url), 'utf8');
const COLUMNS = 8;

function both({ en, zh }: LocalText): string {
  return `${en}<br>${zh}`;
}

it('every indicator has a name, formula, numerator, denominator, unit, exclusions and source', () => {
  const definitions = indicatorDefinitions();
  expect(new Set(definitions.map(({ id }) => id)).size).toBe(definitions.length);
  for (const { id, name, formula, numerator, denominator, unit, exclusions, source } of definitions) {
    for (const text of [name, numerator, denominator, unit, exclusions]) {
      expect(text.en, id).not.toBe('');
      // A bare formula is the same in every language.
      if (text.zh !== text.en) expect(text.zh, id).toMatch(/\p{Script=Han}/u);
      else expect(text.en, id).not.toMatch(/[a-z]{3}/i);
      expect(text.en, id).not.toMatch(/\p{Script=Han}/u);
    }
    expect(
      [formula, source].every((text) => text !== ''),
      id,
    ).toBe(true);
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
      `\`${formula}\``,
      both(numerator),
      both(denominator),
      both(unit),
      both(exclusions),
      source,
    ]),
  );
});
