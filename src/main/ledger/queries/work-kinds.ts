/** Reads the clinic's catalogue of work. */
import type { WorkKindId } from '../../../shared/ids.ts';
import type { WorkKind } from '../../../shared/domain/task.ts';
import type { ReadDb } from '../handles.ts';

function workKindOf(row: { readonly workKind: string }): WorkKind {
  return JSON.parse(row.workKind) as WorkKind; // the projector wrote it from a checked payload
}

/** In the order they were first entered. */
export function listWorkKinds(db: ReadDb): WorkKind[] {
  return db
    .all<{ workKind: string }>(`SELECT work_kind AS workKind FROM work_kinds ORDER BY first_seq`)
    .map(workKindOf);
}

export function findWorkKind(db: ReadDb, workKindId: WorkKindId): WorkKind | null {
  const row = db.get<{ workKind: string }>(
    `SELECT work_kind AS workKind FROM work_kinds WHERE work_kind_id = :workKindId`,
    { workKindId },
  );
  return row === null ? null : workKindOf(row);
}
