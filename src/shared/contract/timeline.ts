/**
 * The timeline as it crosses the bridge: pools, their units and what holds them over a window of time; the planner's
 * verdict on a move before it is made; the move itself and its reversal.
 */
import { z } from 'zod';
import { TASK_STATES } from '../domain/lifecycle.ts';
import { POOL_TEMPLATES } from '../domain/pool.ts';
import { RESCHEDULE_RULES } from '../domain/reason.ts';
import { command, query, type Immutable } from './channel.ts';
import {
  instantField,
  localDateField,
  localeField,
  localTextField,
  milliField,
  poolIdField,
  secondsField,
  subsystemField,
  taskIdField,
  unitIdField,
  urgencyField,
} from './fields.ts';
import { stepField } from './pools.ts';
import { blockerField } from './tasks.ts';

/** The longest window that can be asked for: a quarter of a year either side of a month. */
export const TIMELINE_DAYS_MAX = 100;

/** One stretch of one task in one pool, as it is drawn. Names no patient: that is asked for one task at a time. */
export const timelineBarField = z.strictObject({
  taskId: taskIdField,
  subsystem: subsystemField,
  workKind: localTextField,
  urgency: urgencyField,
  state: z.enum(TASK_STATES),
  /** Tells the stretches of one task in one pool apart. */
  segment: z.int(),
  /** Named units held; empty in a divisible pool. */
  unitIds: z.array(unitIdField),
  rateMilli: milliField,
  /** True times where there are any, else planned ones. */
  start: instantField,
  end: instantField,
  /** It really began; else nobody came (yet). */
  isActual: z.boolean(),
  isEndAssumed: z.boolean(),
  isDisplaced: z.boolean(),
  /** Its start, length and unit may be changed. */
  mayMove: z.boolean(),
  /** Its end may be changed. */
  mayExtend: z.boolean(),
});
export type TimelineBar = Immutable<z.infer<typeof timelineBarField>>;

const stretchField = z.strictObject({ from: instantField, until: instantField });

export const timelinePoolField = z.strictObject({
  poolId: poolIdField,
  name: localTextField,
  unitName: localTextField,
  template: z.enum(POOL_TEMPLATES),
  kind: z.enum(['countable', 'divisible']),
  capacityMilli: milliField,
  /** Moves go in these steps, counted from local midnight. */
  gridSeconds: secondsField,
  units: z.array(z.strictObject({ id: unitIdField, name: localTextField })),
  /** What the pool offers; 0 while it is closed. */
  capacity: z.array(stepField),
  /** When nothing is open: outside hours. */
  closed: z.array(stretchField),
  /** Outages of the pool (`unitId` null) or of one unit, clipped to the window. */
  outages: z.array(stretchField.extend({ unitId: unitIdField.nullable(), isPlanned: z.boolean() })),
  /** What really ran, until now. */
  actual: z.array(stepField),
  /** Confirmed and running work from now on. */
  reserved: z.array(stepField),
  /** Tentative work from now on, to be drawn on top of `reserved`. */
  tentative: z.array(stepField),
  /** Stretches with more load than capacity. */
  overcommitted: z.array(stretchField),
  /** By start; empty when the view is dense. */
  bars: z.array(timelineBarField),
});
export type TimelinePool = Immutable<z.infer<typeof timelinePoolField>>;

/** A move as a person wishes it. */
const wishField = z.strictObject({
  taskId: taskIdField,
  start: instantField,
  /** Of work that pauses over closures, the difference to its end now is added to its open time. */
  end: instantField,
  /** The unit it must have; null keeps its own where they are free. */
  unit: z.strictObject({ poolId: poolIdField, unitId: unitIdField }).nullable(),
});
export type RescheduleRequest = Immutable<z.infer<typeof wishField>>;

const movedTaskField = blockerField.extend({ from: instantField.nullable(), to: instantField.nullable() });

