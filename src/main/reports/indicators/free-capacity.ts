/**
 * When a waiting task lacked nothing but one pool: the stretches of its wait during which all its other pools had the
 * units it wanted, and the reason logged with the plan of the time named no other pool. While it waited for another
 * task, for its fixed start or for nothing a pool could give, it wanted no units. Without a logged reason (imported
 * history, work that was to start at once) free units alone decide.
 */
import type { WaitCause } from '../../ledger/index.ts';
import type { AccountingStep } from '../../../shared/calendar.ts';
import type { Need } from '../../../shared/domain/task.ts';
import type { PoolId, TaskId } from '../../../shared/ids.ts';
import type { Instant } from '../../../shared/units.ts';
import { instant } from '../../../shared/units.ts';
import type { BookedSpans, Span } from './booked-spans.ts';
import { clip } from './booked-spans.ts';
import type { WaitingSpan } from './sweep.ts';
import { sweep } from './sweep.ts';

/** Units neither used nor reserved, as a step function over a window: `freeMilli[i]` from `at[i]` to `at[i + 1]`. */
export interface FreeCapacity {
  readonly at: readonly number[];
  readonly freeMilli: readonly number[];
  readonly until: Instant;
}

/** One task's wait for all that it needs. */
export interface TaskWait extends Span {
  readonly taskId: TaskId;
  readonly needs: readonly Pick<Need, 'poolId' | 'rateMilli'>[];
  /** When the whole of it began. */
  readonly since: Instant;
  /** What was logged of it, ascending and disjoint; stretches without a cause are the rule where all was well. */
  readonly causes: readonly WaitCause[];
}

/** Waiting for what is no pool's to give. */
const NOT_FOR_UNITS: ReadonlySet<WaitCause['rule']> = new Set([
  'precedence',
  'delay',
  'fixed-start',
  'refused',
]);
/** Says when the plan would begin it, not what it lacked. */
const NOT_LACKING: ReadonlySet<WaitCause['rule']> = new Set(['kept', 'grid']);

/** What a pool had left over a window, in thousandths of its unit. */
export function freeCapacity(
  steps: readonly AccountingStep[],
  spans: readonly BookedSpans[],
  window: Span,
): FreeCapacity {
  const at: number[] = [];
  const freeMilli: number[] = [];
  sweep({ steps, spans, waits: [], window, cuts: [] }, (stretch) => {
    const free = Math.max(0, stretch.open - stretch.down - stretch.load - stretch.reservedUnused);
    if (freeMilli.at(-1) === free) return;
    at.push(stretch.from);
    freeMilli.push(free);
  });
  return { at, freeMilli, until: window.until };
}

/**
 * The waits as each pool sees them, clipped to the window.
 * @param freeOf  the free capacity of a pool over that window; a pool it answers null for counts as free
 */
export function waitingSpans(
  waits: readonly TaskWait[],
  window: Span,
  freeOf: (poolId: PoolId) => FreeCapacity | null,
): Map<PoolId, WaitingSpan[]> {
  const byPool = new Map<PoolId, WaitingSpan[]>();
  for (const wait of waits) {
    const part = clip(wait, window);
    if (!part) continue;
    for (const need of wait.needs) {
      const spans = byPool.get(need.poolId) ?? [];
      spans.push(...readyPieces({ ...wait, ...part }, need, freeOf));
      byPool.set(need.poolId, spans);
    }
  }
  return byPool;
}

/** The wait for one need, cut where the others become free or stop being so and where its cause changes. */
function readyPieces(
  wait: TaskWait,
  { poolId, rateMilli }: TaskWait['needs'][number],
  freeOf: (poolId: PoolId) => FreeCapacity | null,
): WaitingSpan[] {
  const { taskId, from: start, until: end, since, needs, causes } = wait;
  if (needs.length === 1 && causes.length === 0) {
    return [{ taskId, from: start, until: end, wantedMilli: rateMilli, isOtherwiseReady: true, since }];
  }
  const profiles = needs
    .filter((need) => need.poolId !== poolId)
    .map((need) => ({ need, free: freeOf(need.poolId) }));
  const bounds = new Set<number>([wait.from, wait.until, ...causeBounds(wait)]);
  for (const { free } of profiles) {
    if (!free) continue;
    for (let index = indexAt(free, wait.from) + 1; (free.at[index] ?? wait.until) < wait.until; index += 1) {
      bounds.add(free.at[index] ?? wait.until); // the condition has just read it
    }
  }
  const ordered = [...bounds].sort((left, right) => left - right);
  return ordered.slice(1).flatMap((until, index) => {
    const from = ordered[index] ?? wait.from; // there is one bound more than pieces
    const cause = causes.find((each) => each.from <= from && from < each.until);
    if (cause && NOT_FOR_UNITS.has(cause.rule)) return [];
    const lacksAnother = cause !== undefined && !NOT_LACKING.has(cause.rule) && cause.poolId !== poolId;
    const areOthersFree = profiles.every(
      ({ need, free }) => !free || (free.freeMilli[indexAt(free, from)] ?? 0) >= need.rateMilli,
    );
    const isOtherwiseReady = areOthersFree && !lacksAnother;
    const piece = { from: instant(from), until: instant(until), wantedMilli: rateMilli };
    return [{ taskId, ...piece, isOtherwiseReady, since }];
  });
}

function causeBounds({ causes, from, until }: TaskWait): number[] {
  return causes
    .flatMap((cause) => [cause.from, cause.until])
    .filter((bound) => from < bound && bound < until);
}

/** Index of the step that holds at an instant, by bisection; −1 before the first. */
function indexAt(free: FreeCapacity, at: number): number {
  let [low, high] = [0, free.at.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((free.at[middle] ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
