/**
 * Entries about imports: ended work brought in as history, the batch it belongs to, and the reversal of a whole
 * batch (the entries stay, the projections drop it).
 */
import { z } from 'zod';
import type { BatchId, UnitId } from '../../../shared/ids.ts';
import type { TaskState } from '../../../shared/domain/lifecycle.ts';
import type { Task } from '../../../shared/domain/task.ts';
import type { Instant } from '../../../shared/units.ts';
import { canonicalJson } from '../canonical-json.ts';
import { insertBooking } from '../projections/booking-rows.ts';
import { insertTask, ProjectionConflict } from '../projections/task-rows.ts';
import type { Digest, Sealed } from '../sealed.ts';
import type { SettingValue } from './clinic.ts';
import type { EntryKindDefinition } from './definition.ts';
import { payloadObject } from './definition.ts';
import {
  batchIdSchema,
  countSchema,
  digestSchema,
  instantSchema,
  sealedSchema,
  taskSchema,
  unitIdSchema,
} from './schemas.ts';

/** What an ended task held of one need's pool: what was booked, and when it was really in use. */
export interface HeldWindow {
  /** Null where nothing was booked ahead, or the source does not say. */
  readonly booked: { readonly start: Instant; readonly end: Instant } | null;
  /**
   * Null where nobody came. Its end is never null: where the source has none, an assumed one, and `isOpenEnded` says
   * so.
   */
  readonly actual: { readonly start: Instant; readonly end: Instant } | null;
  readonly unitIds: readonly UnitId[];
}

export interface TaskImported {
  /** Ended; finished work has its start and end. */
  readonly task: Task;
  readonly note: Sealed | null;
  readonly sourceDigest: Digest | null;
  /** In the order of the task's needs; none at all where it ended before it held anything. */
  readonly windows: readonly HeldWindow[];
  /** The source had no end: the one here is assumed, so that nothing is busy for ever. */
  readonly isOpenEnded: boolean;
}

const ENDED_STATES: readonly TaskState[] = ['finished', 'released', 'missed', 'cancelled'];

const stretchSchema = payloadObject({ start: instantSchema, end: instantSchema }).refine(
  (stretch) => stretch.start <= stretch.end,
  'a window ends before it starts',
);

const windowSchema: z.ZodType<HeldWindow> = payloadObject({
  booked: stretchSchema.nullable(),
  actual: stretchSchema.nullable(),
  unitIds: z.array(unitIdSchema),
}).refine((window) => window.booked !== null || window.actual !== null, 'a window that held nothing');

export const taskImported: EntryKindDefinition<TaskImported> = {
  payload: payloadObject({
    task: taskSchema,
    note: sealedSchema.nullable(),
    sourceDigest: digestSchema.nullable(),
    windows: z.array(windowSchema),
    isOpenEnded: z.boolean(),
  })
    .refine(({ task }) => ENDED_STATES.includes(task.state), 'imported history has ended')
    .refine(
      ({ task, windows }) => task.state !== 'finished' || (task.startedAt !== null && windows.length > 0),
      'finished work has a start and a window',
    )
    .refine(
      ({ task, windows }) => windows.length === 0 || windows.length === task.needs.length,
      'one window per need, or none',
    ),
  project(db, { task, note, sourceDigest, windows, isOpenEnded }, entry) {
    insertTask(db, entry.seq, task, { note, sourceDigest, isOpenEnded });
    windows.forEach(({ booked, actual, unitIds }, position) => {
      const need = task.needs[position];
      if (!need) throw new ProjectionConflict('one window per need');
      insertBooking(db, entry.seq, 0, {
        segment: 0,
        position,
        poolId: need.poolId,
        state: task.state,
        rateMilli: need.rateMilli,
        unitIds: JSON.stringify(unitIds),
        plannedStart: booked?.start ?? null,
        plannedEnd: booked?.end ?? null,
        isReserved: Number(booked !== null),
        actualStart: actual?.start ?? null,
        actualEnd: actual?.end ?? null,
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
  payload: payloadObject({
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
  payload: payloadObject({ batchId: batchIdSchema }),
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
