/** Which options a typed text leaves: those whose label and detail hold every word of it, in the order given. */
import type { Option } from './option.ts';

const LIMIT = 200;

const folded = (words: string): string => words.normalize('NFKC').toLowerCase();

/** @returns at most 200 options */
export function matchingOptions(options: readonly Option[], typed: string): readonly Option[] {
  const words = folded(typed).split(/\s+/).filter(Boolean);
  const matches: Option[] = [];
  for (const option of options) {
    const hay = folded(`${option.label} ${option.detail ?? ''}`);
    if (words.every((word) => hay.includes(word))) matches.push(option);
    if (matches.length === LIMIT) break;
  }
  return matches;
}
