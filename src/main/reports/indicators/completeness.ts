/**
 * How far the figures can be trusted: tasks without an end, ends that were assumed, and days on which the clinic was
 * open but nothing at all was written down.
 */
import type { AccountingStep } from '../../../shared/calendar.ts';
import type { Completeness } from '../../../shared/domain/report.ts';
import { OPEN_STATES } from '../../../shared/domain/lifecycle.ts';
import type { LocalDay } from '../../../shared/local-time.ts';
import { seconds } from '../../../shared/units.ts';
import type { BookedSpans, Span } from './booked-spans.ts';
import { clip } from './booked-spans.ts';
import type { ReportTask } from './waits.ts';

/** Cut into open (true) and closed stretches; ascending. */
interface OpenSwitch {
  readonly at: number;
  readonly isOpen: boolean;
}

/**
 * @param days  the local days of the window
 * @param spans  all bookings that touch the window, of every pool: a day is recorded if any pool was
 * @param pools  the steps of each pool of the report, covering the window
 * @param elapsed  the part of the window before `asOf`; null when all of it lies ahead
 */
export function completenessOf(input: {
  readonly days: readonly LocalDay[];
  readonly spans: readonly BookedSpans[];
  readonly pools: readonly (readonly AccountingStep[])[];
  readonly tasks: readonly ReportTask[];
  readonly elapsed: Span | null;
}): Completeness {
  const { tasks, spans, elapsed } = input;
  const assumed = new Set(spans.filter(({ isEndAssumed }) => isEndAssumed).map(({ taskId }) => taskId));
  for (const { id, isAssumed } of tasks) if (isAssumed) assumed.add(id);
  const silent = elapsed ? silentStretches(input.days, spans, elapsed) : [];
  const everyStretch = elapsed ? [elapsed] : [];
  const open = poolSeconds(input.pools, everyStretch);
  return {
    openTasks: tasks.filter(({ state }) => OPEN_STATES.includes(state)).length,
    assumedEnds: assumed.size,
    recorded: { numerator: open - poolSeconds(input.pools, silent), denominator: open },
    withoutDataSeconds: seconds(openSeconds(anyOpen(input.pools), silent)),
  };
}

/** The days of the elapsed window without a record, clipped to it. */
function silentStretches(days: readonly LocalDay[], spans: readonly BookedSpans[], elapsed: Span): Span[] {
  const starts = days.map(({ start }) => start);
  const end = days.at(-1)?.end ?? -Infinity;
  /** How many spans begin on a day, less those that ended before it. */
  const changes = new Int32Array(days.length + 1);
  const record = ({ from, until }: Span): void => {
    const [first, last] = [dayIndex(starts, from), dayIndex(starts, until - 1)];
    if (last < 0 || from >= end) return;
    changes[Math.max(0, first)] = (changes[Math.max(0, first)] ?? 0) + 1;
    changes[last + 1] = (changes[last + 1] ?? 0) - 1;
  };
  for (const { actual, reserved, planned } of spans) {
    if (actual) record(actual);
    if (planned) record(planned);
    reserved.forEach(record);
  }
  let recordsNow = 0;
  return days.flatMap((day, index) => {
    recordsNow += changes[index] ?? 0; // one change per day and one for the end
    if (recordsNow > 0) return [];
    return clip({ from: day.start, until: day.end }, elapsed) ?? [];
  });
}

/** The last day that starts at or before an instant, by bisection; −1 before the first. */
function dayIndex(starts: readonly number[], at: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function poolSeconds(pools: readonly (readonly AccountingStep[])[], stretches: readonly Span[]): number {
  return pools.reduce((total, steps) => total + openSeconds(steps.map(openSwitch), stretches), 0);
}

function openSwitch(step: AccountingStep): OpenSwitch {
  return { at: step.at, isOpen: step.openMilli > 0 };
}

/** Whether any pool at all is open. */
function anyOpen(pools: readonly (readonly AccountingStep[])[]): OpenSwitch[] {
  const changes = pools.flatMap((steps) =>
    steps.flatMap((step, index) => {
      const before = (steps[index - 1]?.openMilli ?? 0) > 0 ? 1 : 0;
      const now = step.openMilli > 0 ? 1 : 0;
      return now === before ? [] : [{ at: step.at, by: now - before }];
    }),
  );
  changes.sort((left, right) => left.at - right.at);
  let open = 0;
  return changes.map(({ at, by }) => {
    open += by;
    return { at, isOpen: open > 0 };
  });
}

/** Seconds of the stretches (ascending, disjoint) during which it is open. */
function openSeconds(switches: readonly OpenSwitch[], stretches: readonly Span[]): number {
  let total = 0;
  let index = 0;
  for (const { from, until } of stretches) {
    while ((switches[index + 1]?.at ?? Infinity) <= from) index += 1;
    for (let step = index; (switches[step]?.at ?? Infinity) < until; step += 1) {
      const { at, isOpen } = switches[step] ?? { at: until, isOpen: false }; // the condition has just read it
      if (!isOpen) continue;
      const end = Math.min(switches[step + 1]?.at ?? Infinity, until);
      total += Math.max(0, end - Math.max(at, from));
    }
  }
  return total;
}
