/**
 * Why a backup is put in the place of a ledger that is whole. Chosen and not typed: free text could name a patient, and
 * stands in the chain for ever.
 */
export const RESTORE_REASONS = [
  'wrong-entries',
  'wrong-import',
  'other-computer',
  'advised',
  'other',
] as const;
export type RestoreReason = (typeof RESTORE_REASONS)[number];
