/**
 * A task with changes made to it, or why they cannot be made. Pure: ids, the clock and the catalogue come in.
 */
import type { TaskChanges } from '../../../shared/contract/tasks.ts';
import type { Pool } from '../../../shared/domain/pool.ts';
import type { TaskState } from '../../../shared/domain/lifecycle.ts';
import type { Allocation, Need, Task, WorkKind } from '../../../shared/domain/task.ts';
import type { PatientId, PoolId, TaskId } from '../../../shared/ids.ts';
import type { Result } from '../../../shared/result.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { Instant, Seconds } from '../../../shared/units.ts';
import { instant, rateOfAmount } from '../../../shared/units.ts';
import type { After } from './predecessors.ts';
import { afterOf } from './predecessors.ts';
import { laterOf, needRefusal, START_TOLERANCE_SECONDS } from './draft-to-task.ts';

export interface AmendFacts {
  readonly now: Instant;
  /** Whom it is about from now on. */
  readonly patientId: PatientId | null;
  pool(id: PoolId): Pool | null;
  workKind(id: WorkKind['id']): WorkKind | null;
  /** For what it is to come after. */
  task(id: TaskId): Task | null;
}

type AmendRefusal =
  | 'amend-not-possible'
  | 'unknown-work-kind'
  | 'unknown-pool'
  | 'invalid-need'
  | 'exceeds-capacity'
  | 'start-in-the-past'
  | 'unknown-predecessor'
  | 'precedence-cycle';

type Change = keyof TaskChanges;

const IN_THE_QUEUE: readonly TaskState[] = ['waiting', 'held', 'tentative'];
/** What may still change once work has begun. */
const WHILE_RUNNING: readonly Change[] = [
  'durationSeconds',
  'urgency',
  'due',
  'intervalSeconds',
  'reference',
  'note',
];
const ONCE_ENDED: readonly Change[] = ['reference', 'note'];

function mayChange(state: TaskState, change: Change): boolean {
  if (IN_THE_QUEUE.includes(state) || state === 'confirmed') return true;
  return (state === 'running' ? WHILE_RUNNING : ONCE_ENDED).includes(change);
}

/** The first refusal in the order of `AmendRefusal`. */
export function amendedTask(
  before: Task,
  changes: TaskChanges,
  facts: AmendFacts,
): Result<Task, AmendRefusal> {
  const names = Object.keys(changes) as Change[]; // the contract's own names
  if (!names.every((name) => mayChange(before.state, name))) {
    return refuse('amend-not-possible', { state: before.state });
  }
  const kind = changes.workKindId === undefined ? null : facts.workKind(changes.workKindId);
  if (changes.workKindId !== undefined && kind?.subsystem !== before.subsystem) {
    return refuse('unknown-work-kind');
  }
  for (const need of changes.needs ?? []) {
    const refusal = needRefusal(need, changes.needs ?? [], facts);
    if (refusal) return refuse(refusal, { poolId: need.poolId });
  }
  const fixedStart = changes.fixedStart === undefined ? before.fixedStart : changes.fixedStart;
  const isNewStart = fixedStart !== null && fixedStart !== before.fixedStart;
  if (isNewStart && fixedStart < facts.now - START_TOLERANCE_SECONDS) return refuse('start-in-the-past');
  const needs = changes.needs ?? needsFor(before, changes.durationSeconds ?? before.durationSeconds);
  const after =
    changes.after === undefined ? null : afterOf(changes.after, before.id, (id) => facts.task(id));
  if (after?.ok === false) return after;
  return accept({
    ...withInterval(after ? withAfter(before, after.value) : before, changes.intervalSeconds),
    workKindId: kind?.id ?? before.workKindId,
    patientId: facts.patientId,
    requester: facts.patientId === before.patientId ? before.requester : (facts.patientId ?? before.id),
    needs,
    durationSeconds: changes.durationSeconds ?? before.durationSeconds,
    urgency: changes.urgency ?? before.urgency,
    fixedStart: isNewStart ? laterOf(fixedStart, facts.now) : fixedStart,
    earliestStart: earliestOf(before, changes, isNewStart ? laterOf(fixedStart, facts.now) : null),
    due: changes.due === undefined ? before.due : changes.due,
    preemptibility: kind?.preemptibility ?? before.preemptibility,
    maySpanClosures: kind?.maySpanClosures ?? before.maySpanClosures,
    state: stateAfter(before, needs),
  });
}

/** What was due some time after others is not due after nothing. */
function withAfter({ delays: _delays, dueAfter, ...before }: Task, after: After): Task {
  return { ...before, ...after, ...(dueAfter !== undefined && after.after.length > 0 && { dueAfter }) };
}

/** @param interval  null takes it away, undefined leaves it as it is */
function withInterval(task: Task, interval: Seconds | null | undefined): Task {
  if (interval === undefined) return task;
  const { intervalSeconds: _before, ...rest } = task;
  return interval === null ? rest : { ...rest, intervalSeconds: interval };
}

/** An amount over another time is another rate; work that runs keeps the rate it holds. */
function needsFor(before: Task, durationSeconds: Seconds): readonly Need[] {
  if (durationSeconds === before.durationSeconds || before.state === 'running') return before.needs;
  return before.needs.map((need) =>
    need.amount === null ? need : { ...need, rateMilli: rateOfAmount(need.amount, durationSeconds) },
  );
}

/** A start earlier than the wish moves the wish; the wait is counted from there. */
function earliestOf(before: Task, changes: TaskChanges, newStart: Instant | null): Instant {
  const wish = changes.earliestStart ?? before.earliestStart;
  return newStart !== null && newStart < wish ? newStart : wish;
}

/** What is planned for other needs than it has now gives up its place; the next plan finds one. */
function stateAfter(before: Task, needs: readonly Need[]): TaskState {
  const isSame = JSON.stringify(needs) === JSON.stringify(before.needs);
  return before.state === 'tentative' && !isSame ? 'waiting' : before.state;
}

/** Whether the task is to stand elsewhere in time, or on other pools, than before. */
export function changesWindow(before: Task, task: Task): boolean {
  const isMoved = task.fixedStart !== null && task.fixedStart !== before.fixedStart;
  return (
    isMoved ||
    task.durationSeconds !== before.durationSeconds ||
    JSON.stringify(task.needs) !== JSON.stringify(before.needs)
  );
}

/**
 * The windows of running work that takes `task.durationSeconds` in all: its last one ends sooner or later.
 * @param allocation  what it holds now
 */
export function runningUntil(
  task: Task,
  allocation: Allocation | null,
  now: Instant,
): Result<Allocation, 'amend-not-possible' | 'end-in-the-past'> {
  const last = allocation?.segments.at(-1);
  if (!allocation || !last) return refuse('amend-not-possible', { state: task.state });
  const earlier = allocation.segments.slice(0, -1);
  const done = earlier.reduce((sum, segment) => sum + segment.end - segment.start, 0);
  const end = instant(last.start + task.durationSeconds - done);
  if (end <= now) return refuse('end-in-the-past');
  return accept({ ...allocation, segments: [...earlier, { ...last, end }] });
}
