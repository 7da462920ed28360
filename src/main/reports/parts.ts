/**
 * Takes one figure of the utilization report apart: from the same input, the rows it is made of. A figure that the
 * report does not hold (a pool or subsystem outside its filters) has no rows.
 */
import type { TaskTraits } from '../ledger/index.ts';
import { isTimeGrouping } from '../../shared/domain/report-grouping.ts';
import type { PoolFigure, ReportFigure } from '../../shared/domain/report-parts.ts';
import type { PoolId, TaskId } from '../../shared/ids.ts';
import { localDays } from '../../shared/local-time.ts';
import type { Instant } from '../../shared/units.ts';
import { instant } from '../../shared/units.ts';
import { discharges } from './indicators/beds.ts';
import { bookedSpans } from './indicators/booked-spans.ts';
import { guessedEnds, openTasks } from './indicators/completeness.ts';
import { groupBounds, timeGroupAt } from './indicators/grouped-time.ts';
import { isFinishedIn, outcomesOf, promisesOf } from './indicators/outcomes.ts';
import type { Part, PoolPartsInput } from './indicators/pool-parts.ts';
import { poolParts } from './indicators/pool-parts.ts';
import type { ReportTask, StartedWait } from './indicators/waits.ts';
import { eligibleFrom, isWithin, taskWaits, waitsOfRow } from './indicators/waits.ts';
import { workGroupOf } from './days/group-figures.ts';
import { booksOf, waitsByPool } from './days/measure-days.ts';
import type { ReportInput } from './input.ts';
import { isChosenBy } from './report.ts';

/**
 * The largest part first, then the longest, then the earliest; their amounts add up to the figure exactly.
 * @param traits  of every task of the input, where the figure is of a group of work
 */
export function figureParts(
  input: ReportInput,
  figure: ReportFigure,
  traits: ReadonlyMap<TaskId, TaskTraits> = new Map(),
): Part[] {
  return partsOf(input, figure, traits).sort(
    (left, right) => right.amount - left.amount || lengthOf(right) - lengthOf(left) || left.from - right.from,
  );
}

function partsOf(input: ReportInput, figure: ReportFigure, traits: ReadonlyMap<TaskId, TaskTraits>): Part[] {
  switch (figure.kind) {
    case 'pool':
      return partsOfGroupedPool(input, figure, traits);
    case 'group-tasks':
      return partsOfGroupedTasks(input, figure, traits);
    case 'waits':
      return partsOfWaits(input, figure);
    case 'outcomes':
      return partsOfOutcomes(input, figure);
    case 'preemptions':
      return partsOfPreemptions(input, figure);
    case 'beds':
      return partsOfBeds(input, figure.poolId);
    case 'completeness':
      return figure.figure === 'open-tasks' ? openParts(input) : assumedParts(input);
  }
}

function partsOfPreemptions(
  { preemptions, periods, filters }: ReportInput,
  { subsystem, cause, figure }: Extract<ReportFigure, { kind: 'preemptions' }>,
): Part[] {
  const isChosen = isChosenBy(filters);
  return preemptions
    .filter((one) => one.subsystem === subsystem && one.cause === cause && isChosen(subsystem))
    .filter(({ at, wasRunning }) => isWithin(at, periods.current) && (figure === 'preempted' || wasRunning))
    .map(({ taskId, at }) => ({ taskId, from: at, until: at, amount: 1 }));
}

function partsOfBeds(input: ReportInput, poolId: PoolId): Part[] {
  const { asOf, periods, filters, provenance } = input;
  const pool = input.pools.find(({ id }) => id === poolId);
  if (pool?.template !== 'bed' || filters.poolIds?.includes(poolId) === false) return [];
  const own = input.bookings.filter((booking) => booking.poolId === poolId);
  const spans = own.map((booking) => bookedSpans(booking, asOf, input.defaultDurations));
  const days = localDays(periods.current.from, periods.current.until, provenance.timeZone);
  return discharges({ spans, days, asOf }).map(({ taskId, from, until }) => ({
    taskId,
    from,
    until,
    amount: 1,
  }));
}

function openParts(input: ReportInput): Part[] {
  return openTasks(input).map(({ id, submittedAt, startedAt }) => ({
    taskId: id,
    from: startedAt ?? submittedAt,
    until: null,
    amount: 1,
  }));
}

/** Ends that somebody let be assumed, and those that count as forgotten. */
function assumedParts(input: ReportInput): Part[] {
  const assumed = input.tasks.flatMap(({ id, isAssumed, startedAt, endedAt }): Part[] =>
    isAssumed && endedAt !== null && isWithin(endedAt, input.periods.current)
      ? [{ taskId: id, from: startedAt ?? endedAt, until: endedAt, amount: 1 }]
      : [],
  );
  return [...assumed, ...guessedEnds(input).map((guessed) => ({ ...guessed, amount: 1 }))];
}

/** What is made of what waiting tasks want. */
const WANTING: ReadonlySet<PoolFigure> = new Set(['idle', 'idle-while-waited', 'unmet']);

type PoolFigureOf = Extract<ReportFigure, { kind: 'pool' }>;

