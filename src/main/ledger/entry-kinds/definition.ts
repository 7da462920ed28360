/**
 * What a kind of entry is: the form of its payload, checked before it is written, and the projector that applies a
 * payload to the projections. A projector is a function of the payload and of rows that earlier entries made: no
 * clock, no randomness, no planning, or a rebuild would not give the same rows. A payload's form is never narrowed
 * once landed; another form is another kind.
 */
import { z } from 'zod';
import type { WriteDb } from '../handles.ts';

/** What a projector may know of the entry besides its payload. */
export interface EntryFacts {
  readonly seq: number;
  readonly effectiveSeconds: number;
  readonly actor: string;
}

export interface EntryKindDefinition<Payload> {
  readonly payload: z.ZodType<Payload>;
  /**
   * @throws Error when the payload does not fit the rows before it (caller bug: a wrong ledger is worse than a
   *   stopped application)
   */
  project(db: WriteDb, payload: Payload, entry: EntryFacts): void;
}

/** For kinds that only the chain and the reader of its entries need. */
export function projectsNothing(): void {
  /* The entry is all there is. */
}

/**
 * A strict object whose checked value has its keys in canonical order, however they are declared: writing it as
 * canonical JSON then needs no sorting.
 */
export function payloadObject<Shape extends z.core.$ZodShape>(
  shape: Shape,
): z.ZodObject<Shape, z.core.$strict> {
  const inOrder = Object.entries(shape).sort(([left], [right]) => (left < right ? -1 : 1));
  return z.strictObject(Object.fromEntries(inOrder) as Shape); // the same members in another order
}
