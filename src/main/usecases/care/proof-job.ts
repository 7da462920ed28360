/** What a proving thread is asked and what it says: plain data both ways. */
import type { FileProof, LedgerProof, StorageFailure } from '../../ledger/index.ts';

/** One half of a proof: what the file and its chain say, or its projections against a rebuild. */
export interface ProofJob {
  readonly path: string;
  readonly half: 'file' | 'projections';
}

export type ProofMessage =
  /** How many entries the half has been through. */
  | { readonly kind: 'progress'; readonly done: number }
  | { readonly kind: 'file'; readonly proof: FileProof }
  | { readonly kind: 'projections'; readonly differences: LedgerProof['differences'] }
  | { readonly kind: 'failed'; readonly failure: StorageFailure };
