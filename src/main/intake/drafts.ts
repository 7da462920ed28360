/**
 * What a reader hands over: plain drafts that nobody has written yet. Who a patient is stands in `identity` alone;
 * task and work kind drafts name a patient by a digest at most, because a source system's own ids point at people.
 * Digests are made by the ledger's keyed function, so that they mean nothing outside this ledger.
 */
import type { PatientIdentity } from '../../shared/domain/clinic.ts';
import type {
  ImportMode,
  RowProblem,
  RowRemarkCode,
  SourceTable,
  TableCount,
  TableMapping,
} from '../../shared/domain/intake.ts';
import type { LocalText } from '../../shared/domain/local-text.ts';
import type { SubsystemId } from '../../shared/domain/subsystem.ts';
import type { Instant, Seconds } from '../../shared/units.ts';

/** What the ledger knows of sources that were imported before (a reversed import is not known any more). */
export interface SourceRegistry {
  /** Keyed digest of a source row's identity; the same text always gives the same digest within one ledger. */
  digestOf(sourceKey: string): string;
  isKnown(digest: string): boolean;
}

export interface PatientDraft {
  readonly digest: string;
  /** True when an earlier import brought this patient in; then nothing needs to be made. */
  readonly isKnown: boolean;
  readonly identity: PatientIdentity;
}

export interface WorkKindDraft {
  /** Unique among the drafts: table and code. */
  readonly key: string;
  readonly table: SourceTable;
  readonly subsystem: SubsystemId;
  /** SNOMED CT, DICOM modality or the source's own code. */
  readonly code: string;
  readonly name: LocalText;
}

export interface TaskDraft {
  /** Digest of what makes the source row unique; kept with the task to recognise a second import. */
  readonly digest: string;
  readonly table: SourceTable;
  /** The first line of the file it comes from, counting the header as 1. */
  readonly line: number;
  /** Rows it stands for: 1, or all rows of a research data set. */
  readonly rowCount: number;
  readonly workKindKey: string;
  /** A `PatientDraft.digest`; null for work that is not about one patient. */
  readonly patientDigest: string | null;
  /** When it ran; both null in a backlog. An end is always after its start, and never after the reader's `now`. */
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly durationSeconds: Seconds;
  /** When it was wished for: its start in history, the reader's `now` (or a later start) in a backlog. */
  readonly earliestStart: Instant;
  readonly remarks: readonly RowRemarkCode[];
}

export interface IntakeDrafts {
  readonly mode: ImportMode;
  readonly patients: readonly PatientDraft[];
  readonly workKinds: readonly WorkKindDraft[];
  /** In the order of the tables, then of the lines. */
  readonly tasks: readonly TaskDraft[];
  /** Every row left out, in the order of the files, then of the lines. */
  readonly problems: readonly RowProblem[];
  /** One per table that is included and present, in the order of `SOURCE_TABLES`. */
  readonly counts: readonly TableCount[];
  /** Included tables the folder has no file for. */
  readonly absentTables: readonly SourceTable[];
}

export interface IntakeProgress {
  readonly bytesRead: number;
  readonly bytesTotal: number;
}

export interface ReadOptions {
  readonly folder: string;
  readonly mode: ImportMode;
  readonly now: Instant;
  /** For times that a file writes without a zone. */
  readonly timeZone: string;
  /** Which tables to read and their default durations; tables without a mapping are not read. */
  readonly mappings: readonly Pick<TableMapping, 'table' | 'isIncluded' | 'defaultDurationSeconds'>[];
  readonly registry: SourceRegistry;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: IntakeProgress) => void;
}

/**
 * Why a folder was not read at all, in order of precedence. `params.file` names the file (one of the export's own
 * names), `params.column` the column, `params.cause` what is wrong with the file.
 */
export type FolderRefusal =
  'cancelled' | 'folder-missing' | 'not-an-export' | 'file-unreadable' | 'missing-column';
