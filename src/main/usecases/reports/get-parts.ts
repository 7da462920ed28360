/** Takes a figure of the report on screen apart into the tasks and stretches of time behind it. Names no patient. */
import type { Stretch } from '../../ledger/index.ts';
import { findTask, listPools, listWorkKinds } from '../../ledger/index.ts';
import type { Part } from '../../reports/indicators/pool-parts.ts';
import { groupBounds, timeGroupAt } from '../../reports/indicators/grouped-time.ts';
import { figureParts } from '../../reports/parts.ts';
import type { PeriodPair } from '../../reports/period.ts';
import { resolvePeriod } from '../../reports/period.ts';
import type { FigurePart } from '../../../shared/contract/report-parts.ts';
import type { WorkKind } from '../../../shared/domain/task.ts';
import { sameText } from '../../../shared/domain/local-text.ts';
import { isTimeGrouping } from '../../../shared/domain/report-grouping.ts';
import type { ReportFigure } from '../../../shared/domain/report-parts.ts';
import { PARTS_LISTED_MAX } from '../../../shared/domain/report-parts.ts';
import type { ReportPeriod } from '../../../shared/domain/report.ts';
import { localDays } from '../../../shared/local-time.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/units.ts';
import { getClinic } from '../planning/books.ts';
import type { Usecase } from '../usecase.ts';
import type { Workplace } from '../workplace.ts';
import type { BooksRead } from './report-days.ts';
import { traitsOf } from './report-days.ts';
import { NOTHING_SETTLED, reportInput } from './report-input.ts';

export const getParts: Usecase<'report.drill'> = (place, { period, poolIds, subsystems, figure }) => {
  const periods = resolvePeriod(period, getClinic(place.db).timeZone);
  if (!periods.ok) return periods;
  const known = new Set(listPools(place.db, place.now()).map((pool) => pool.id));
  const asked = [...(poolIds ?? []), ...('poolId' in figure ? [figure.poolId] : [])];
  const unknown = asked.find((id) => !known.has(id));
  if (unknown !== undefined) return refuse('unknown-pool', { poolId: unknown });
  const zone = getClinic(place.db).timeZone;
  const current = withinGroup(periods.value.current, figure, zone);
  const input = reportInput(place, withNothingBefore(current), { poolIds, subsystems }, place.person(), {
    settled: NOTHING_SETTLED,
    only: { stretches: stretchesOf(current, figure, zone), reads: booksOf(figure) },
  });
  const group = 'group' in figure ? figure.group : undefined;
  const isOfWork = group !== undefined && !isTimeGrouping(group.by);
  const parts = figureParts(input, figure, isOfWork ? traitsOf(place.db, input) : undefined);
  const rest = parts.slice(PARTS_LISTED_MAX);
  return accept({
    total: sumOf(parts),
    rows: named(place, parts.slice(0, PARTS_LISTED_MAX)),
    more: { count: rest.length, amount: sumOf(rest) },
  });
};

/** A figure is taken apart within its own period: nothing of the one before has to be read. */
function withNothingBefore(current: ReportPeriod): PeriodPair {
  return { current, previous: { ...current, until: current.from, untilDate: current.fromDate } };
}

/** A group that is one stretch of days is taken apart within those: nothing of the others has to be read. */
function withinGroup(period: ReportPeriod, figure: ReportFigure, zone: string): ReportPeriod {
  const group = 'group' in figure ? figure.group : undefined;
  if (!group || !isTimeGrouping(group.by) || group.by === 'hour' || group.by === 'weekday') return period;
  const { by, id } = group;
  const days = localDays(period.from, period.until, zone).filter(
    ({ start }) => timeGroupAt(start, by, zone) === id,
  );
  const [first, last] = [days[0], days.at(-1)];
  return first && last
    ? { ...period, from: first.start, until: last.end }
    : { ...period, until: period.from, untilDate: period.fromDate };
}

/** The hours or weekdays of such a group, neighbouring ones as one; otherwise the whole period. */
function stretchesOf(period: ReportPeriod, figure: ReportFigure, zone: string): Stretch[] {
  const group = 'group' in figure ? figure.group : undefined;
  const { from, until } = period;
  if (from >= until) return [];
  if (!group || !isTimeGrouping(group.by)) return [{ from, to: until }];
  const { by, id } = group;
  const bounds = groupBounds(period, by, zone);
  const stretches: { from: Instant; to: Instant }[] = [];
  bounds.slice(1).forEach((to, index) => {
    const start = bounds[index] ?? to;
    if (timeGroupAt(start, by, zone) !== id) return;
    const last = stretches.at(-1);
    if (last?.to === start) last.to = to;
    else stretches.push({ from: start, to });
  });
  return stretches;
}

/** Time that was used or kept is told by the pool's own bookings, waits by tasks alone; idle time by everything. */
function booksOf(figure: ReportFigure): BooksRead {
  switch (figure.kind) {
    case 'pool':
      return figure.figure === 'idle' || figure.figure === 'idle-while-waited' || figure.figure === 'unmet'
        ? { tasks: true, bookings: 'all' }
        : { tasks: false, bookings: { poolId: figure.poolId } };
    case 'waits':
    case 'group-tasks':
    case 'completeness':
      return { tasks: true, bookings: 'none' };
    case 'preemptions':
      return { tasks: false, bookings: 'none' };
    case 'beds':
      return { tasks: false, bookings: 'all' };
    case 'outcomes':
      return { tasks: true, bookings: 'all' };
  }
}

function named(place: Workplace, parts: readonly Part[]): FigurePart[] {
  const kinds = new Map<string, WorkKind>(listWorkKinds(place.db).map((kind) => [kind.id, kind]));
  return parts.map(({ taskId, from, until, amount }) => {
    const task = taskId === null ? null : (findTask(place.db, taskId)?.task ?? null);
    return {
      task: task && {
        id: task.id,
        subsystem: task.subsystem,
        urgency: task.urgency,
        workKind: kinds.get(task.workKindId)?.name ?? sameText(task.workKindId),
      },
      from,
      until,
      amount,
    };
  });
}

function sumOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { amount }) => sum + amount, 0);
}
