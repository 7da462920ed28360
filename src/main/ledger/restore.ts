/**
 * Puts a proven backup in the place of a ledger, or saves what is whole of a damaged one. The file that was there is set
 * aside, never removed; what comes after goes on in a new chain epoch that names the head and length of the old one.
 * The ledger must be closed. Its key store is restored beside it by `security/`.
 */
import { accept, refuse } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { openForReading } from './connection.ts';
import type { EpochStart } from './epochs.ts';
import { identify } from './file-identity.ts';
import { isProven, proveLedger } from './full-verify.ts';
import { readHandle } from './handles.ts';
import type { Clock } from './hybrid-clock.ts';
import { openLedger } from './open.ts';
import type { OpenRefusal } from './open-file.ts';
import { unverifiedPath } from './paths.ts';
import { readEntries } from './queries/entries.ts';
import { findHead } from './queries/head.ts';
import type { Head } from './queries/head.ts';
import { salvageChain } from './salvage.ts';
import { digest } from './sealed.ts';
import { copySnapshot, putInPlace, removeCopy, setAside } from './snapshot-file.ts';
import { isRetryable, storageFailureOf } from './sqlite-failure.ts';
import { acquireWriterLock } from './writer-lock.ts';

export type RestoreRefusal = 'backup-unproven' | OpenRefusal;

/** What restoring would mean. */
export interface RestorePreview {
  readonly backup: Head;
  /** Null where the ledger cannot be read. */
  readonly live: Head | null;
  /** Whether the backup is an earlier state of this ledger, by its hashes; false for another clinic's. */
  readonly isEarlierState: boolean;
  /** Entries that are in the ledger and not in the backup; null where that cannot be told. */
  readonly lostEntries: number | null;
}

export interface RestoreOptions {
  readonly path: string;
  readonly clock: Clock;
  /** Who restores a ledger that is whole, and why. */
  readonly by?: EpochStart['by'];
}

/** How a file that was set aside is told from the one in use, and from others set aside. */
export function suffixOf(clock: Clock, reason: 'damaged' | 'replaced'): string {
  return `.${reason}-${new Date(clock.nowMs()).toISOString().replace(/[-:]|\.\d+/g, '')}`;
}

function refusalOf(error: unknown): Result<never, RestoreRefusal> {
  const failure = storageFailureOf(error);
  if (failure === null) throw error;
  return refuse(failure, {}, isRetryable(failure));
}

/** The head of whatever lies at `path`, as far as it can be read. */
function headAt(path: string): Head | null {
  try {
    const connection = openForReading(path);
    try {
      return findHead(readHandle(connection));
    } finally {
      connection.close();
    }
  } catch {
    return null; // absent or damaged: there is nothing to compare with
  }
}

function hashAt(path: string, seq: number): string | null {
  const connection = openForReading(path);
  try {
    return readEntries(readHandle(connection), seq - 1, 1)[0]?.hash ?? null;
  } finally {
    connection.close();
  }
}

/** @returns why the backup cannot be used, or null */
async function refusalOfBackup(backup: string): Promise<RestoreRefusal | null> {
  const identity = identify(backup);
  if (identity.kind === 'absent') return 'ledger-missing';
  if (identity.kind === 'foreign') return 'not-a-ledger';
  if (identity.kind === 'newer') return 'ledger-newer';
  if (identity.kind === 'damaged' || !isProven(await proveLedger(backup))) return 'backup-unproven';
  return null;
}

/** What would be lost by restoring `backup` over the ledger at `path`; proves the backup first. */
export async function previewRestore(
  backup: string,
  path: string,
): Promise<Result<RestorePreview, RestoreRefusal>> {
  const refusal = await refusalOfBackup(backup);
  const head = refusal === null ? headAt(backup) : null;
  if (head === null) return refuse(refusal ?? 'backup-unproven');
  const live = headAt(path);
  if (live === null) return accept({ backup: head, live, isEarlierState: false, lostEntries: null });
  const isEarlierState = hashAt(path, head.seq) === head.hash;
  return accept({
    backup: head,
    live,
    isEarlierState,
    lostEntries: isEarlierState ? live.seq - head.seq : null,
  });
}

/** Opens what now lies at the path and begins the epoch that follows `before`. */
async function beginEpoch(
  options: RestoreOptions,
  reason: EpochStart['reason'],
  before: Head | null,
): Promise<Result<Head, RestoreRefusal>> {
  const opened = await openLedger(options);
  if (!opened.ok) return opened;
  const ledger = opened.value;
  ledger.confirmClock(); // a person chose to restore: an old backup is no clock jump
  const started = await ledger.startEpoch({
    reason,
    previousHead: before === null ? null : digest(before.hash),
    previousLength: before?.seq ?? ledger.head().seq,
    by: options.by,
  });
  await ledger.close();
  if (started.ok) return started;
  const { code, params, retryable } = started.error;
  return code === 'ledger-closed' || code === 'command-id-reused' || code === 'clock-jump'
    ? refuse('ledger-io', params, retryable) // none of these can come of a ledger that was opened just now
    : refuse(code, params, retryable);
}

/** Runs `work` while no other copy can write. */
async function alone<Value, Code extends string = RestoreRefusal>(
  path: string,
  work: () => Promise<Result<Value, RestoreRefusal | Code>>,
): Promise<Result<Value, RestoreRefusal | Code>> {
  try {
    const lock = acquireWriterLock(path);
    if (lock === null) return refuse('ledger-busy', {}, true);
    try {
      return await work();
    } finally {
      lock.release();
    }
  } catch (error) {
    return refusalOf(error);
  }
}

/** @returns the head of the new epoch; the ledger is left closed */
export async function restoreBackup(
  backup: string,
  options: RestoreOptions,
): Promise<Result<Head, RestoreRefusal>> {
  const before = headAt(options.path);
  const placed = await alone(options.path, async () => {
    const refusal = await refusalOfBackup(backup);
    if (refusal !== null) return refuse(refusal);
    const copy = unverifiedPath(options.path);
    try {
      await copySnapshot(backup, copy);
      setAside(options.path, suffixOf(options.clock, 'replaced'));
      putInPlace(copy, options.path);
      return accept(null);
    } finally {
      removeCopy(copy);
    }
  });
  return placed.ok ? beginEpoch(options, 'restored', before) : placed;
}

/**
 * Saves the longest valid chain of a damaged ledger: entries from the first to the last that is right, with projections
 * made anew.
 * @param options.keeps  how many entries a person was told would be kept; `salvage-changed` where it is another number now
 * @returns the head of the new epoch, or `ledger-damaged` when not even the first entry could be read
 */
export async function recoverLedger(
  options: RestoreOptions & { readonly keeps?: number },
): Promise<Result<Head, RestoreRefusal | 'salvage-changed'>> {
  const before = headAt(options.path);
  const placed = await alone(options.path, async () => {
    const copy = unverifiedPath(options.path);
    removeCopy(copy);
    try {
      const saved = await salvageChain(options.path, copy);
      if (saved === 0) return refuse('ledger-damaged');
      if (options.keeps !== undefined && saved !== options.keeps) return refuse('salvage-changed');
      setAside(options.path, suffixOf(options.clock, 'damaged'));
      putInPlace(copy, options.path);
      return accept(null);
    } finally {
      removeCopy(copy);
    }
  });
  return placed.ok ? beginEpoch(options, 'recovered', before) : placed;
}
