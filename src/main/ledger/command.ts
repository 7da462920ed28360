/** What goes into the ledger's one writer and comes out of it: a command, the transaction its work runs in, a reply. */
import type { CommandId, StaffId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import type { Instant } from '../../shared/units.ts';
import type { EntryKind, EntryPayloads } from './entry-kinds/index.ts';
import type { ReadDb } from './handles.ts';
import type { Digest } from './sealed.ts';
import type { StorageFailure } from './sqlite-failure.ts';

export interface Command {
  readonly commandId: CommandId;
  /** Keyed digest of the canonical request body (`KeyStore.digest`). */
  readonly bodyDigest: Digest;
  /** The person at the desk, or `SYSTEM_ACTOR`. */
  readonly actor: StaffId;
}

/** Precedence of the refusals of `write` is their order here. */
export type WriteRefusal = 'ledger-closed' | StorageFailure | 'command-id-reused' | 'clock-jump';

/** What a command's work may do. It is dead once the work has ended. */
export interface LedgerTx {
  /** The wall clock when the command began: UTC seconds. */
  readonly now: Instant;
  /** Reads that see what this transaction has written. */
  readonly db: ReadDb;
  /**
   * Appends an entry and applies it to the projections.
   * @param options.effective  when it happened; `now` unless said otherwise
   * @returns its sequence number
   * @throws ZodError or ProjectionConflict when it does not fit (caller bug)
   */
  append<Kind extends EntryKind>(
    kind: Kind,
    payload: EntryPayloads[Kind],
    options?: { readonly effective?: Instant },
  ): number;
}

/** A commit that has happened: entries `firstSeq` to `lastSeq`. */
export interface Commit {
  readonly firstSeq: number;
  readonly lastSeq: number;
}

export type Work<Reply, Code extends string> = (
  tx: LedgerTx,
) => Result<Reply, Code> | Promise<Result<Reply, Code>>;
