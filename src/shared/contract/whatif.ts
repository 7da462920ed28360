/**
 * Changes tried before they are made: variants of pools and policies planned beside the adopted plan, and one of those
 * plans adopted together with its changes. Nothing is written but by `whatif.commit`.
 */
import { z } from 'zod';
import { command, query, type Immutable } from './channel.ts';
import { subsystemSettingField } from './clinic.ts';
import {
  instantField,
  localTextField,
  positiveSecondsField,
  poolIdField,
  secondsField,
  subsystemField,
  taskIdField,
  urgencyField,
  workField,
} from './fields.ts';
import { poolField, stepField } from './pools.ts';
import { identityField, reasonField } from './tasks.ts';

/** What would be different: settings and whole pools as they would be; everything left out stays as it is. */
export const variantField = z.strictObject({
  subsystems: z.array(subsystemSettingField).max(5),
  pools: z.array(poolField).max(40),
});
export type VariantSent = Immutable<z.infer<typeof variantField>>;

/** A task by what staff know it by. */
export const namedTaskField = {
  taskId: taskIdField,
  subsystem: subsystemField,
  workKind: localTextField,
  patient: identityField.nullable(),
  urgency: urgencyField,
};

/** A task that starts at another time than by the adopted plan; null where one of the two has no start for it. */
export const taskShiftField = z.strictObject({
  ...namedTaskField,
  from: instantField.nullable(),
  to: instantField.nullable(),
});
export type TaskShift = Immutable<z.infer<typeof taskShiftField>>;

/** A task that would start later or not at all, and why it would then wait. */
export const longerWaitField = taskShiftField.extend({ reason: reasonField.nullable() });
export type LongerWait = Immutable<z.infer<typeof longerWaitField>>;

/** Promised or running work that a change would break and that is not broken already. */
export const newlyDisplacedField = z.strictObject({
  ...namedTaskField,
  poolId: poolIdField,
  poolName: localTextField,
  from: instantField,
  until: instantField,
  /** It runs already: nothing is looked for, people decide at the bedside. */
  isRunning: z.boolean(),
  /** When it could begin instead; null when nothing was found. */
  repairStart: instantField.nullable(),
});
export type NewlyDisplaced = Immutable<z.infer<typeof newlyDisplacedField>>;

/** What a change does to the adopted plan, task by task. */
export const planEffectField = z.strictObject({
  earlier: z.int(),
  later: z.int(),
  /** Had a start and would have none. */
  lost: z.int(),
  /** Had no start and would have one. */
  found: z.int(),
  displacedCount: z.int(),
  displaced: z.array(newlyDisplacedField).max(50),
  /** The first two hundred, losers first, the largest shift first. */
  shifts: z.array(taskShiftField).max(200),
  /** Of the earlier and the later, without those that lose or find a start. */
  shiftsBySubsystem: z.array(z.strictObject({ subsystem: subsystemField, earlier: z.int(), later: z.int() })),
  /** The first five of those that lose, with the reasons they would have. */
  longerWaits: z.array(longerWaitField).max(5),
  /** The affected task that comes first in time; null when none is. */
  first: taskShiftField.nullable(),
});
export type PlanEffect = Immutable<z.infer<typeof planEffectField>>;

const waitsField = z.strictObject({
  subsystem: subsystemField,
  tasks: z.int(),
  waitSecondsMedian: secondsField.nullable(),
  waitSecondsP90: secondsField.nullable(),
});

const poolUseField = z.strictObject({
  poolId: poolIdField,
  name: localTextField,
  unitName: localTextField,
  load: workField,
  capacity: workField,
  unmet: workField,
  /** Capacity and planned load over the window; null but for the few pools that differ most. */
  steps: z.strictObject({ capacity: z.array(stepField), load: z.array(stepField) }).nullable(),
});

export const planFiguresField = z.strictObject({
  waits: z.array(waitsField),
  pools: z.array(poolUseField),
  /** Open tasks that do not end inside the window. */
  unfinished: z.int(),
});
export type PlanFigures = Immutable<z.infer<typeof planFiguresField>>;

const variantResultField = z.strictObject({
  /** Which plan it is: `whatif.commit` adopts this one or none. */
  planHash: z.string(),
  figures: planFiguresField,
  effect: planEffectField,
  /** Of its shifts, how many come from planning afresh alone, without any change. */
  shiftsByReplanning: z.int(),
});
export type VariantResult = Immutable<z.infer<typeof variantResultField>>;

/** In the order in which they are looked for. */
const VARIANT_REFUSALS = ['invalid-pool', 'guarantees-exceed-capacity', 'unknown-pool'] as const;

export const whatifChannels = {
  /** Up to three variants beside today's plan. Only the newest question is answered. */
  'whatif.compare': query({
    permission: 'read',
    request: z.strictObject({
      windowSeconds: positiveSecondsField,
      variants: z.array(variantField).max(3),
    }),
    response: z.strictObject({
      now: instantField,
      until: instantField,
      /** The ledger that was planned on: its head's hash. */
      basis: z.string(),
      today: planFiguresField,
      variants: z.array(variantResultField),
    }),
    errors: [...VARIANT_REFUSALS, 'cancelled'],
  }),
  /** Makes a variant's changes and adopts the plan that was shown for it, in one transaction. */
  'whatif.commit': command({
    permission: 'manage',
    request: z.strictObject({ basis: z.string(), planHash: z.string(), variant: variantField }),
    response: z.strictObject({ moved: z.int(), displaced: z.int() }),
    errors: [...VARIANT_REFUSALS, 'unit-in-use', 'plan-stale'],
  }),
  /** What saving this pool would do to the plan. Only the newest question is answered. */
  'pool.preview': query({
    permission: 'read',
    request: z.strictObject({ pool: poolField }),
    response: z.strictObject({ now: instantField, effect: planEffectField }),
    errors: ['invalid-pool', 'guarantees-exceed-capacity', 'unit-in-use', 'cancelled'],
  }),
};
