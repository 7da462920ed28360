/**
 * Sentences with linked nouns. A message keeps its own word order in each language; its placeholders are filled with
 * nouns that a screen draws as links or times. Owns how the two are woven together, knows no message.
 */
import type { Locale } from '../../shared/domain/local-text.ts';
import type { SubsystemId } from '../../shared/domain/subsystem.ts';
import type { PoolId, TaskId } from '../../shared/ids.ts';
import type { Instant } from '../../shared/units.ts';

export type SentencePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'time'; readonly text: string; readonly at: Instant }
  | { readonly kind: 'task'; readonly text: string; readonly taskId: TaskId; readonly subsystem: SubsystemId }
  | { readonly kind: 'pool'; readonly text: string; readonly poolId: PoolId };

/** In reading order; no two neighbouring parts are both text. */
export type Sentence = readonly SentencePart[];

/** Gives the stand-in that a message is filled with in place of a noun (or of a piece of sentence). */
export type Noun = (sentence: Sentence) => string;

/* Private-use characters: no clinic's own names hold them, and `plain` text that does is only shown oddly. */
const OPEN = '\uE000';
const CLOSE = '\uE001';
const HAN_AT_START = /^\p{Script=Han}/u;
const HAN_AT_END = /\p{Script=Han}$/u;
const LATIN_AT_START = /^[\p{Script=Latin}\d]/u;
const LATIN_AT_END = /[\p{Script=Latin}\d]$/u;
const STAND_IN = new RegExp(`${OPEN}(\\d+)${CLOSE}`);

/**
 * The sentence of a message.
 * @param fill  calls the message, giving `noun(parts)` for each placeholder that is not plain text
 */
export function weave(fill: (noun: Noun) => string): Sentence {
  const nouns: Sentence[] = [];
  const filled = fill((sentence) => `${OPEN}${nouns.push(sentence) - 1}${CLOSE}`);
  // Splitting by a pattern with one group gives text, index, text, index, …, text.
  const pieces = filled
    .split(STAND_IN)
    .map((piece, at) => (at % 2 === 0 ? plain(piece) : (nouns[Number(piece)] ?? [])));
  return merged(spaced(pieces.flat()));
}

/* Made once: a list of rows joins names in every one of them. */
const LISTS: Readonly<Record<Locale, Intl.ListFormat>> = {
  en: new Intl.ListFormat('en-GB', { type: 'conjunction' }),
  zh: new Intl.ListFormat('zh-CN', { type: 'conjunction' }),
};

/** `A, B and C` or `A、B和C`. */
export function listed(sentences: readonly Sentence[], locale: Locale): Sentence {
  return weave((noun) => LISTS[locale].format(sentences.map(noun)));
}

export function plain(text: string): Sentence {
  return [{ kind: 'text', text }];
}

/** The words alone: for tooltips and for readers that follow no links. */
export function wordsOf(sentence: Sentence): string {
  return sentence.map((part) => part.text).join('');
}

function merged(parts: Sentence): Sentence {
  const result: SentencePart[] = [];
  for (const part of parts) {
    if (part.text === '') continue;
    const last = result.at(-1);
    if (part.kind === 'text' && last?.kind === 'text') {
      result[result.length - 1] = { kind: 'text', text: last.text + part.text };
    } else result.push(part);
  }
  return result;
}

/** Chinese print sets a space between Han and Latin text; a message cannot know which script its nouns will have. */
function spaced(parts: Sentence): Sentence {
  return parts.flatMap((part, at) => {
    const before = parts[at - 1]?.text ?? '';
    const meets =
      (HAN_AT_END.test(before) && LATIN_AT_START.test(part.text)) ||
      (LATIN_AT_END.test(before) && HAN_AT_START.test(part.text));
    return meets ? [...plain(' '), part] : [part];
  });
}
