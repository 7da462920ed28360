/** The tasks of a started care pathway, in their order, as they are shown beside each of them. */
import { z } from 'zod';
import { TASK_STATES } from '../domain/lifecycle.ts';
import type { Immutable } from './channel.ts';
import { instantField, localTextField, subsystemField, taskIdField } from './fields.ts';

const chainTaskField = z.strictObject({
  taskId: taskIdField,
  subsystem: subsystemField,
  workKind: localTextField,
  state: z.enum(TASK_STATES),
  start: instantField.nullable(),
  /** Whether it could still be cancelled. */
  mayCancel: z.boolean(),
});
export type ChainTask = Immutable<z.infer<typeof chainTaskField>>;

export const pathwayChainField = z.strictObject({
  /** The template's name. */
  name: localTextField,
  tasks: z.array(chainTaskField),
});
export type PathwayChainView = Immutable<z.infer<typeof pathwayChainField>>;
