/**
 * The language a machine asks for, as one of ours.
 */
import { LOCALES, type Locale } from '../../shared/domain/local-text.ts';

/**
 * @param languages  BCP 47 tags, the most wanted first, as the system gives them
 * @returns null when the most wanted is neither English nor Chinese: first run then asks in both
 */
export function localeOfSystem(languages: readonly string[]): Locale | null {
  const primary = languages[0]?.split(/[-_]/)[0]?.toLowerCase();
  return LOCALES.find((locale) => locale === primary) ?? null;
}
