/** What the rest of the application may use of the ledger. */
export { openLedger, openReader } from './open.ts';
export { findKnownZone } from './known-zone.ts';
export { opensSlowly } from './slow-open.ts';
export { openLedgerReadOnly } from './open-read-only.ts';
export { fileSignature, isReadOnlyCause, whyReadOnly } from './write-probe.ts';
export type { ReadOnlyCause } from './write-probe.ts';
export { SYSTEM_ACTOR } from './epochs.ts';
export type { EpochStart } from './epochs.ts';
export type { LedgerReader, OpenOptions } from './open.ts';
export type { Command, Commit, LedgerTx, WriteRefusal } from './command.ts';
export type { Ledger } from './ledger.ts';
export type { LedgerState, OpenRefusal } from './open-file.ts';
export type { ReadDb } from './handles.ts';
export type { Clock, HybridTime } from './hybrid-clock.ts';
export { isAsWritten } from './entry.ts';
export type { Entry } from './entry.ts';
export type { EntryKind, EntryPayloads } from './entry-kinds/index.ts';
export type { Standing, TaskRescheduled } from './entry-kinds/task-reschedules.ts';
export type { TaskStand } from './entry-kinds/task-reversals.ts';
export type { HeldWindow } from './entry-kinds/imports.ts';
export { digest, sealed } from './sealed.ts';
export type { Digest, Sealed } from './sealed.ts';
export type { StorageFailure } from './sqlite-failure.ts';
export { canonicalJson } from './canonical-json.ts';
export { backupPlanPath, backupRecordPath, keyStorePath } from './paths.ts';
export { isOnNetwork } from './network-place.ts';
export { isHeldByWriter } from './writer-lock.ts';
export { isOfDatabase, StorageFailed, storageFailureOf } from './sqlite-failure.ts';
export { removeFile } from './sync-file.ts';
export { checkpointSigner, contradictedHeads } from './checkpoints.ts';
export type { CheckpointSigner, RecordedHead, RecordedHeads } from './checkpoints.ts';
export { verifyChain } from './verify.ts';
export type { ChainFault, ChainReport, VerifyOptions } from './verify.ts';
export { isProven, joinProof, proveFile, proveLedger, proveProjections } from './full-verify.ts';
export type { FileProof, LedgerProof } from './full-verify.ts';
export type { ProjectionDifference } from './compare.ts';
export type { CapacityExcess } from './capacity/prove-capacity.ts';
export { backUp } from './backup.ts';
export type { BackupDone, BackupOptions, BackupRefusal } from './backup.ts';
export { previewRestore, recoverLedger, restoreBackup, suffixOf } from './restore.ts';
export type { RestoreOptions, RestorePreview, RestoreRefusal } from './restore.ts';
export { previewSalvage } from './salvage-preview.ts';
export type { LostEntry, SalvagePreview } from './salvage-preview.ts';
export { openLookBack } from './look-back/look-back.ts';
export type { LookBack } from './look-back/look-back.ts';
export { LOOK_BACK_BY } from './look-back/instant-of.ts';
export type { LookBackAt, LookBackBy } from './look-back/instant-of.ts';
export { findFirstStart, listSettledDays, unsettledStretches } from './settled-days.ts';
export type { Stretch } from './settled-days.ts';
export {
  findLastMeasuring,
  listMarkedDays,
  listReportedDays,
  listReportsOfDays,
  listSettledGroups,
  listSettledReports,
} from './settled-reports.ts';
export type {
  MarkedDay,
  SettledGroups,
  SettledGroupsRow,
  SettledReport,
  SettledReportRow,
} from './settled-reports.ts';
export * from './queries/index.ts';
