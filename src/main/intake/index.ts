/**
 * The intake layer's door: everything that use cases may take from it. Reads and checks; never writes.
 */
export { busiestMonth } from './busiest-month.ts';
export { readClinicExport } from './clinic-export/read-folder.ts';
export type {
  FolderRefusal,
  IntakeDrafts,
  IntakeProgress,
  PatientDraft,
  ReadOptions,
  SourceRegistry,
  TaskDraft,
  WorkKindDraft,
} from './drafts.ts';
export { suggestMapping } from './suggest-mapping.ts';
export { suggestPools } from './suggest-pools.ts';
