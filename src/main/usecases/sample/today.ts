/**
 * Cuts the sample's outcomes at `now`: what is over is history; what has begun and not ended is running; what is
 * promised and still ahead is confirmed; everything else waits for the planner. What is confirmed never collides with
 * what runs, but for one: somebody's appointment in a unit where the work before has run past its planned end. Pure.
 */
import { expectedEnd } from '../../../shared/domain/overrun.ts';
import type { Pool } from '../../../shared/domain/pool.ts';
import type { Allocation, Task } from '../../../shared/domain/task.ts';
import type { UnitId } from '../../../shared/ids.ts';
import type { Instant } from '../../../shared/units.ts';
import { MINUTE, instant, seconds } from '../../../shared/units.ts';
import type { Outcome } from './happen.ts';
import { missedAt } from './happen.ts';
import type { SampleHistoryRow } from './rows.ts';
import { allocationOf, historyRow, runningTask, waitingTask } from './rows.ts';

export interface SampleOpenRow {
  readonly task: Task;
  /** Where it runs or is promised, by its booking; null while it waits. */
  readonly allocation: Allocation | null;
}

interface Holding {
  readonly end: Instant;
  readonly isOverrun: boolean;
}

/** Appointments are promised when they are made, other work only this long before its start. */
const CONFIRMED_AHEAD_SECONDS = 30 * MINUTE;
const OVERRUN_SECONDS = 7 * MINUTE;

/** @param outcomes  in the order of reserved starts */
export function cutAtNow(
  outcomes: readonly Outcome[],
  pools: readonly Pool[],
  now: Instant,
): { history: SampleHistoryRow[]; open: SampleOpenRow[] } {
  const history: SampleHistoryRow[] = [];
  const running: Outcome[] = [];
  const ahead: Outcome[] = [];
  for (const outcome of outcomes) {
    if (isOver(outcome, now)) history.push(historyRow(outcome));
    else if (outcome.fate === 'done' && outcome.startedAt <= now) running.push(outcome);
    else ahead.push(outcome);
  }
  const runningRows = withOneOverdue(
    running.flatMap((outcome) => runningRow(outcome)),
    now,
  );
  return { history, open: [...runningRows, ...aheadRows(ahead, runningRows, pools, now)] };
}

function isOver(outcome: Outcome, now: Instant): boolean {
  if (outcome.fate === 'missed') return missedAt(outcome.reserved) <= now;
  return (outcome.fate === 'done' ? outcome.endedAt : outcome.cancelledAt) <= now;
}

function runningRow(outcome: Outcome): SampleOpenRow[] {
  if (outcome.fate !== 'done') return [];
  return [runningTask(outcome.demand, outcome.reserved, outcome.startedAt)];
}

/** Of the countable work under way, the one nearest to its end was planned to be over a few minutes ago. */
function withOneOverdue(rows: readonly SampleOpenRow[], now: Instant): SampleOpenRow[] {
  const endOf = ({ task }: SampleOpenRow) => (task.startedAt ?? now) + task.durationSeconds;
  const candidates = rows.filter(
    ({ task, allocation }) =>
      allocation?.units.every((units) => units.length > 0) &&
      task.startedAt !== null &&
      now - OVERRUN_SECONDS - task.startedAt >= 10 * MINUTE,
  );
  const [overdue] = candidates.toSorted((left, right) => endOf(left) - endOf(right));
  if (!overdue?.allocation || overdue.task.startedAt === null || endOf(overdue) <= now) return [...rows];
  const start = overdue.task.startedAt;
  const end = instant(now - OVERRUN_SECONDS);
  const task: Task = { ...overdue.task, durationSeconds: seconds(end - start) };
  const shortened = { task, allocation: allocationOf(task, overdue.allocation.units, { start, end }) };
  return rows.map((row) => (row === overdue ? shortened : row));
}

function aheadRows(
  ahead: readonly Outcome[],
  running: readonly SampleOpenRow[],
  pools: readonly Pool[],
  now: Instant,
): SampleOpenRow[] {
  const holdings = holdingsOf(running, now);
  const outNow = new Set(
    pools.flatMap((pool) => pool.outages.filter((row) => row.end === null).map((row) => row.unitId)),
  );
  let mayCollide = true;
  return ahead.map(({ demand, reserved }) => {
    const task = waitingTask(demand);
    const waits: SampleOpenRow = { task, allocation: null };
    const isPromised = demand.isAppointment || reserved.start <= now + CONFIRMED_AHEAD_SECONDS;
    const units = reserved.units.flat();
    if (reserved.start < now || !isPromised || units.some((unit) => outNow.has(unit))) return waits;

    const collisions = units.flatMap((unit) => {
      const holding = holdings.get(unit);
      return holding && holding.end > reserved.start ? [holding] : [];
    });
    if (collisions.length > 0) {
      if (!mayCollide || !collisions.every((holding) => holding.isOverrun)) return waits;
      mayCollide = false;
    }
    return {
      task: { ...task, state: 'confirmed' },
      allocation: allocationOf(task, reserved.units, reserved),
    };
  });
}

function holdingsOf(running: readonly SampleOpenRow[], now: Instant): Map<UnitId, Holding> {
  return new Map(
    running.flatMap(({ task, allocation }) => {
      if (task.startedAt === null) return [];
      const { end, isAssumed } = expectedEnd({
        startedAt: task.startedAt,
        durationSeconds: task.durationSeconds,
        now,
      });
      return (allocation?.units.flat() ?? []).map((unit) => [unit, { end, isOverrun: isAssumed }] as const);
    }),
  );
}
