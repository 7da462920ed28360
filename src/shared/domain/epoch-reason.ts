/** Why a chain epoch began: the ledger was made, a backup restored, the whole part kept, the file copied or moved. */
export const EPOCH_REASONS = ['created', 'restored', 'recovered', 'copied', 'moved'] as const;
export type EpochReason = (typeof EPOCH_REASONS)[number];