function partsOfGroupedPool(
  input: ReportInput,
  figure: PoolFigureOf,
  traits: ReadonlyMap<TaskId, TaskTraits>,
): Part[] {
  const { group } = figure;
  if (!group) return partsOfPool(input, figure);
  const { by, id } = group;
  if (isTimeGrouping(by)) {
    const zone = input.provenance.timeZone;
    const cuts = groupBounds(input.periods.current, by, zone);
    const counted = new Map(cuts.map((at) => [at, timeGroupAt(at, by, zone) === id]));
    let isCounted = false;
    // Stretches come in order, and one begins at every cut.
    return partsOfPool(input, figure, {
      cuts,
      isCounted: (from) => (isCounted = counted.get(instant(from)) ?? isCounted),
    });
  }
  const whole = partsOfPool(input, figure);
  return whole.filter(({ taskId }) => (taskId === null ? null : workGroupOf(taskId, by, traits)) === id);
}

function partsOfPool(
  input: ReportInput,
  { poolId, figure }: PoolFigureOf,
  only: PoolPartsInput['only'] = null,
): Part[] {
  const { asOf, periods, filters } = input;
  if (filters.poolIds?.includes(poolId) === false) return [];
  const spans = input.bookings.map((booking) => bookedSpans(booking, asOf, input.defaultDurations));
  const books = booksOf(input.pools, spans);
  const own = books.find(({ pool }) => pool.id === poolId);
  if (!own) return [];
  const waits = taskWaits(input.tasks, eligibleFrom(input.tasks, input.earlierEnds), asOf, input.waitCauses);
  const isWanting = WANTING.has(figure);
  const waiting = isWanting ? waitsByPool(books, waits, periods.current).get(poolId) : undefined;
  return poolParts(
    { steps: own.pool.steps, spans: own.spans, waits: waiting ?? [], window: periods.current, asOf, only },
    figure,
  );
}

/** Tasks that started, or finished, in the group's time; where work is grouped, those of the group in the period. */
function partsOfGroupedTasks(
  input: ReportInput,
  { group, figure }: Extract<ReportFigure, { kind: 'group-tasks' }>,
  traits: ReadonlyMap<TaskId, TaskTraits>,
): Part[] {
  const { by, id } = group;
  const zone = input.provenance.timeZone;
  const isIn = (task: ReportTask, at: Instant): boolean =>
    (isTimeGrouping(by) ? timeGroupAt(at, by, zone) : workGroupOf(task.id, by, traits)) === id;
  const window = input.periods.current;
  const eligible = eligibleFrom(input.tasks, input.earlierEnds);
  const chosen = chosenTasks(input, () => true);
  if (figure !== 'finished') {
    const isCounted = figure === 'started' ? () => true : isWithinTarget(input);
    return waitsOfRow(chosen, { eligible, window, asOf: input.asOf, causes: [] })
      .started.filter((wait) => isIn(wait.task, wait.until) && isCounted(wait))
      .map(({ task, from, until }) => ({ taskId: task.id, from, until, amount: 1 }));
  }
  return chosen.flatMap((task) =>
    isFinishedIn(task, window) && isIn(task, task.endedAt)
      ? { taskId: task.id, from: task.startedAt ?? task.endedAt, until: task.endedAt, amount: 1 }
      : [],
  );
}

function partsOfWaits(
  input: ReportInput,
  { subsystem, urgency, figure }: Extract<ReportFigure, { kind: 'waits' }>,
): Part[] {
  const { started, stillWaiting } = waitsOfRow(
    chosenTasks(input, (task) => task.subsystem === subsystem && task.urgency === urgency),
    {
      eligible: eligibleFrom(input.tasks, input.earlierEnds),
      window: input.periods.current,
      asOf: input.asOf,
      causes: input.waitCauses,
    },
  );
  const counted = figure === 'within-target' ? started.filter(isWithinTarget(input)) : started;
  return figure !== 'still-waiting'
    ? counted.map(({ task, from, until }) => ({ taskId: task.id, from, until, amount: 1 }))
    : stillWaiting.map(({ task, from }) => ({ taskId: task.id, from, until: null, amount: 1 }));
}

function isWithinTarget({ targets }: ReportInput): (wait: StartedWait) => boolean {
  return ({ task, from, until }) => until - from <= (targets[task.urgency - 1] ?? targets.at(-1) ?? 0);
}

function partsOfOutcomes(
  input: ReportInput,
  { subsystem, figure }: Extract<ReportFigure, { kind: 'outcomes' }>,
): Part[] {
  const promises = promisesOf(input.bookings);
  const outcomes = outcomesOf(
    chosenTasks(input, (task) => task.subsystem === subsystem),
    { promises, window: input.periods.current },
  );
  return outcomes[figure].map(({ id, startedAt, endedAt, submittedAt }) => {
    const promise = promises.get(id);
    return {
      taskId: id,
      from: startedAt ?? instant(promise?.start ?? submittedAt),
      until: endedAt ?? (startedAt === null && promise ? instant(promise.end) : null),
      amount: 1,
    };
  });
}

function chosenTasks({ tasks, filters }: ReportInput, isWanted: (task: ReportTask) => boolean): ReportTask[] {
  const isChosen = isChosenBy(filters);
  return tasks.filter((task) => isChosen(task.subsystem) && isWanted(task));
}

/** What goes on is longer than all that ended. */
function lengthOf({ from, until }: Part): number {
  return until === null ? Number.MAX_SAFE_INTEGER - from : until - from;
}
