/** What one opening of a ledger's file consists of, how it stands, and why it may be refused. */
import type { EntryWriter } from './append.ts';
import type { Connection } from './connection.ts';
import type { ReadDb, WriteDb } from './handles.ts';
import type { HybridClock } from './hybrid-clock.ts';
import type { StorageFailure } from './sqlite-failure.ts';
import type { ReadOnlyCause } from './write-probe.ts';

/**
 * Why a ledger is not opened. Precedence is the order here. `params`: `version` with `ledger-newer`, `seq` with
 * `ledger-damaged` where known.
 */
export type OpenRefusal =
  | 'folder-missing'
  | 'ledger-on-network'
  | 'ledger-missing'
  | 'not-a-ledger'
  | 'ledger-newer'
  | 'storage-unsuitable'
  | StorageFailure;

/** What one opening of the file consists of; `reopen` makes a new one. */
export interface OpenFile {
  readonly writer: Connection;
  readonly reader: Connection;
  readonly writeDb: WriteDb;
  readonly txDb: ReadDb;
  readonly readDb: ReadDb;
  readonly entries: EntryWriter;
  readonly clock: HybridClock;
}

export type LedgerState =
  | { readonly status: 'open' }
  /** Everything can be read; every command is refused. */
  | { readonly status: 'read-only'; readonly failure: ReadOnlyCause }
  | { readonly status: 'failed'; readonly failure: StorageFailure }
  | { readonly status: 'closed' };
