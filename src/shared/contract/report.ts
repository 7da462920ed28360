/**
 * Reports across the bridge: the utilization report, the month to open with, and its export.
 * `utilizationReportField` is built for a given text field, because a file holds one language and the bridge both.
 */
import { z } from 'zod';
import type { UtilizationReport } from '../domain/report.ts';
import {
  BUCKET_SIZES,
  CALENDAR_PERIODS,
  EXPORT_FORMATS,
  IDENTITY_REASONS,
  PERIOD_KINDS,
  PRINT_MEDIA,
} from '../domain/report.ts';
import { POOL_TEMPLATES } from '../domain/pool.ts';
import { command, query } from './channel.ts';
import {
  instantField,
  localDateField,
  localTextField,
  localeField,
  milliField,
  nothing,
  poolIdField,
  secondsField,
  staffIdField,
  subsystemField,
  urgencyField,
  workField,
} from './fields.ts';
import { daySheetField } from './day.ts';
import { countField, groupingField, groupsFieldOf, ratioField, stateWorkField } from './report-groups.ts';
import { timelineSheetField } from './timeline.ts';

const periodField = z.strictObject({
  kind: z.enum(PERIOD_KINDS),
  fromDate: localDateField,
  untilDate: localDateField,
  from: instantField,
  until: instantField,
});

const accountShape = {
  capacityWork: workField,
  states: stateWorkField,
  offeredWork: workField,
  offeredElapsedWork: workField,
  overcommittedWork: workField,
  overcommittedOutsideWork: workField,
  unmetWork: workField,
  plannedWork: workField,
  reservedWork: workField,
  actualWork: workField,
  openElapsedSeconds: secondsField,
  actualWhileOpenWork: workField,
  peakMilli: milliField,
};

const formulaField = z.strictObject({
  subsystem: subsystemField,
  symbol: z.enum(['E', 'I', 'H', 'D', 'M']),
  nowMilli: milliField.nullable(),
  actualWork: workField,
  average: ratioField,
  utilization: ratioField,
});

const loadStepField = z.strictObject({
  from: instantField,
  until: instantField,
  actualWork: workField,
  reservedWork: workField,
  plannedWork: workField,
  offeredWork: workField,
});

const waitRowField = z.strictObject({
  subsystem: subsystemField,
  urgency: urgencyField,
  started: countField,
  waitSecondsMedian: secondsField.nullable(),
  waitSecondsP90: secondsField.nullable(),
  targetSeconds: secondsField,
  withinTarget: ratioField.nullable(),
  stillWaiting: countField,
});

const outcomeRowField = z.strictObject({
  subsystem: subsystemField,
  finished: countField,
  missed: ratioField.nullable(),
  onTime: ratioField.nullable(),
  finishedEarly: ratioField.nullable(),
  finishedLate: ratioField.nullable(),
  turnarounds: countField,
  turnaroundSecondsMedian: secondsField.nullable(),
  turnaroundSecondsP90: secondsField.nullable(),
});

const preemptionRowField = z.strictObject({
  subsystem: subsystemField,
  cause: z.string().nullable(),
  count: countField,
  running: countField,
});

const bedsField = z.strictObject({
  days: z.int(),
  availableMilliDays: z.int(),
  occupiedMilliDays: z.int(),
  discharges: countField,
  occupancy: ratioField,
  lengthOfStayDays: ratioField.nullable(),
  turnoverRate: ratioField.nullable(),
  turnoverIntervalDays: ratioField.nullable(),
});

const fairnessField = z.strictObject({
  jain: ratioField,
  shares: z.array(
    z.strictObject({
      subsystem: subsystemField,
      dominantPoolId: poolIdField.nullable(),
      share: ratioField,
    }),
  ),
});

const completenessField = z.strictObject({
  openTasks: countField,
  assumedEnds: countField,
  recorded: ratioField,
  withoutDataSeconds: secondsField,
});

const comparisonField = z.strictObject({
  period: periodField,
  recorded: ratioField,
  pools: z.array(
    z.strictObject({
      poolId: poolIdField,
      states: stateWorkField,
      offeredWork: workField,
      utilization: ratioField,
      average: ratioField,
    }),
  ),
});

const filterShape = {
  poolIds: z.array(poolIdField).min(1).max(500).nullable(),
  subsystems: z.array(subsystemField).min(1).max(5).nullable(),
};

