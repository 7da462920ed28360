/** What the key store, another SQLite file with the same worries, shares with the ledger. For `security/` only. */
export { openForReading, openForWriting, openInMemory, openScratch, PragmaMismatch } from './connection.ts';
export type { Connection } from './connection.ts';
export { readHandle, writeHandle } from './handles.ts';
export type { ReadDb, WriteDb } from './handles.ts';
export { isOfDatabase, isRetryable, storageFailureOf } from './sqlite-failure.ts';
export type { StorageFailure } from './sqlite-failure.ts';
export { giveRights } from './file-rights.ts';
export { syncFile } from './sync-file.ts';
export { copySnapshot, putInPlace, removeCopy, setAside } from './snapshot-file.ts';
export { structureFaults } from './structure.ts';
export { unverifiedPath } from './paths.ts';
