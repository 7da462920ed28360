/** The kinds of entries a ledger holds, by name: what a history is filtered by. Their payloads are the ledger's own. */
export const ENTRY_KIND_NAMES = [
  'task-submitted',
  'task-amended',
  'task-moved',
  'plan-adopted',
  'pool-set',
  'work-kind-set',
  'subsystem-set',
  'clinic-set',
  'settings-changed',
  'staff-set',
  'person-changed',
  'day-closed',
  'patient-registered',
  'patient-erased',
  'task-imported',
  'import-committed',
  'import-reversed',
  'report-exported',
  'checkpoint-signed',
  'epoch-started',
] as const;
export type EntryKindName = (typeof ENTRY_KIND_NAMES)[number];
