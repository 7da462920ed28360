/**
 * What the planner proposes and a person decides: a better plan, another place for displaced work, lower-class work that
 * makes way for urgent work. Each is taken as it was shown or refused as `plan-stale`; turning one down is a decision
 * too, and keeps it away for an hour.
 */
import { z } from 'zod';
import { TASK_STATES } from '../domain/lifecycle.ts';
import { command, query, type Immutable } from './channel.ts';
import { instantField, localTextField, poolIdField, secondsField, taskIdField } from './fields.ts';
import { namedTaskField, taskShiftField } from './whatif.ts';

const placeField = z.strictObject({
  start: instantField,
  end: instantField,
  /** Named units it holds there, of the pool in question. */
  unitNames: z.array(localTextField),
});

export const offerField = z.strictObject({
  planHash: z.string(),
  /** The first two hundred moves, winners first. */
  shifts: z.array(taskShiftField).max(200),
  earlier: z.int(),
  later: z.int(),
  /** By how much waiting work starts sooner, all together. */
  gainSeconds: secondsField,
});
export type OfferView = Immutable<z.infer<typeof offerField>>;

export const repairField = z.strictObject({
  ...namedTaskField,
  state: z.enum(TASK_STATES),
  poolId: poolIdField,
  poolName: localTextField,
  /** When it has no place. */
  from: instantField,
  until: instantField,
  now: placeField,
  proposed: placeField,
});
export type RepairView = Immutable<z.infer<typeof repairField>>;

export const preemptionField = z.strictObject({
  ...namedTaskField,
  /** When it could begin if they make way. */
  start: instantField,
  /** When it begins if nobody does; null: not at all. */
  plannedStart: instantField.nullable(),
  victims: z.array(z.strictObject({ ...namedTaskField, state: z.enum(TASK_STATES), start: instantField })),
});
export type PreemptionView = Immutable<z.infer<typeof preemptionField>>;

export const decisionChannels = {
  'decision.list': query({
    permission: 'read',
    request: z.strictObject({}),
    response: z.strictObject({
      now: instantField,
      offer: offerField.nullable(),
      repairs: z.array(repairField),
      preemptions: z.array(preemptionField),
      /** How far a search for a better plan is; null while none runs. */
      search: z.strictObject({ used: z.int(), budget: z.int() }).nullable(),
    }),
    errors: [],
  }),
  'decision.take': command({
    permission: 'enter',
    request: z.union([
      z.strictObject({ proposal: z.literal('offer'), planHash: z.string() }),
      z.strictObject({ proposal: z.literal('repair'), taskId: taskIdField, start: instantField }),
      z.strictObject({
        proposal: z.literal('preemption'),
        taskId: taskIdField,
        victims: z.array(taskIdField).min(1),
      }),
    ]),
    /** How many tasks have another place now. */
    response: z.strictObject({ moved: z.int() }),
    errors: ['plan-stale'],
  }),
  'decision.decline': command({
    permission: 'enter',
    request: z.union([
      z.strictObject({ proposal: z.literal('offer') }),
      z.strictObject({ proposal: z.enum(['repair', 'preemption']), taskId: taskIdField }),
    ]),
    response: z.strictObject({}),
    errors: ['unknown-task'],
  }),
};
