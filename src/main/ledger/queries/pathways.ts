/** Reads care pathways: the templates, and the chain of tasks that a task was entered with. */
import type { Pathway } from '../../../shared/domain/pathway.ts';
import type { PathwayId, TaskId } from '../../../shared/ids.ts';
import type { ReadDb } from '../handles.ts';

function pathwayOf(row: { readonly pathway: string }): Pathway {
  return JSON.parse(row.pathway) as Pathway; // the projector wrote it from a checked payload
}

/** In the order they were first entered, those no longer offered included. */
export function listPathways(db: ReadDb): Pathway[] {
  return db
    .all<{ pathway: string }>(`SELECT pathway FROM pathways ORDER BY first_seq, pathway_id`)
    .map(pathwayOf);
}

export function findPathway(db: ReadDb, id: PathwayId): Pathway | null {
  const row = db.get<{ pathway: string }>(`SELECT pathway FROM pathways WHERE pathway_id = :id`, { id });
  return row === null ? null : pathwayOf(row);
}

export interface PathwayChain {
  readonly pathwayId: PathwayId;
  /** All tasks that were entered together, in their order. */
  readonly taskIds: readonly TaskId[];
}

export const FIND_PATHWAY_CHAIN = `
  SELECT t.task_id AS taskId, p.pathway_id AS pathwayId
  FROM pathway_tasks p JOIN tasks t ON t.task_key = p.task_key
  WHERE p.started_seq = (SELECT started_seq FROM pathway_tasks
    WHERE task_key = (SELECT task_key FROM tasks WHERE task_id = :taskId))
  ORDER BY p.position`;

/** The chain a task belongs to; null for one that was entered by itself. */
export function findPathwayChain(db: ReadDb, taskId: TaskId): PathwayChain | null {
  const rows = db.all<{ taskId: TaskId; pathwayId: PathwayId }>(FIND_PATHWAY_CHAIN, { taskId });
  const [first] = rows;
  return first ? { pathwayId: first.pathwayId, taskIds: rows.map((row) => row.taskId) } : null;
}
