/** What the rest of the application may use of keys, persons and permissions. */
export { openCheckpointKey } from './checkpoint-key.ts';
export type { CheckpointKey, SystemEncryption } from './checkpoint-key.ts';
export { openInstallation } from './installation.ts';
export type { Installation } from './installation.ts';
export { openKeyStore } from './open-key-store.ts';
export type { KeyStoreOptions, KeyStoreRefusal } from './open-key-store.ts';
export { openKeyStoreInMemory } from './open-key-store-in-memory.ts';
export { copyKeyStore } from './copy-key-store.ts';
export { KeyStoreDamaged } from './key-file.ts';
export type { DraftRow } from './key-file.ts';
export type { KeyStore, NumberedPatient, Subject } from './key-store.ts';
export type { Draft, DraftKey } from './drafts.ts';
export { isAllowed, PERMISSIONS, permissionsOf } from './permissions.ts';
export type { Permission } from './permissions.ts';
export { mayAct, personAtDesk } from './sessions.ts';
export { restoreKeyStore } from './restore-key-store.ts';
export type { KeyRestore } from './restore-key-store.ts';
export { inspectKeyStore } from './inspect-key-store.ts';
