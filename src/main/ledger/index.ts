/** What the rest of the application may use of the ledger. */
export { openLedger, openReader, SYSTEM_ACTOR } from './open.ts';
export type { LedgerReader, OpenOptions } from './open.ts';
export type { Command, Commit, Ledger, LedgerState, LedgerTx, OpenRefusal, WriteRefusal } from './ledger.ts';
export type { ReadDb } from './handles.ts';
export type { Clock, HybridTime } from './hybrid-clock.ts';
export type { Entry } from './entry.ts';
export type { EntryKind, EntryPayloads } from './entry-kinds/index.ts';
export { digest, sealed } from './sealed.ts';
export type { Digest, Sealed } from './sealed.ts';
export type { StorageFailure } from './sqlite-failure.ts';
export { canonicalJson } from './canonical-json.ts';
export { keyStorePath } from './paths.ts';
export { verifyChain } from './verify.ts';
export type { ChainFault, ChainReport, VerifyOptions } from './verify.ts';
export * from './queries/index.ts';
