/** Entries about care pathways: a template as it is from now on, and the tasks that were entered under one. */
import { z } from 'zod';
import type { Pathway } from '../../../shared/domain/pathway.ts';
import { PATHWAY_STEPS_MAX, PATHWAY_STEPS_MIN } from '../../../shared/domain/pathway.ts';
import type { PathwayId, TaskId } from '../../../shared/ids.ts';
import { canonicalJson } from '../canonical-json.ts';
import { getTaskHead, noteTaskEntry } from '../projections/task-rows.ts';
import type { EntryKindDefinition } from './definition.ts';
import { payloadObject } from './definition.ts';
import {
  idSchema,
  localTextSchema,
  secondsSchema,
  taskIdSchema,
  urgencySchema,
  workKindIdSchema,
} from './schemas.ts';

const pathwayIdSchema = idSchema<PathwayId>();

export const pathwaySet: EntryKindDefinition<Pathway> = {
  payload: payloadObject({
    id: pathwayIdSchema,
    name: localTextSchema,
    steps: z
      .array(
        payloadObject({
          workKindId: workKindIdSchema,
          urgency: urgencySchema.exactOptional(),
          delaySeconds: secondsSchema.exactOptional(),
          withinSeconds: secondsSchema.exactOptional(),
        }),
      )
      .min(PATHWAY_STEPS_MIN)
      .max(PATHWAY_STEPS_MAX),
    isActive: z.boolean(),
  }),
  project(db, pathway, entry) {
    db.run(
      `INSERT INTO pathways (pathway_id, first_seq, pathway) VALUES (:id, :seq, :pathway)
       ON CONFLICT (pathway_id) DO UPDATE SET pathway = excluded.pathway`,
      { id: pathway.id, seq: entry.seq, pathway: canonicalJson(pathway) },
    );
  },
};

export interface PathwayStarted {
  readonly pathwayId: PathwayId;
  /** Entered before this entry, in the order in which they follow one another. */
  readonly taskIds: readonly TaskId[];
}

export const pathwayStarted: EntryKindDefinition<PathwayStarted> = {
  payload: payloadObject({
    pathwayId: pathwayIdSchema,
    taskIds: z.array(taskIdSchema).min(PATHWAY_STEPS_MIN).max(PATHWAY_STEPS_MAX),
  }),
  project(db, { pathwayId, taskIds }, entry) {
    taskIds.forEach((taskId, position) => {
      const { taskKey } = getTaskHead(db, taskId);
      db.run(
        `INSERT INTO pathway_tasks (task_key, started_seq, position, pathway_id)
         VALUES (:taskKey, :seq, :position, :pathwayId)`,
        { taskKey, seq: entry.seq, position, pathwayId },
      );
      noteTaskEntry(db, taskKey, entry.seq);
    });
  },
};
