/** A name that a person gives in the window's language, and in the other one where it differs. Pure. */
import type { Locale, LocalText } from '../../shared/domain/local-text.ts';

export interface NameValues {
  here: string;
  /** Empty where the name is the same in both. */
  other: string;
}

export function nameValuesOf(name: LocalText, locale: Locale): NameValues {
  const other = name[locale === 'en' ? 'zh' : 'en'];
  return { here: name[locale], other: other === name[locale] ? '' : other };
}

export function localTextOf({ here, other }: NameValues, locale: Locale): LocalText {
  const [written, translated] = [here.trim(), other.trim() || here.trim()];
  return locale === 'en' ? { en: written, zh: translated } : { en: translated, zh: written };
}

/** A number for the next row of a list, so that a row keeps its controls while others come and go. */
export function nextKey(rows: readonly { readonly key: number }[]): number {
  return rows.reduce((largest, { key }) => Math.max(largest, key), 0) + 1;
}
