/**
 * Days that are over and that the ledger does not keep (yet), measured a week at a time before a report is made of them:
 * a year of a large clinic's books never lies in memory as a whole, only what its days add up to. The same measuring as
 * everywhere, so a report from them is the report from the books.
 */
import type { ReadDb } from '../../ledger/index.ts';
import type { GroupFigures, KeptGrouping } from '../../reports/days/group-figures.ts';
import { measureGroups } from '../../reports/days/group-figures.ts';
import type { DayFigures } from '../../reports/days/day-figures.ts';
import { liveBooks, measureDays } from '../../reports/days/measure-days.ts';
import { unsettledRuns } from '../../reports/days/period-days.ts';
import type { LocalDay } from '../../../shared/local-time.ts';
import type { Instant } from '../../../shared/units.ts';
import type { DayBasis } from './report-days.ts';
import { dayInput, traitsOf } from './report-days.ts';

/** As many days are measured at once; with no more to measure they are left to the report. */
const DAYS_AT_ONCE = 7;

export interface AheadDay {
  readonly figures: DayFigures;
  /** Null where no grouping was asked for. */
  readonly groups: GroupFigures | null;
}

export interface AheadQuery {
  readonly basis: DayBasis;
  readonly asOf: Instant;
  readonly by: KeptGrouping | null;
}

/**
 * @param days  those of a report, ascending
 * @param isKept  whose figures are known
 * @returns by their start, days that were over at `asOf`; none where only a few are not known
 */
export function measuredAhead(
  db: ReadDb,
  days: readonly LocalDay[],
  isKept: (day: LocalDay) => boolean,
  query: AheadQuery,
): ReadonlyMap<Instant, AheadDay> {
  const over = days.filter(({ end }) => end <= query.asOf);
  const runs = unsettledRuns(over, isKept);
  const ahead = new Map<Instant, AheadDay>();
  if (runs.reduce((sum, run) => sum + run.length, 0) <= DAYS_AT_ONCE) return ahead;
  for (const run of runs) {
    for (let from = 0; from < run.length; from += DAYS_AT_ONCE) {
      for (const day of measured(db, run.slice(from, from + DAYS_AT_ONCE), query)) {
        ahead.set(day.figures.start, day);
      }
    }
  }
  return ahead;
}

/** @param days  ascending, without a gap */
function measured(db: ReadDb, days: readonly LocalDay[], { basis, asOf, by }: AheadQuery): AheadDay[] {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return [];
  const window = { from: first.start, to: last.end };
  const input = dayInput(
    db,
    {
      stretches: [window],
      window,
      unknownPools: () => false,
      open: { to: window.to, waitedAt: window.to },
    },
    basis,
    asOf,
  );
  const books = liveBooks(input);
  const traits = by === null ? null : traitsOf(db, input);
  return measureDays(books, days).map((figures, index) => {
    const day = days.slice(index, index + 1);
    const [groups = null] =
      by === null || traits === null ? [] : measureGroups(books, day, { traits, groupings: [by] });
    return { figures, groups };
  });
}
