/**
 * A name that a clinic gives to one of its own things, in both languages. A clinic that works in one language writes
 * it once and `sameText` keeps it in both, so that no screen ever shows an empty name.
 */

export const LOCALES = ['en', 'zh'] as const;
export type Locale = (typeof LOCALES)[number];

export interface LocalText {
  readonly en: string;
  readonly zh: string;
}

export function sameText(text: string): LocalText {
  return { en: text, zh: text };
}
