/**
 * Entries about imports: finished work brought in as history, the batch it belongs to, and the reversal of a whole
 * batch (the entries stay, the projections drop it).
 */
import { z } from 'zod';
import type { BatchId, UnitId } from '../../../shared/ids.ts';
import type { Task } from '../../../shared/domain/task.ts';
import type { Instant } from '../../../shared/units.ts';
import { canonicalJson } from '../canonical-json.ts';
import { insertBooking } from '../projections/booking-rows.ts';
import { insertTask, ProjectionConflict } from '../projections/task-rows.ts';
import type { Digest, Sealed } from '../sealed.ts';
import type { SettingValue } from './clinic.ts';
import type { EntryKindDefinition } from './definition.ts';
import {
  batchIdSchema,
  countSchema,
  digestSchema,
  instantSchema,
  sealedSchema,
  taskSchema,
  unitIdSchema,
} from './schemas.ts';

/** When one need of a finished task was really in use. */
export interface ActualWindow {
  readonly start: Instant;
  /** Never null: where the source has no end, an assumed one, and `isOpenEnded` says so. */
  readonly end: Instant;
  readonly unitIds: readonly UnitId[];
}

export interface TaskImported {
  /** Finished, with its start and end. */
  readonly task: Task;
  readonly note: Sealed | null;
  readonly sourceDigest: Digest | null;
  /** In the order of the task's needs. */
  readonly windows: readonly ActualWindow[];
  /** The source had no end: the one here is assumed, so that nothing is busy for ever. */
  readonly isOpenEnded: boolean;
}

const windowSchema: z.ZodType<ActualWindow> = z
  .strictObject({ start: instantSchema, end: instantSchema, unitIds: z.array(unitIdSchema) })
  .refine((window) => window.start <= window.end, 'a window ends before it starts');

export const taskImported: EntryKindDefinition<TaskImported> = {
  payload: z
    .strictObject({
      task: taskSchema,
      note: sealedSchema.nullable(),
      sourceDigest: digestSchema.nullable(),
      windows: z.array(windowSchema),
      isOpenEnded: z.boolean(),
    })
    .refine(
      ({ task }) => task.state === 'finished' && task.startedAt !== null,
      'imported history is finished work with a start',
    )
    .refine(({ task, windows }) => windows.length === task.needs.length, 'one window per need'),
  project(db, { task, note, sourceDigest, windows, isOpenEnded }, entry) {
    insertTask(db, entry.seq, task, { note, sourceDigest, isOpenEnded });
    task.needs.forEach((need, position) => {
      const window = windows[position];
      if (!window) throw new ProjectionConflict('one window per need');
      insertBooking(db, entry.seq, 0, {
        segment: 0,
        position,
        poolId: need.poolId,
        state: 'finished',
        rateMilli: need.rateMilli,
        unitIds: JSON.stringify(window.unitIds),
        plannedStart: null,
        plannedEnd: null,
        isReserved: 0,
        actualStart: window.start,
        actualEnd: window.end,
      });
    });
  },
};

export interface ImportCommitted {
  readonly batchId: BatchId;
  /** What was read: `synthea-csv`. Never a path. */
  readonly source: string;
  /** The mapping used, as the importer's own JSON. */
  readonly mapping: SettingValue;
  /** Rows per subject and outcome: `encounters-taken`, `claims-refused`. */
  readonly counts: Readonly<Record<string, number>>;
}

export const importCommitted: EntryKindDefinition<ImportCommitted> = {
  payload: z.strictObject({
    batchId: batchIdSchema,
    source: z.string().min(1).max(200),
    mapping: z.json(),
    counts: z.record(z.string(), countSchema),
  }),
  project(db, { batchId, source, mapping, counts }, entry) {
    db.run(
      `INSERT INTO imports (batch_id, source, mapping, counts, committed_seq, committed_at_seconds, actor)
       VALUES (:batchId, :source, :mapping, :counts, :seq, :at, :actor)`,
      {
        batchId,
        source,
        mapping: canonicalJson(mapping),
        counts: canonicalJson(counts),
        seq: entry.seq,
        at: entry.effectiveSeconds,
        actor: entry.actor,
      },
    );
  },
};

export interface ImportReversed {
  readonly batchId: BatchId;
}

export const importReversed: EntryKindDefinition<ImportReversed> = {
  payload: z.strictObject({ batchId: batchIdSchema }),
  project(db, { batchId }, entry) {
    const open = db.get<{ committedSeq: number }>(
      `SELECT committed_seq AS committedSeq FROM imports WHERE batch_id = :batchId AND reversed_seq IS NULL`,
      { batchId },
    );
    if (open === null) throw new ProjectionConflict(`no import ${batchId} to reverse`);
    db.run(`DELETE FROM tasks WHERE batch_id = :batchId`, { batchId });
    db.run(`UPDATE imports SET reversed_seq = :seq WHERE batch_id = :batchId`, { batchId, seq: entry.seq });
  },
};