export const verdictField = z.discriminatedUnion('fits', [
  z.strictObject({
    fits: z.literal(true),
    start: instantField,
    end: instantField,
    /** The units it would hold, in every pool, and their names. */
    unitIds: z.array(unitIdField),
    unitNames: z.array(localTextField),
    /** It was tentative and would be promised by the move. */
    isPromised: z.boolean(),
    /** Tentative work that makes way: at most five, by the start it has now. */
    moves: z.array(movedTaskField).max(5),
    moveCount: z.int(),
  }),
  z.strictObject({
    fits: z.literal(false),
    rule: z.enum(RESCHEDULE_RULES),
    poolName: localTextField.nullable(),
    unitName: localTextField.nullable(),
    until: instantField.nullable(),
    blockers: z.array(blockerField).max(5),
  }),
]);
export type VerdictView = Immutable<z.infer<typeof verdictField>>;

const timelineViewField = z.strictObject({
  now: instantField,
  from: instantField,
  until: instantField,
  /** When the clinic's working day begins and ends at the earliest and latest, in minutes after midnight. */
  day: z.strictObject({ fromMinute: z.int(), toMinute: z.int() }),
  /** No bars: not wanted, or too many of them. Load and capacity are then means of hours or of local days (`meanSeconds` 86 400). */
  isDense: z.boolean(),
  meanSeconds: secondsField.nullable(),
  pools: z.array(timelinePoolField),
});

/** A timeline as it goes on paper; names no patient. */
/** Whose sheet it is, and the head of the ledger that it was made from. */
export const sheetProvenanceField = z.strictObject({
  clinicName: localTextField,
  isSample: z.boolean(),
  timeZone: z.string(),
  authorName: z.string(),
  head: z.strictObject({ hash: z.string() }),
});

export const timelineSheetField = z.strictObject({
  kind: z.literal('timeline'),
  view: timelineViewField,
  foldedPools: z.array(poolIdField),
  /** What the foot of the page says. */
  period: z.strictObject({ fromDate: localDateField, untilDate: localDateField }),
  provenance: sheetProvenanceField,
});
export type TimelineSheet = Immutable<z.infer<typeof timelineSheetField>>;

export const timelineChannels = {
  /** Only what lies in the window; null asks for the clinic's working day today. */
  'timeline.get': query({
    permission: 'read',
    request: z.strictObject({
      window: stretchField.nullable(),
      /** Wanted without single tasks: the window is too wide to tell them apart. */
      isDense: z.boolean(),
    }),
    response: timelineViewField,
    errors: ['invalid-period'],
  }),
  /** What is in sight as a PDF, A4 lying down; main asks where to. */
  'timeline.print': command({
    permission: 'export',
    request: z.strictObject({
      window: stretchField,
      isDense: z.boolean(),
      foldedPools: z.array(poolIdField).max(500),
      locale: localeField,
    }),
    /** A null path: the dialog was cancelled. */
    response: z.strictObject({ path: z.string().nullable(), bytes: z.int() }),
    errors: ['invalid-period', 'folder-missing', 'file-not-writable', 'print-failed', 'cancelled'],
  }),
  /** What the planner says to a move; writes nothing. */
  'timeline.verdict': query({
    permission: 'read',
    request: wishField,
    response: z.strictObject({ verdict: verdictField }),
    errors: ['unknown-task', 'action-not-possible'],
  }),
  /** Moves or extends; what the verdict said happens, or nothing. */
  'task.reschedule': command({
    permission: 'enter',
    request: wishField,
    response: z.strictObject({
      taskId: taskIdField,
      /** The entry that says so: what a reversal names. */
      seq: z.int(),
      state: z.enum(TASK_STATES),
      start: instantField,
      end: instantField,
      /** Tentative tasks that went elsewhere. */
      moved: z.int(),
    }),
    errors: ['unknown-task', 'action-not-possible', 'does-not-fit'],
  }),
};
