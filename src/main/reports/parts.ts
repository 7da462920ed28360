/**
 * Takes one figure of the utilization report apart: from the same input, the rows it is made of. A figure that the
 * report does not hold (a pool or subsystem outside its filters) has no rows.
 */
import type { ReportFigure } from '../../shared/domain/report-parts.ts';
import { instant } from '../../shared/units.ts';
import { bookedSpans } from './indicators/booked-spans.ts';
import { outcomesOf, promisesOf } from './indicators/outcomes.ts';
import type { Part } from './indicators/pool-parts.ts';
import { poolParts } from './indicators/pool-parts.ts';
import type { ReportTask } from './indicators/waits.ts';
import { eligibleFrom, taskWaits, waitsOfRow } from './indicators/waits.ts';
import { booksOf, waitsByPool } from './days/measure-days.ts';
import type { ReportInput } from './input.ts';
import { isChosenBy } from './report.ts';

/** The largest part first, then the longest, then the earliest; their amounts add up to the figure exactly. */
export function figureParts(input: ReportInput, figure: ReportFigure): Part[] {
  return partsOf(input, figure).sort(
    (left, right) => right.amount - left.amount || lengthOf(right) - lengthOf(left) || left.from - right.from,
  );
}

function partsOf(input: ReportInput, figure: ReportFigure): Part[] {
  switch (figure.kind) {
    case 'pool':
      return partsOfPool(input, figure);
    case 'waits':
      return partsOfWaits(input, figure);
    case 'outcomes':
      return partsOfOutcomes(input, figure);
  }
}

function partsOfPool(
  input: ReportInput,
  { poolId, figure }: Extract<ReportFigure, { kind: 'pool' }>,
): Part[] {
  const { asOf, periods, filters } = input;
  if (filters.poolIds?.includes(poolId) === false) return [];
  const spans = input.bookings.map((booking) => bookedSpans(booking, asOf, input.defaultDurations));
  const books = booksOf(input.pools, spans);
  const own = books.find(({ pool }) => pool.id === poolId);
  if (!own) return [];
  const waits = taskWaits(input.tasks, eligibleFrom(input.tasks, input.earlierEnds), asOf, input.waitCauses);
  const isWanting = figure === 'idle' || figure === 'idle-while-waited';
  const waiting = isWanting ? waitsByPool(books, waits, periods.current).get(poolId) : undefined;
  return poolParts(
    { steps: own.pool.steps, spans: own.spans, waits: waiting ?? [], window: periods.current, asOf },
    figure,
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
    },
  );
  return figure === 'started'
    ? started.map(({ task, from, until }) => ({ taskId: task.id, from, until, amount: 1 }))
    : stillWaiting.map(({ task, from }) => ({ taskId: task.id, from, until: null, amount: 1 }));
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
