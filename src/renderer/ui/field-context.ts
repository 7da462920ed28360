/**
 * How a control learns, from the `Field` around it, its id, what describes it and whether it is wrong. Controls used
 * outside a field get an id of their own.
 */
import { getContext, setContext } from 'svelte';

export interface FieldContext {
  /** Null in a group, whose controls keep ids of their own. */
  readonly controlId: string | null;
  /** Of the field's own label: a control of several parts is named by it and the part. */
  readonly labelId: string;
  /** Ids of hint and error, for `aria-describedby`; undefined when there is neither. */
  readonly describedBy: string | undefined;
  readonly isInvalid: boolean;
  readonly isRequired: boolean;
}

const KEY = Symbol('field');

export function provideField(field: FieldContext): void {
  setContext(KEY, field);
}

export function fieldContext(): FieldContext | undefined {
  return getContext<FieldContext | undefined>(KEY);
}
