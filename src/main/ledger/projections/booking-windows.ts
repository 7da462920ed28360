/**
 * What one run of a task holds, as rows, and how a person's decision changes them: pure functions over the rows of one
 * run, in the order of segment, then need. Planned windows are never moved by what really happened, with one
 * exception: a reservation that was given up holds nothing after that instant, and its planned end says so.
 */
import type { TaskState } from '../../../shared/domain/lifecycle.ts';
import type { Allocation } from '../../../shared/domain/task.ts';

export interface BookingFields {
  readonly segment: number;
  /** Index of the need in the task. */
  readonly position: number;
  readonly poolId: string;
  readonly state: TaskState;
  readonly rateMilli: number;
  /** JSON array of unit ids. */
  readonly unitIds: string;
  readonly plannedStart: number | null;
  readonly plannedEnd: number | null;
  readonly isReserved: number;
  readonly actualStart: number | null;
  readonly actualEnd: number | null;
}

/**
 * One row per segment and need.
 * @param poolIds  pools of the task's needs, in their order
 * @throws RangeError when the allocation does not have one rate and one list of units per need
 */
export function planned(
  allocation: Allocation,
  poolIds: readonly string[],
  state: TaskState,
  isReserved: boolean,
): BookingFields[] {
  if (allocation.units.length !== poolIds.length) throw new RangeError('one list of units per need');
  return allocation.segments.flatMap((segment, index) => {
    if (segment.ratesMilli.length !== poolIds.length) throw new RangeError('one rate per need');
    return segment.ratesMilli.map((rateMilli, position) => ({
      segment: index,
      position,
      poolId: poolIds[position] ?? '', // lengths are equal: checked above
      state,
      rateMilli,
      unitIds: JSON.stringify(allocation.units[position]),
      plannedStart: segment.start,
      plannedEnd: segment.end,
      isReserved: Number(isReserved),
      actualStart: null,
      actualEnd: null,
    }));
  });
}

export function withState(
  rows: readonly BookingFields[],
  state: TaskState,
  isReserved: boolean,
): BookingFields[] {
  return rows.map((row) => ({ ...row, state, isReserved: Number(isReserved) || row.isReserved }));
}

function lastSegmentOf(rows: readonly BookingFields[]): number {
  return Math.max(...rows.map((row) => row.segment));
}

/**
 * Begins at `at`: in the first segment that has not passed by then. Segments after it are taken to run as planned
 * until the task ends (a reader clips what is actual at now); the last one has no end yet.
 */
export function started(rows: readonly BookingFields[], at: number): BookingFields[] {
  const last = lastSegmentOf(rows);
  const ahead = rows
    .filter((row) => row.plannedEnd !== null && row.plannedEnd > at)
    .map((row) => row.segment);
  const first = Math.min(last, ...ahead);
  return rows.map((row) => ({
    ...row,
    state: 'running',
    actualStart: row.segment < first ? null : row.segment === first ? at : row.plannedStart,
    actualEnd: row.segment < first || row.segment === last ? null : row.plannedEnd,
  }));
}

/**
 * Ends at `at`, into `state`: later segments never ran.
 * @throws RangeError when `at` is before the start
 */
export function ended(rows: readonly BookingFields[], at: number, state: TaskState): BookingFields[] {
  const begun = rows.filter((row) => row.actualStart !== null);
  const first = Math.min(...begun.map((row) => row.segment));
  return rows.map((row) => {
    if (row.actualStart === null) return { ...row, state };
    if (row.segment === first && at < row.actualStart) throw new RangeError('a task ends before it starts');
    if (row.segment > first && row.actualStart >= at) {
      return { ...row, state, actualStart: null, actualEnd: null };
    }
    return { ...row, state, actualEnd: Math.min(row.actualEnd ?? at, at) };
  });
}

/**
 * Running work that goes on elsewhere from `at`: what it held until then stays, cut there; `rest` follows as further
 * segments, the last one without an end. A segment that was still to come is replaced.
 * @param rest  planned rows from `at` on, as `planned` makes them
 */
export function repaired(
  rows: readonly BookingFields[],
  rest: readonly BookingFields[],
  at: number,
): BookingFields[] {
  const held = rows
    .filter((row) => row.actualStart !== null && row.actualStart < at)
    .map((row) => ({
      ...row,
      ...plannedUntil(row, at),
      actualEnd: Math.min(row.actualEnd ?? at, at),
    }));
  const next = Math.max(-1, ...held.map((row) => row.segment)) + 1;
  const last = lastSegmentOf(rest);
  return [
    ...held,
    ...rest.map((row) => ({
      ...row,
      segment: next + row.segment,
      actualStart: Math.max(row.plannedStart ?? at, at),
      actualEnd: row.segment === last ? null : row.plannedEnd,
    })),
  ];
}

/** The planned window cut at `at`; none where it would begin only then. */
function plannedUntil(row: BookingFields, at: number): Pick<BookingFields, 'plannedStart' | 'plannedEnd'> {
  if (row.plannedStart === null || row.plannedStart >= at) return { plannedStart: null, plannedEnd: null };
  return { plannedStart: row.plannedStart, plannedEnd: Math.min(row.plannedEnd ?? at, at) };
}

/** Nobody holds it from `at` on: what lies behind stays as it was held, what lies ahead is gone. */
export function givenUp(rows: readonly BookingFields[], at: number, state: TaskState): BookingFields[] {
  return rows
    .filter((row) => row.isReserved === 1 && row.plannedStart !== null && row.plannedStart < at)
    .map((row) => ({ ...row, state, plannedEnd: Math.min(row.plannedEnd ?? at, at) }));
}
