/** Whole sentences one after the other: with a blank between them in English, without one in Chinese. */
import { locale } from '../locale.svelte.ts';

export function inARow(sentences: readonly string[]): string {
  return sentences.join(locale.current === 'zh' ? '' : ' ');
}
