/**
 * How rows are grouped and ordered on screens: running, next, waiting, held, ended; and what Today calls stuck. Pure.
 */
import type { TaskRow } from '../../../shared/contract/tasks.ts';
import { compareIds } from '../../../shared/ids.ts';
import type { Instant } from '../../../shared/units.ts';
import { HOUR, MINUTE } from '../../../shared/units.ts';

/** "Next" is what is promised within the working day ahead, and what is planned within two hours. */
export const PROMISED_WITHIN_SECONDS = 12 * HOUR;
export const PLANNED_WITHIN_SECONDS = 2 * HOUR;
/** A confirmed task that has not begun this long after its start may be a no-show. */
export const GRACE_SECONDS = 15 * MINUTE;

export interface RowGroups {
  readonly running: TaskRow[];
  readonly next: TaskRow[];
  readonly waiting: TaskRow[];
  /** Promised for another day. */
  readonly later: TaskRow[];
  readonly held: TaskRow[];
}

/** By start (none comes last), then urgency, then id: a total order. */
export function compareRows(left: TaskRow, right: TaskRow): number {
  return (
    (left.start ?? Number.MAX_SAFE_INTEGER) - (right.start ?? Number.MAX_SAFE_INTEGER) ||
    left.urgency - right.urgency ||
    compareIds(left.taskId, right.taskId)
  );
}

export function groupRows(rows: readonly TaskRow[], now: Instant): RowGroups {
  const groups: RowGroups = { running: [], next: [], waiting: [], later: [], held: [] };
  for (const row of rows) groupOf(groups, row, now)?.push(row);
  for (const list of Object.values(groups)) list.sort(compareRows);
  return groups;
}

function groupOf(groups: RowGroups, row: TaskRow, now: Instant): TaskRow[] | null {
  if (row.state === 'running') return groups.running;
  if (row.state === 'held') return groups.held;
  if (row.state === 'confirmed') {
    return startsWithin(row, now, PROMISED_WITHIN_SECONDS) ? groups.next : groups.later;
  }
  if (row.state === 'tentative') {
    return startsWithin(row, now, PLANNED_WITHIN_SECONDS) ? groups.next : groups.waiting;
  }
  return row.state === 'waiting' ? groups.waiting : null;
}

function startsWithin(row: TaskRow, now: Instant, withinSeconds: number): boolean {
  return row.start !== null && row.start < now + withinSeconds;
}

export function isPastEnd(row: TaskRow): boolean {
  return row.state === 'running' && row.isEndAssumed;
}

export function isNoShow(row: TaskRow, now: Instant): boolean {
  return row.state === 'confirmed' && row.start !== null && row.start + GRACE_SECONDS < now;
}

export function isPastTarget(row: TaskRow): boolean {
  const waits = row.state === 'waiting' || row.state === 'tentative' || row.state === 'confirmed';
  return waits && row.waitedSeconds > row.targetSeconds;
}

/** Past a planned end, not come, refused a place, or waiting beyond its target. */
export function isStuck(row: TaskRow, now: Instant): boolean {
  return isPastEnd(row) || isNoShow(row, now) || isPastTarget(row) || row.reason?.refusal != null;
}
