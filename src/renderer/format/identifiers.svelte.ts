/** Which two identifiers tell a patient apart in this clinic, for every row of the window and for paper. */
import type { IdentifierPair } from '../../shared/domain/day-list.ts';
import { DEFAULT_IDENTIFIERS } from '../../shared/domain/day-list.ts';

class Identifiers {
  pair = $state.raw<IdentifierPair>(DEFAULT_IDENTIFIERS);
}

export const identifiers = new Identifiers();
