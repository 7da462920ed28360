/**
 * A figure with its unit as people say it. A clinic names its units once, in the plural (rooms, people, cores); English
 * wants the singular for exactly one, Chinese never changes the word.
 */
import type { Locale } from '../../shared/domain/local-text.ts';
import { wholeUnits } from './figures.ts';

const ONE_UNIT = 1000;

/** Endings of English plurals, the most particular first; a word that has none of them stays as it is. */
const ENDINGS: readonly (readonly [plural: RegExp, singular: string])[] = [
  [/\bpeople$/i, 'person'],
  [/(?<=\w)men$/i, 'man'],
  [/(?<=[a-z]{2})ies$/i, 'y'],
  [/(?<=x|ss|ch|sh)es$/i, ''],
  [/(?<=\w[^siu\W])s$/, ''],
];

/** `rooms` → `room`, `people` → `person`; `TB` and `staff` stay. */
export function singular(unitName: string): string {
  const ending = ENDINGS.find(([plural]) => plural.test(unitName));
  return ending ? unitName.replace(ending[0], ending[1]) : unitName;
}

/** The unit beside a figure that stands on its own: `room` beside 1. */
export function unitWord(locale: Locale, amount: number | null, unitName: string): string {
  return locale === 'en' && amount === 1 ? singular(unitName) : unitName;
}

/** `3 rooms`, `1 room`, `1.5 cores`; 3 间. */
export function unitCount(locale: Locale, valueMilli: number, unitName: string): string {
  return `${wholeUnits(locale, valueMilli)} ${unitWord(locale, valueMilli / ONE_UNIT, unitName)}`;
}
