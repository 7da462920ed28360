/**
 * The sample clinic's catalogue of work, and how much of each kind comes in: a row per kind, five subsystems. Rates
 * are chosen so that no pool is ever bored or overrun for long; a test holds utilization between 30 and 90 %.
 */
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import { SUBSYSTEM_IDS } from '../../../shared/domain/subsystem.ts';
import type { Need } from '../../../shared/domain/task.ts';
import { poolId, workKindId } from '../../../shared/ids.ts';
import { MINUTE, milli, seconds, workOf } from '../../../shared/units.ts';
import { IMAGING_ROWS, MONITORING_ROWS, RECORDS_ROWS } from './catalogue-care.ts';
import { INSURANCE_ROWS, RESEARCH_ROWS } from './catalogue-office.ts';
import type { KindRow, SampleKind } from './kind-row.ts';
import { bothWays } from './people.ts';

const ROWS: Readonly<Record<SubsystemId, readonly KindRow[]>> = {
  records: RECORDS_ROWS,
  imaging: IMAGING_ROWS,
  insurance: INSURANCE_ROWS,
  research: RESEARCH_ROWS,
  monitoring: MONITORING_ROWS,
};

/** All kinds, subsystem by subsystem, in the order of the table. */
export const SAMPLE_KINDS: readonly SampleKind[] = SUBSYSTEM_IDS.flatMap((subsystem) =>
  ROWS[subsystem].map((row) => asKind(subsystem, row)),
);

/** @throws RangeError when the catalogue has no such row (caller bug) */
export function kindById(id: string): SampleKind {
  const found = SAMPLE_KINDS.find(({ kind }) => kind.id === id);
  if (!found) throw new RangeError(`the sample has no kind of work called ${id}`);
  return found;
}

function asKind(subsystem: SubsystemId, row: KindRow): SampleKind {
  const durationSeconds = seconds(row.minutes * MINUTE);
  const needs = Object.entries(row.needs).map(([pool, units]): Need => {
    const rateMilli = milli(units * 1000);
    // Compute work is entered as an amount of core time; everything else as units for a time.
    return {
      poolId: poolId(pool),
      rateMilli,
      amount: pool === 'cores' ? workOf(rateMilli, durationSeconds) : null,
    };
  });
  return {
    kind: {
      id: workKindId(row.id),
      subsystem,
      name: bothWays(row.name),
      needs,
      durationSeconds,
      urgency: row.urgency,
      preemptibility: row.preemptibility ?? 'never',
      maySpanClosures: false,
      code: row.code ?? null,
    },
    perDay: row.perDay,
    profile: row.profile,
    bookedPercent: row.bookedPercent ?? 0,
    whom: row.whom ?? 'anyone',
    intervalSeconds: row.everyMinutes === undefined ? null : seconds(row.everyMinutes * MINUTE),
  };
}
