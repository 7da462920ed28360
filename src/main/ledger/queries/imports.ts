/** Reads the imports, reversed ones included. */
import type { BatchId, StaffId } from '../../../shared/ids.ts';
import { instant } from '../../../shared/units.ts';
import type { Instant } from '../../../shared/units.ts';
import type { SettingValue } from '../entry-kinds/clinic.ts';
import type { ReadDb } from '../handles.ts';

export interface ImportRecord {
  readonly batchId: BatchId;
  readonly source: string;
  readonly mapping: SettingValue;
  readonly counts: Readonly<Record<string, number>>;
  readonly committedAt: Instant;
  readonly actor: StaffId;
  readonly isReversed: boolean;
}

interface ImportRow {
  readonly batchId: BatchId;
  readonly source: string;
  readonly mapping: string;
  readonly counts: string;
  readonly committedAt: number;
  readonly actor: StaffId;
  readonly reversedSeq: number | null;
}

const IMPORT_COLUMNS = `batch_id AS batchId, source, mapping, counts, committed_at_seconds AS committedAt, actor,
  reversed_seq AS reversedSeq`;

function importOf(row: ImportRow): ImportRecord {
  const { batchId, source, actor } = row;
  return {
    batchId,
    source,
    actor,
    mapping: JSON.parse(row.mapping) as SettingValue, // canonical JSON by CHECK
    counts: JSON.parse(row.counts) as Record<string, number>, // written from a checked payload
    committedAt: instant(row.committedAt),
    isReversed: row.reversedSeq !== null,
  };
}

/** Newest first. */
export function listImports(db: ReadDb): ImportRecord[] {
  return db.all<ImportRow>(`SELECT ${IMPORT_COLUMNS} FROM imports ORDER BY committed_seq DESC`).map(importOf);
}

export function findImport(db: ReadDb, batchId: BatchId): ImportRecord | null {
  const row = db.get<ImportRow>(`SELECT ${IMPORT_COLUMNS} FROM imports WHERE batch_id = :batchId`, {
    batchId,
  });
  return row === null ? null : importOf(row);
}
