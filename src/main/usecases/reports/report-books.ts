/**
 * The books that a report is made from: an open workplace, or a reader beside the window that has the ledger open. Only
 * reads; what a saved file leaves in the ledger is written by whoever may write.
 */
import type { Head, ReadDb } from '../../ledger/index.ts';
import type { StaffMember } from '../../../shared/domain/clinic.ts';
import type { Instant } from '../../../shared/units.ts';
import type { Surroundings } from '../handlers.ts';
import type { IdentityBook } from '../identities.ts';

export interface ReportBooks {
  readonly db: ReadDb;
  /** Where other connections read it. */
  readonly ledger: { readonly readPath: string };
  readonly surroundings: Pick<Surroundings, 'version' | 'printReport'>;
  /** Null where the keys are not open: then nobody can be named. */
  readonly identities: Pick<IdentityBook, 'of'> | null;
  now(): Instant;
  /** The end of the chain that everything here was read from. */
  head(): Head;
  /** Whoever is at the desk. */
  person(): StaffMember | null;
}
