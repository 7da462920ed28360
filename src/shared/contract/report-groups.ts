/** A grouped report as it crosses the bridge and stands in files, with the figures that all of a report is made of. */
import { z } from 'zod';
import { ACCOUNTING_STATES } from '../domain/capacity.ts';
import { GROUPINGS } from '../domain/report-grouping.ts';
import { poolIdField, secondsField, subsystemField, workField } from './fields.ts';

export const ratioField = z.strictObject({ numerator: z.int(), denominator: z.int().min(0) });

/** Null: too few persons to be told outside the clinic. */
export const countField = z.int().nullable();

export const stateWorkField = z.record(z.enum(ACCOUNTING_STATES), workField);

const groupedPoolField = z.strictObject({
  poolId: poolIdField,
  groupId: z.string().nullable(),
  states: stateWorkField,
  overcommittedWork: workField,
  actualWork: workField,
  utilization: ratioField,
  offeredWork: workField.nullable(),
  unmetWork: workField.nullable(),
});

const groupedTaskField = z.strictObject({
  groupId: z.string(),
  started: countField,
  waitSecondsMedian: secondsField.nullable(),
  waitSecondsP90: secondsField.nullable(),
  withinTarget: ratioField.nullable(),
  finished: countField,
  turnarounds: countField,
  turnaroundSecondsMedian: secondsField.nullable(),
  turnaroundSecondsP90: secondsField.nullable(),
});

export function groupsFieldOf<Text extends z.ZodType>(text: Text) {
  return z.strictObject({
    by: z.enum(GROUPINGS),
    groups: z.array(z.strictObject({ id: z.string(), label: text, subsystem: subsystemField.nullable() })),
    pools: z.array(groupedPoolField),
    tasks: z.array(groupedTaskField),
  });
}

/** Missing or null: by pool, as every report is. */
export const groupingField = z.enum(GROUPINGS).nullable().optional();
