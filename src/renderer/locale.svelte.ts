/**
 * The language the window speaks now. Compiled messages ask it through `overwriteGetLocale`, so every `m.key()` in a
 * template is re-read when it changes. Kept apart from the application state because words are needed before it.
 */
import { overwriteGetLocale } from '../shared/messages/index.ts';
import { LOCALES, type Locale, type LocalText } from '../shared/domain/local-text.ts';

class LocaleState {
  current = $state<Locale>('en');

  /** Switches every word at once and tells the browser which language (and which Han glyphs) it shows. */
  set(next: Locale): void {
    this.current = next;
    document.documentElement.lang = next === 'zh' ? 'zh-CN' : 'en';
  }
}

export const locale = new LocaleState();

overwriteGetLocale(() => locale.current);

/** A clinic's own name for something, in the language of the window. */
export function text(name: LocalText): string {
  return name[locale.current];
}

/** The language that main put in the page's address, or null. @param search  `?language=zh` */
export function localeOfAddress(search: string): Locale | null {
  const said = new URLSearchParams(search).get('language');
  return LOCALES.find((known) => known === said) ?? null;
}

/** The system's language as one of ours, or null when it is neither and has to be asked for. */
export function localeOfSystem(languages: readonly string[]): Locale | null {
  const first = languages[0]?.slice(0, 2).toLowerCase();
  return LOCALES.find((known) => known === first) ?? null;
}
