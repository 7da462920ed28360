/**
 * Counts of few persons among the tasks of a report, in all of its tables at once: those of waits and of outcomes, and
 * the groups of a grouped report, which add up to them. Decisions 0151, 0235 and 0320.
 */
import type { GroupedTaskRow, ReportGroups } from '../../shared/domain/report-grouping.ts';
import { isTimeGrouping } from '../../shared/domain/report-grouping.ts';
import type { OutcomeRow, UtilizationReport, WaitRow } from '../../shared/domain/report.ts';
import type { SubsystemId } from '../../shared/domain/subsystem.ts';
import { SUBSYSTEM_IDS, getSubsystem } from '../../shared/domain/subsystem.ts';
import { URGENCY_CLASSES } from '../../shared/domain/urgency.ts';
import type { Balance, CountCell } from './hidden-cells.ts';
import { hiddenAmong, isSmall, withoutFew } from './hidden-cells.ts';

type Tables = Pick<UtilizationReport, 'waits' | 'outcomes' | 'groups'>;

/** Research counts data sets, not persons. */
export function countsPersons({ subsystem }: { readonly subsystem: SubsystemId }): boolean {
  return getSubsystem(subsystem).isAboutPatient;
}

export function withoutFewTasks({ waits, outcomes, groups }: Tables): Tables {
  const books = new GroupBooks(groups);
  const starts = startsHidden(waits, books);
  const ends = endsHidden(outcomes, books);
  return {
    waits: waits.map((row, place) => waitRow(row, starts.of(place), starts.stillHidden[place] === true)),
    outcomes: outcomes.map((row, place) => outcomeRow(row, ends.of(place))),
    groups: groups && {
      ...groups,
      tasks: groups.tasks.map((row, place) =>
        groupRow(row, starts.of(waits.length + place), ends.of(outcomes.length + place)),
      ),
    },
  };
}

/** What of a row is hidden: its count, and the part of it that another figure is of. */
interface Hidden {
  readonly count: boolean;
  readonly part: boolean;
}

function waitRow(row: WaitRow, { count, part }: Hidden, isStillHidden: boolean): WaitRow {
  return {
    ...row,
    ...(count && { started: null, waitSecondsMedian: null, waitSecondsP90: null }),
    ...(part && { withinTarget: null }),
    ...(isStillHidden && { stillWaiting: null }),
  };
}

function outcomeRow(row: OutcomeRow, hidden: Hidden): OutcomeRow {
  if (!countsPersons(row)) return row;
  return {
    ...row,
    missed: withoutFew(row.missed),
    onTime: withoutFew(row.onTime),
    ...withoutFewEnds(row),
    ...turnaroundOf(row, hidden),
  };
}

/** The count of those that finished, and the medians over those of them whose turnaround is known. */
function turnaroundOf<Row extends OutcomeRow | GroupedTaskRow>(
  row: Row,
  { count, part }: Hidden,
): Pick<OutcomeRow, 'finished' | 'turnarounds' | 'turnaroundSecondsMedian' | 'turnaroundSecondsP90'> {
  const { finished, turnarounds, turnaroundSecondsMedian, turnaroundSecondsP90 } = row;
  return {
    finished: count ? null : finished,
    ...(part
      ? { turnarounds: null, turnaroundSecondsMedian: null, turnaroundSecondsP90: null }
      : { turnarounds, turnaroundSecondsMedian, turnaroundSecondsP90 }),
  };
}

function groupRow(row: GroupedTaskRow, starts: Hidden, ends: Hidden): GroupedTaskRow {
  return {
    ...row,
    ...(starts.count && { started: null, waitSecondsMedian: null, waitSecondsP90: null }),
    ...(starts.part && { withinTarget: null }),
    ...turnaroundOf(row, ends),
  };
}

/**
 * Early, late and in time share one denominator: two of them must not tell the third, nor the denominator those whose
 * end was assumed or never promised.
 */
function withoutFewEnds({
  finished,
  finishedEarly: early,
  finishedLate: late,
}: OutcomeRow): Pick<OutcomeRow, 'finishedEarly' | 'finishedLate'> {
  const shown = { finishedEarly: withoutFew(early), finishedLate: withoutFew(late) };
  if (!early || !late) return shown;
  if (isSmall((finished ?? 0) - early.denominator)) return { finishedEarly: null, finishedLate: null };
  const inTime = early.denominator - early.numerator - late.numerator;
  if (!isSmall(inTime)) return shown;
  return early.numerator <= late.numerator
    ? { ...shown, finishedEarly: null }
    : { ...shown, finishedLate: null };
}

interface RowsHidden {
  /** @param place  of the row, those of the groups after those of the table */
  readonly of: (place: number) => Hidden;
}