/** The parts of a report that hold words, for one kind of text. */
function wordedParts<Text extends z.ZodType>(text: Text) {
  return {
    pool: z.strictObject({
      poolId: poolIdField,
      name: text,
      unitName: text,
      kind: z.enum(['countable', 'divisible']),
      template: z.enum(POOL_TEMPLATES),
      nominalMilli: milliField,
      nowMilli: milliField.nullable(),
      average: ratioField,
      utilization: ratioField,
      utilizationCapped: ratioField,
      ...accountShape,
      formulas: z.array(formulaField),
      buckets: z.array(z.strictObject({ from: instantField, until: instantField, ...accountShape })),
      series: z.array(loadStepField),
      beds: bedsField.nullable(),
    }),
    provenance: z.strictObject({
      clinicName: text,
      isSample: z.boolean(),
      timeZone: z.string(),
      authorId: staffIdField,
      authorName: z.string(),
      generatedAt: instantField,
      applicationVersion: z.string(),
      head: z.strictObject({ epoch: z.int(), length: z.int(), hash: z.string() }),
    }),
    level: z.strictObject({ urgency: urgencyField, name: text }),
    definition: z.strictObject({
      id: z.string(),
      name: text,
      formula: text,
      numerator: text,
      denominator: text,
      unit: text,
      exclusions: text,
      source: z.string(),
    }),
  };
}

/**
 * The schema of a whole report whose names and definitions are `text`: both languages over the bridge, one in a file.
 */
export function reportFieldOf<Text extends z.ZodType>(text: Text) {
  const { pool, provenance, level, definition } = wordedParts(text);
  return z.strictObject({
    period: periodField,
    asOf: instantField,
    filters: z.strictObject(filterShape),
    smallestCount: z.int().nullable(),
    bucketSize: z.enum(BUCKET_SIZES),
    levels: z.array(level),
    pools: z.array(pool),
    comparison: comparisonField,
    waits: z.array(waitRowField),
    outcomes: z.array(outcomeRowField),
    preemptions: z.array(preemptionRowField),
    fairness: fairnessField,
    groups: groupsFieldOf(text).nullable(),
    completeness: completenessField,
    provenance,
    definitions: z.array(definition),
  });
}

export const utilizationReportField = reportFieldOf(localTextField) satisfies z.ZodType<UtilizationReport>;

export const periodChoiceField = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(CALENDAR_PERIODS), from: localDateField }),
  z.strictObject({ kind: z.literal('custom'), from: localDateField, until: localDateField }),
]);

export const reportRequestField = z.strictObject({
  period: periodChoiceField,
  ...filterShape,
  grouping: groupingField,
});
export type ReportRequest = z.infer<typeof reportRequestField>;

/** `invalid-period`: not a date of the calendar, empty, or longer than 150 years. */
export const REPORT_REFUSALS = ['invalid-period', 'unknown-pool'] as const;

/** Why a file could not be written, in order of precedence; `disk-full` is a refusal of every channel. */
export const EXPORT_REFUSALS = [
  ...REPORT_REFUSALS,
  'folder-missing',
  'file-not-writable',
  'print-failed',
  'raw-stays-inside',
  'identities-stay-inside',
  'format-names-nobody',
  'dhis2-not-mapped',
  'dhis2-no-values',
  'period-not-dhis2',
  'cancelled',
] as const;

/** Who a file is for. A missing word means the careful one: for outside, naming nobody. */
export const audienceShape = {
  isForOutside: z.boolean().optional(),
  /** Patients are named, for this reason; asks for the permission `identify`. */
  identities: z.enum(IDENTITY_REASONS).nullable().optional(),
};

export const reportChannels = {
  'report.utilization': query({
    permission: 'read',
    /** Buckets and load are told of one pool alone; missing: of the first. */
    request: reportRequestField.extend({ chartPoolId: poolIdField.optional() }),
    response: utilizationReportField,
    errors: REPORT_REFUSALS,
  }),
  /** The month to open with. */
  'report.periods': query({
    permission: 'read',
    request: nothing,
    response: z.strictObject({
      /** First day of the month that Reports opens with. */
      opensOn: localDateField,
      today: localDateField,
    }),
    errors: [],
  }),
  'report.export': command({
    permission: 'export',
    request: reportRequestField.extend({
      format: z.enum(EXPORT_FORMATS),
      /** The one language of the file. */
      locale: localeField,
      /** Null: main asks with the system's save dialog. */
      path: z.string().min(1).max(4096).nullable(),
      ...audienceShape,
    }),
    response: z.strictObject({
      /** Null when the dialog was cancelled. */
      path: z.string().nullable(),
      bytes: z.int(),
      /** Data rows of all tables; 0 for a PDF or HTML. */
      rows: z.int(),
    }),
    errors: EXPORT_REFUSALS,
  }),
  /** Stops the export under way; nothing of it stays on disk. */
  'report.cancel-export': query({
    permission: 'export',
    request: nothing,
    response: nothing,
    errors: [],
  }),
  /** Asked by the hidden print page alone: what it is to print. */
  'print.job': query({
    permission: 'none',
    request: nothing,
    response: z.strictObject({
      report: z.union([utilizationReportField, timelineSheetField, daySheetField]),
      locale: localeField,
      medium: z.enum(PRINT_MEDIA),
      isLandscape: z.boolean().optional(),
    }),
    errors: ['no-print-job'],
  }),
};
