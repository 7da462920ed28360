/**
 * Online backups: a copy of one snapshot, made while the application goes on writing, verified, and only then put in
 * the place of an older one.
 */
import { statSync } from 'node:fs';
import { accept, refuse } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { isProven, proveLedger } from './full-verify.ts';
import type { LedgerProof } from './full-verify.ts';
import type { VerifyOptions } from './verify.ts';
import { unverifiedPath } from './paths.ts';
import type { Head } from './queries/head.ts';
import { isRetryable, storageFailureOf } from './sqlite-failure.ts';
import type { StorageFailure } from './sqlite-failure.ts';
import { copySnapshot, putInPlace, removeCopy } from './snapshot-file.ts';

export interface BackupOptions extends VerifyOptions {
  /** Proves the copy; on this thread unless said otherwise. */
  readonly prove?: (path: string, options: VerifyOptions) => Promise<LedgerProof>;
  /**
   * Copies what goes with the ledger (its keys), once the ledger's own copy has been verified: keys are written before
   * the entries that need them, so a later copy of them is never too old.
   */
  readonly companions?: () => Promise<void>;
}

export interface BackupDone {
  /** The chain as it stands in the backup. */
  readonly head: Head;
  readonly bytes: number;
}

/** Precedence is the order here; `backup-unproven` says the copy (or the ledger itself) did not verify. */
export type BackupRefusal = 'backup-unproven' | StorageFailure;

/** @param source  path of an open ledger @param target  path of the backup; an older one there is replaced */
export async function backUp(
  source: string,
  target: string,
  options: BackupOptions = {},
): Promise<Result<BackupDone, BackupRefusal>> {
  const copy = unverifiedPath(target);
  try {
    await copySnapshot(source, copy);
    const proof = await (options.prove ?? proveLedger)(copy, options);
    if (!isProven(proof) || proof.chain === null) return refuse('backup-unproven');
    const { head } = proof.chain;
    const bytes = statSync(copy).size;
    await options.companions?.();
    putInPlace(copy, target);
    return accept({ head, bytes });
  } catch (error) {
    const failure = storageFailureOf(error);
    if (failure === null) throw error;
    return refuse(failure, {}, isRetryable(failure));
  } finally {
    removeCopy(copy);
  }
}
