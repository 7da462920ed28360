/**
 * A comparison as a screen shows it: what a change does to the adopted plan task by task, in names. Pure; names come
 * in as a row context.
 */
import type { Comparison } from '../../allocator/index.ts';
import type { LongerWait, NewlyDisplaced, PlanEffect, TaskShift } from '../../../shared/contract/whatif.ts';
import type { Displacement, PlanMove } from '../../../shared/domain/plan.ts';
import { sameText } from '../../../shared/domain/local-text.ts';
import { SUBSYSTEM_IDS } from '../../../shared/domain/subsystem.ts';
import type { PoolId, TaskId } from '../../../shared/ids.ts';
import { compareIds } from '../../../shared/ids.ts';
import type { Instant } from '../../../shared/units.ts';
import type { RowContext } from '../views/task-rows.ts';
import { reasonViewOf } from '../views/task-rows.ts';

const SHIFTS_SHOWN = 200;
const DISPLACED_SHOWN = 50;
const LONGER_WAITS_SHOWN = 5;

/** @param today  the adopted plan: what it has displaced already is not the change's doing */
export function planEffectOf(changed: Comparison, today: Comparison, context: RowContext): PlanEffect {
  const { moves } = changed;
  const displaced = newlyDisplaced(changed, today);
  const first = earliestOf(moves);
  const byLoss = [...moves].sort(
    (left, right) => lossOf(right) - lossOf(left) || compareIds(left.taskId, right.taskId),
  );
  const countOf = (isIt: (move: PlanMove) => boolean) => moves.filter(isIt).length;
  return {
    earlier: countOf(isEarlier),
    later: countOf(isLater),
    lost: countOf((move) => move.to === null),
    found: countOf((move) => move.from === null),
    displacedCount: new Set(displaced.map((row) => row.taskId)).size,
    displaced: displaced.slice(0, DISPLACED_SHOWN).flatMap((row) => displacedView(row, context)),
    shifts: byLoss.flatMap((move) => shiftView(move, context)).slice(0, SHIFTS_SHOWN),
    longerWaits: longerWaits(byLoss, changed, context),
    shiftsBySubsystem: SUBSYSTEM_IDS.map((subsystem) => {
      const own = moves.filter((move) => context.task(move.taskId)?.subsystem === subsystem);
      return {
        subsystem,
        earlier: own.filter(isEarlier).length,
        later: own.filter(isLater).length,
      };
    }),
    first: first ? (shiftView(first, context)[0] ?? null) : null,
  };
}

/** How many of a variant's moves planning afresh makes as well, without any change. */
export function shiftsAlsoIn(moves: readonly PlanMove[], afresh: readonly PlanMove[]): number {
  const starts = new Map(afresh.map((move) => [move.taskId, move.to]));
  return moves.filter((move) => starts.has(move.taskId) && starts.get(move.taskId) === move.to).length;
}

function longerWaits(byLoss: readonly PlanMove[], { plan }: Comparison, context: RowContext): LongerWait[] {
  const shown = byLoss.filter((move) => lossOf(move) > 0).slice(0, LONGER_WAITS_SHOWN);
  return shown.flatMap((move) => {
    const reason = plan.reasons.find((each) => each.taskId === move.taskId);
    return shiftView(move, context).map((shift) => ({
      ...shift,
      reason: reason ? reasonViewOf(reason, context) : null,
    }));
  });
}

function isEarlier({ from, to }: PlanMove): boolean {
  return from !== null && to !== null && to < from;
}

function isLater({ from, to }: PlanMove): boolean {
  return from !== null && to !== null && to > from;
}

/** Seconds a task loses: most where it loses its start, negative where it gains. */
function lossOf({ from, to }: PlanMove): number {
  if (to === null) return Number.MAX_SAFE_INTEGER;
  return from === null ? -Number.MAX_SAFE_INTEGER : to - from;
}

function earliestOf(moves: readonly PlanMove[]): PlanMove | null {
  const timeOf = ({ from, to }: PlanMove) => Math.min(from ?? Infinity, to ?? Infinity);
  return moves.reduce<PlanMove | null>(
    (first, move) => (first === null || timeOf(move) < timeOf(first) ? move : first),
    null,
  );
}

function newlyDisplaced(changed: Comparison, today: Comparison): Displacement[] {
  const key = (row: { readonly taskId: TaskId; readonly poolId: PoolId }) => `${row.taskId} ${row.poolId}`;
  const known = new Set(today.plan.displacements.map(key));
  return changed.plan.displacements
    .filter((row) => !known.has(key(row)))
    .sort((left, right) => left.from - right.from || compareIds(left.taskId, right.taskId));
}

/** A task by name; none for one that the ledger does not know. */
export function namedTask(taskId: TaskId, context: RowContext): Omit<TaskShift, 'from' | 'to'>[] {
  const task = context.task(taskId);
  if (!task) return [];
  return [
    {
      taskId,
      subsystem: task.subsystem,
      workKind: context.workKind(task.workKindId)?.name ?? sameText(task.workKindId),
      patient: task.patientId === null ? null : context.identity(task.patientId),
      urgency: task.urgency,
    },
  ];
}

/** A move by name. */
export function shiftView({ taskId, from, to }: PlanMove, context: RowContext): TaskShift[] {
  return namedTask(taskId, context).map((task) => ({ ...task, from, to }));
}

function displacedView(row: Displacement, context: RowContext): NewlyDisplaced[] {
  const { poolId, from, until } = row;
  const repairStart: Instant | null = row.repair?.segments[0]?.start ?? null;
  const poolName = context.pool(poolId)?.name ?? sameText(poolId);
  return namedTask(row.taskId, context).map((task) => ({
    ...task,
    poolId,
    poolName,
    from,
    until,
    isRunning: context.task(row.taskId)?.state === 'running',
    repairStart,
  }));
}
