/**
 * Counts of few persons in a grouped report: taken out like those of the other tables, and also where a group's count
 * less what the table of waits still tells would give one of its cells back. Decisions 0151, 0235.
 */
import type { GroupedTaskRow, ReportGroups } from '../../shared/domain/report-grouping.ts';
import type { OutcomeRow, WaitRow } from '../../shared/domain/report.ts';
import { getSubsystem } from '../../shared/domain/subsystem.ts';
import { SMALLEST_COUNT, hiddenCells, withoutFew } from './hidden-cells.ts';

/** The table of waits as it is, and the other tables as they will be shown. */
export interface ShownTables {
  readonly whole: readonly WaitRow[];
  readonly shown: readonly WaitRow[];
  readonly outcomes: readonly OutcomeRow[];
}

export function withoutFewInGroups(groups: ReportGroups | null, tables: ShownTables): ReportGroups | null {
  if (!groups) return null;
  const subsystemOf = new Map(groups.groups.map(({ id, subsystem }) => [id, subsystem]));
  const isOfPersons = ({ groupId }: GroupedTaskRow): boolean => {
    const subsystem = subsystemOf.get(groupId) ?? null;
    return subsystem === null || getSubsystem(subsystem).isAboutPatient;
  };
  // Kinds of work add up to their subsystem, whose count is told elsewhere; everything else to the whole.
  const totalOf = ({ groupId }: GroupedTaskRow): string =>
    groups.by === 'work-kind' ? (subsystemOf.get(groupId) ?? 'unknown') : 'all';
  const rows = groups.tasks.filter(isOfPersons);
  const started = hiddenIn(rows, totalOf, 'started', (row) => groups.by === 'urgency' && tells(row, tables));
  const untold = new Set(tables.outcomes.filter((row) => row.finished === null).map((row) => row.subsystem));
  // A subsystem that is not told must not come back as the sum of its kinds of work.
  const finished = hiddenIn(rows, totalOf, 'finished', ({ groupId }) => {
    const subsystem = subsystemOf.get(groupId) ?? null;
    return subsystem !== null && untold.has(subsystem);
  });
  return {
    ...groups,
    tasks: groups.tasks.map((row) => {
      if (!isOfPersons(row)) return row;
      const ofStarts = started.has(row)
        ? { started: null, waitSecondsMedian: null, waitSecondsP90: null, withinTarget: null }
        : { withinTarget: withoutFew(row.withinTarget) };
      const ofEnds = finished.has(row)
        ? { finished: null, turnaroundSecondsMedian: null, turnaroundSecondsP90: null }
        : {};
      return { ...row, ...ofStarts, ...ofEnds };
    }),
  };
}

/** Whether a class's starts less those that the table of waits shows of it would tell too few. */
function tells({ groupId }: GroupedTaskRow, { whole, shown }: ShownTables): boolean {
  const hidden = whole.filter(
    ({ urgency, started }, index) =>
      String(urgency) === groupId && started !== 0 && shown[index]?.started === null,
  );
  const sum = hidden.reduce((total, { started }) => total + (started ?? 0), 0);
  return hidden.length === 1 || (hidden.length > 1 && sum < SMALLEST_COUNT);
}

function hiddenIn(
  rows: readonly GroupedTaskRow[],
  totalOf: (row: GroupedTaskRow) => string,
  count: 'started' | 'finished',
  hasToGo: (row: GroupedTaskRow) => boolean,
): ReadonlySet<GroupedTaskRow> {
  const hidden = new Set<GroupedTaskRow>();
  for (const group of Map.groupBy(rows, totalOf).values()) {
    const cells = hiddenCells(
      group.map((row) => row[count] ?? 0),
      group.map(hasToGo),
    );
    group.forEach((row, index) => {
      if (cells[index]) hidden.add(row);
    });
  }
  return hidden;
}