function startsHidden(
  waits: readonly WaitRow[],
  books: GroupBooks,
): RowsHidden & { stillHidden: readonly boolean[] } {
  const totals = SUBSYSTEM_IDS.filter((subsystem) => countsPersons({ subsystem })).map((id) => ({
    parts: placesOf(waits, ({ subsystem }) => subsystem === id),
    wholes: [],
  }));
  const across = books.across(waits);
  const rows = [
    ...waits.map((row) => ({ ...row, isOfPersons: countsPersons(row) })),
    ...books.rows.map((row) => ({ ...row, isOfPersons: books.isOfPersons(row, waits) })),
  ];
  const still = waits.map((row) => ({ counts: [row.stillWaiting ?? 0], isOfPersons: countsPersons(row) }));
  return {
    ...hiddenRows(
      rows.map(({ started, withinTarget, isOfPersons }) => ({
        count: started ?? 0,
        part: withinTarget?.numerator ?? 0,
        isOfPersons,
      })),
      [...totals, ...books.totals(waits.length)],
      across,
    ),
    stillHidden: hiddenAmong(still, totals),
  };
}

function endsHidden(outcomes: readonly OutcomeRow[], books: GroupBooks): RowsHidden {
  const rows = [
    ...outcomes.map((row) => ({ ...row, isOfPersons: countsPersons(row) })),
    ...books.rows.map((row) => ({ ...row, isOfPersons: books.isOfPersons(row) })),
  ];
  const all = { parts: placesOf(outcomes, countsPersons), wholes: [] };
  return hiddenRows(
    rows.map(({ finished, turnarounds, isOfPersons }) => ({
      count: finished ?? 0,
      part: turnarounds ?? 0,
      isOfPersons,
    })),
    [all, ...books.totals(outcomes.length)],
    books.across(outcomes),
  );
}

/**
 * @param totals  sums of counts that are known, or taken to be
 * @param across  what two tables have in common, for counts and for their parts
 */
function hiddenRows(
  rows: readonly { readonly count: number; readonly part: number; readonly isOfPersons: boolean }[],
  totals: readonly Balance[],
  across: readonly Balance[],
): RowsHidden {
  const counts = hiddenAmong(
    rows.map(({ count, isOfPersons }) => ({ counts: [count], isOfPersons })),
    [...totals, ...across],
  );
  const cells = rows.map(({ count, part, isOfPersons }, place): CountCell => {
    const hasToGo = counts[place] === true;
    return { counts: [part, count - part], isOfPersons, hasToGo };
  });
  const parts = hiddenAmong(cells, across);
  return { of: (place) => ({ count: counts[place] === true, part: parts[place] === true }) };
}

function placesOf<Row>(rows: readonly Row[], isWanted: (row: Row) => boolean, first = 0): number[] {
  return rows.flatMap((row, place) => (isWanted(row) ? [first + place] : []));
}

/** The rows of a grouped report, and what they add up to. */
class GroupBooks {
  readonly rows: readonly GroupedTaskRow[];
  readonly #by: ReportGroups['by'] | null;
  readonly #subsystemOf: ReadonlyMap<string, SubsystemId | null>;

  constructor(groups: ReportGroups | null) {
    this.rows = groups?.tasks ?? [];
    this.#by = groups?.by ?? null;
    this.#subsystemOf = new Map(groups?.groups.map(({ id, subsystem }) => [id, subsystem]));
  }

  /** @param waits  where these are its starts: a class in which only data sets started counts no persons */
  isOfPersons({ groupId }: GroupedTaskRow, waits: readonly WaitRow[] | null = null): boolean {
    if (waits && this.#by === 'urgency') {
      const ofClass = waits.filter(({ urgency, started }) => String(urgency) === groupId && started !== 0);
      return ofClass.some(countsPersons);
    }
    const subsystem = this.#subsystemOf.get(groupId) ?? null;
    return subsystem === null || countsPersons({ subsystem });
  }

  /** Kinds of work add up to their subsystem, whose count is told elsewhere; everything else to the whole. */
  totals(first: number): Balance[] {
    const persons = this.rows.filter((row) => this.isOfPersons(row));
    const keyOf = ({ groupId }: GroupedTaskRow): string =>
      this.#by === 'work-kind' ? (this.#subsystemOf.get(groupId) ?? 'unknown') : 'all';
    return [...Map.groupBy(persons, keyOf).values()].map((rows) => ({
      parts: placesOf(this.rows, (row) => rows.includes(row), first),
      wholes: [],
    }));
  }

  /** Where the groups' counts add up to those of another table's rows, which come before them. */
  across(table: readonly (WaitRow | OutcomeRow)[]): Balance[] {
    const by = this.#by;
    if (by === null) return [];
    const first = table.length;
    const whole = { parts: [...table.keys()], wholes: placesOf(this.rows, () => true, first) };
    const isAnyUnknown = [...this.#subsystemOf.values()].includes(null);
    if (isTimeGrouping(by) || (by === 'work-kind' && isAnyUnknown)) return [whole];
    if (by === 'urgency') {
      if (!table.every((row) => 'urgency' in row)) return [whole];
      return URGENCY_CLASSES.map((urgency) => ({
        parts: placesOf(table, (row) => 'urgency' in row && row.urgency === urgency),
        wholes: placesOf(this.rows, ({ groupId }) => groupId === String(urgency), first),
      }));
    }
    return SUBSYSTEM_IDS.map((id) => ({
      parts: placesOf(table, ({ subsystem }) => subsystem === id),
      wholes: placesOf(this.rows, ({ groupId }) => this.#subsystemOf.get(groupId) === id, first),
    }));
  }
}
