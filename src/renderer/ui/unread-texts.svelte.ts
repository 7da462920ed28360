/**
 * What stands in a control and is no value yet: half a date, a word where a number is wanted. The control's value is null
 * then, so a form that keeps drafts gives its controls a place for the text itself, under the control's test id, which is
 * the one name that it has in its form. Outside such a form the text lives as long as the control.
 *
 * A row of a list is known by its key and not by its place, which changes when a row before it goes: what stands in its
 * controls is kept under the key, and goes with the row.
 */
import { getContext, setContext } from 'svelte';

/** By control. */
export type UnreadTexts = Map<string, string>;

/** The list and the key of a row: `need:2`. */
export type RowName = `${string}:${string | number}`;

interface Place {
  readonly texts: UnreadTexts;
  /** The name that a control of this test id has in its form. */
  readonly nameOf: (control: string) => string;
}

const KEY = Symbol('unread texts');

export function provideUnreadTexts(texts: UnreadTexts): void {
  setContext<Place>(KEY, { texts, nameOf: (control) => control });
}

/**
 * For the controls of one row; call it in a component that is made per row.
 * @param place  the number that the test ids of its controls carry; left out where they carry none
 */
export function provideUnreadRow(row: RowName, place?: number): void {
  const around = getContext<Place | undefined>(KEY);
  if (!around) return;
  const numbered = place === undefined ? '' : `-${place}`;
  setContext<Place>(KEY, {
    texts: around.texts,
    nameOf: (control) => `${row}/${control.replace(numbered, '')}`,
  });
}

/**
 * A row that goes takes along what stands in its controls; call it in the component that shows the list.
 * @param rows  those that are there now
 */
export function forgetRowsThatGo(rows: () => readonly RowName[]): void {
  const texts = getContext<Place | undefined>(KEY)?.texts;
  let before: readonly RowName[] = [];
  $effect(() => {
    const there = rows();
    const gone = before.filter((row) => !there.includes(row));
    before = there;
    for (const name of [...(texts?.keys() ?? [])]) {
      if (gone.some((row) => name.startsWith(`${row}/`))) texts?.delete(name);
    }
  });
}

/** Of the control that is being made; reads and writes nothing where the form keeps none or the control has no name. */
export function unreadText(control: string | undefined): {
  /** What stood there when it was kept; undefined when nothing unreadable did. */
  readonly kept: string | undefined;
  /** @param text  null once it can be read */
  readonly keep: (text: string | null) => void;
} {
  const place = getContext<Place | undefined>(KEY);
  const name = control === undefined ? undefined : place?.nameOf(control);
  return {
    kept: name === undefined ? undefined : place?.texts.get(name),
    keep: (text) => {
      if (name === undefined) return;
      if (text === null || text.trim() === '') place?.texts.delete(name);
      else place?.texts.set(name, text);
    },
  };
}
