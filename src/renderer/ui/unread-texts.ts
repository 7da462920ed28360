/**
 * What stands in a control and is no value yet: half a date, a word where a number is wanted. The control's value is null
 * then, so a form that keeps drafts gives its controls a place for the text itself, under the control's test id, which is
 * the one name that it has in its form. Outside such a form the text lives as long as the control.
 */
import { getContext, setContext } from 'svelte';

/** By control. */
export type UnreadTexts = Map<string, string>;

const KEY = Symbol('unread texts');

export function provideUnreadTexts(texts: UnreadTexts): void {
  setContext(KEY, texts);
}

/** Of the control that is being made; reads and writes nothing where the form keeps none or the control has no name. */
export function unreadText(control: string | undefined): {
  /** What stood there when it was kept; undefined when nothing unreadable did. */
  readonly kept: string | undefined;
  /** @param text  null once it can be read */
  readonly keep: (text: string | null) => void;
} {
  const texts = getContext<UnreadTexts | undefined>(KEY);
  return {
    kept: control === undefined ? undefined : texts?.get(control),
    keep: (text) => {
      if (control === undefined) return;
      if (text === null || text.trim() === '') texts?.delete(control);
      else texts?.set(control, text);
    },
  };
}
