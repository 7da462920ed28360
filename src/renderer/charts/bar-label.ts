/**
 * What a bar says in the room it has: the whole name, else as many whole words of it as fit, else nothing. Nothing is
 * ever cut in the middle; the full name stands in the tooltip and the inspector. Widths are estimates on the safe side
 * for the body size of 14 px, so that no measuring is needed while a window is dragged.
 */
const HAN = /[\u2E80-\u9FFF\uF900-\uFAFF\uFF00-\uFFEF]/;
const NARROW = /[iljtfrI.,;:'|()[\] ]/;
const WIDE = /[mwMW@%]/;

const HAN_PIXELS = 14;
const NARROW_PIXELS = 4.6;
const WIDE_PIXELS = 12.4;
const USUAL_PIXELS = 8;
/** Fewer letters than this say nothing. */
const SHORTEST_LETTERS = 3;
/** A label does not end with one of these unless the name does. */
const JOINING: ReadonlySet<string> = new Set(['with', 'of', 'and', 'for', 'the', 'to', 'in', '&', '+', '–']);

export function textWidth(text: string): number {
  let width = 0;
  for (const letter of text) {
    width += HAN.test(letter)
      ? HAN_PIXELS
      : NARROW.test(letter)
        ? NARROW_PIXELS
        : WIDE.test(letter)
          ? WIDE_PIXELS
          : USUAL_PIXELS;
  }
  return width;
}

/** @returns an empty text when not even the first word fits */
export function labelFor(name: string, pixels: number): string {
  const words = name.split(' ');
  for (let count = words.length; count > 0; count -= 1) {
    const text = words
      .slice(0, count)
      .join(' ')
      .replace(/[,;:]$/, '');
    const last = words[count - 1] ?? '';
    const saysSomething = text.length >= SHORTEST_LETTERS && !JOINING.has(last);
    if (textWidth(text) <= pixels && (count === words.length || saysSomething)) return text;
  }
  return '';
}
