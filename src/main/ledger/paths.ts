/**
 * Where a ledger's companions lie: every one of them is the ledger's own path with a suffix, so that a technician who
 * copies "the ledger and what begins with its name" has copied all of it.
 */

/** Keys of patients, drafts and digests; kept by `security/`. */
export function keyStorePath(ledgerPath: string): string {
  return `${ledgerPath}.keys`;
}

/** Locked exclusively by the one process that may write; holds no data. */
export function lockPath(ledgerPath: string): string {
  return `${ledgerPath}.lock`;
}

/** Where a backup is written before it has been verified. */
export function unverifiedPath(targetPath: string): string {
  return `${targetPath}.unverified`;
}

/** The file as it was before its form was brought up to date; kept until somebody removes it. */
export function formerFormPath(ledgerPath: string, version: number): string {
  return `${ledgerPath}.form-${version}`;
}

/** When and where backups are made by themselves: a small JSON file, like the next one. */
export function backupPlanPath(ledgerPath: string): string {
  return `${ledgerPath}.backup-plan`;
}

/** When and where the last backup was made: a small JSON file, readable also when the ledger is not. */
export function backupRecordPath(ledgerPath: string): string {
  return `${ledgerPath}.last-backup`;
}

/** Written and removed again to see whether there is room. */
export function probePath(ledgerPath: string): string {
  return `${ledgerPath}.room`;
}
