/** Every number of a report that can be taken apart, with what its parts have to add up to. */
import type { ReportFigure } from '../../../src/shared/domain/report-parts.ts';
import { ACCOUNTING_STATES } from '../../../src/shared/domain/capacity.ts';
import type { UtilizationReport } from '../../../src/shared/domain/report.ts';

export interface Drillable {
  readonly figure: ReportFigure;
  readonly amount: number | null | undefined;
}

export function everyNumber(report: UtilizationReport): Drillable[] {
  return [
    ...report.pools.flatMap(poolNumbers),
    ...report.waits.flatMap(({ subsystem, urgency, started, withinTarget, stillWaiting }): Drillable[] => {
      const of = { kind: 'waits', subsystem, urgency } as const;
      return [
        { figure: { ...of, figure: 'started' }, amount: started },
        { figure: { ...of, figure: 'within-target' }, amount: withinTarget?.numerator },
        { figure: { ...of, figure: 'still-waiting' }, amount: stillWaiting },
      ];
    }),
    ...report.outcomes.flatMap(outcomeNumbers),
    ...report.preemptions.flatMap(({ subsystem, cause, count, running }): Drillable[] => {
      const of = { kind: 'preemptions', subsystem, cause } as const;
      return [
        { figure: { ...of, figure: 'preempted' }, amount: count },
        { figure: { ...of, figure: 'preempted-running' }, amount: running },
      ];
    }),
    { figure: { kind: 'completeness', figure: 'open-tasks' }, amount: report.completeness.openTasks },
    { figure: { kind: 'completeness', figure: 'assumed-ends' }, amount: report.completeness.assumedEnds },
    ...groupNumbers(report),
  ];
}

function poolNumbers(pool: UtilizationReport['pools'][number]): Drillable[] {
  const of = { kind: 'pool', poolId: pool.poolId } as const;
  const states = ACCOUNTING_STATES.map((figure) => ({
    figure: { ...of, figure },
    amount: pool.states[figure],
  }));
  const subsystems = pool.formulas.map(({ subsystem, actualWork }): Drillable => {
    return {
      figure: { ...of, figure: 'actual', group: { by: 'subsystem', id: subsystem } },
      amount: actualWork,
    };
  });
  const stays: Drillable[] = pool.beds
    ? [
        {
          figure: { kind: 'beds', poolId: pool.poolId, figure: 'discharges' },
          amount: pool.beds.discharges,
        },
      ]
    : [];
  return [
    ...states,
    { figure: { ...of, figure: 'overcommitted' }, amount: pool.overcommittedWork },
    { figure: { ...of, figure: 'actual' }, amount: pool.utilization.numerator },
    { figure: { ...of, figure: 'planned' }, amount: pool.plannedWork },
    { figure: { ...of, figure: 'reserved' }, amount: pool.reservedWork },
    { figure: { ...of, figure: 'unmet' }, amount: pool.unmetWork },
    ...subsystems,
    ...stays,
  ];
}

function outcomeNumbers(row: UtilizationReport['outcomes'][number]): Drillable[] {
  const of = { kind: 'outcomes', subsystem: row.subsystem } as const;
  return [
    { figure: { ...of, figure: 'finished' }, amount: row.finished },
    { figure: { ...of, figure: 'on-time' }, amount: row.onTime?.numerator },
    { figure: { ...of, figure: 'missed' }, amount: row.missed?.numerator },
    { figure: { ...of, figure: 'finished-early' }, amount: row.finishedEarly?.numerator },
    { figure: { ...of, figure: 'finished-late' }, amount: row.finishedLate?.numerator },
  ];
}

function groupNumbers({ groups }: UtilizationReport): Drillable[] {
  if (!groups) return [];
  const { by } = groups;
  return [
    ...groups.pools.flatMap((row): Drillable[] => {
      const of = { kind: 'pool', poolId: row.poolId, group: { by, id: row.groupId } } as const;
      return [
        ...ACCOUNTING_STATES.map((figure) => ({ figure: { ...of, figure }, amount: row.states[figure] })),
        { figure: { ...of, figure: 'overcommitted' }, amount: row.overcommittedWork },
        { figure: { ...of, figure: 'actual' }, amount: row.utilization.numerator },
        ...(row.unmetWork === null
          ? []
          : [{ figure: { ...of, figure: 'unmet' as const }, amount: row.unmetWork }]),
      ];
    }),
    ...groups.tasks.flatMap(({ groupId, started, withinTarget, finished }): Drillable[] => {
      const of = { kind: 'group-tasks', group: { by, id: groupId } } as const;
      return [
        { figure: { ...of, figure: 'started' }, amount: started },
        { figure: { ...of, figure: 'within-target' }, amount: withinTarget?.numerator },
        { figure: { ...of, figure: 'finished' }, amount: finished },
      ];
    }),
  ];
}
