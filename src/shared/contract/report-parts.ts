/** A figure of a report taken apart, as it crosses the bridge: its rows, the largest first, and what they add up to. */
import { z } from 'zod';
import type { ReportFigure } from '../domain/report-parts.ts';
import { GROUPINGS } from '../domain/report-grouping.ts';
import {
  COMPLETENESS_FIGURES,
  GROUP_TASK_FIGURES,
  OUTCOME_FIGURES,
  PARTS_LISTED_MAX,
  POOL_FIGURES,
  POOL_SERIES,
  PREEMPTION_FIGURES,
  WAIT_FIGURES,
} from '../domain/report-parts.ts';
import type { Immutable } from './channel.ts';
import { query } from './channel.ts';
import {
  instantField,
  localTextField,
  poolIdField,
  subsystemField,
  taskIdField,
  urgencyField,
} from './fields.ts';
import { REPORT_REFUSALS, reportRequestField } from './report.ts';

/** A group that the report does not have has no parts. */
const groupField = z.strictObject({ by: z.enum(GROUPINGS), id: z.string().min(1).max(100).nullable() });

const figureField = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('pool'),
    poolId: poolIdField,
    figure: z.enum([...POOL_FIGURES, ...POOL_SERIES]),
    group: groupField.optional(),
  }),
  z.strictObject({
    kind: z.literal('group-tasks'),
    group: groupField,
    figure: z.enum(GROUP_TASK_FIGURES),
  }),
  z.strictObject({
    kind: z.literal('waits'),
    subsystem: subsystemField,
    urgency: urgencyField,
    figure: z.enum(WAIT_FIGURES),
  }),
  z.strictObject({
    kind: z.literal('outcomes'),
    subsystem: subsystemField,
    figure: z.enum(OUTCOME_FIGURES),
  }),
  z.strictObject({
    kind: z.literal('preemptions'),
    subsystem: subsystemField,
    cause: z.string().max(100).nullable(),
    figure: z.enum(PREEMPTION_FIGURES),
  }),
  z.strictObject({ kind: z.literal('beds'), poolId: poolIdField, figure: z.literal('discharges') }),
  z.strictObject({ kind: z.literal('completeness'), figure: z.enum(COMPLETENESS_FIGURES) }),
]) satisfies z.ZodType<ReportFigure>;

/** Names no patient: that is asked for one task at a time. */
const partField = z.strictObject({
  /** Null: a stretch of time that no task is behind. */
  task: z
    .strictObject({
      id: taskIdField,
      subsystem: subsystemField,
      urgency: urgencyField,
      workKind: localTextField,
    })
    .nullable(),
  from: instantField,
  /** Null: it goes on. */
  until: instantField.nullable(),
  /** Work in thousandth-unit · seconds for a pool's figure; 1 where tasks are counted. */
  amount: z.int(),
});
export type FigurePart = Immutable<z.infer<typeof partField>>;

export const reportPartsChannels = {
  'report.drill': query({
    permission: 'read',
    request: reportRequestField.extend({ figure: figureField }),
    response: z.strictObject({
      /** Of all parts: the figure itself. */
      total: z.int(),
      rows: z.array(partField).max(PARTS_LISTED_MAX),
      /** What is not listed, all of it smaller than what is. */
      more: z.strictObject({ count: z.int(), amount: z.int() }),
    }),
    errors: REPORT_REFUSALS,
  }),
};
