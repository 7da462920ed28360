/** Today's list per room or person: what is printed for the hours without power. */
import { listPools, listTasksInWindow } from '../../ledger/index.ts';
import type { Response } from '../../../shared/contract/index.ts';
import type { Pool } from '../../../shared/domain/pool.ts';
import type { LocalDate } from '../../../shared/local-time.ts';
import { dayNumberOf, startOfLocalDay } from '../../../shared/local-time.ts';
import type { UnitId } from '../../../shared/ids.ts';
import { accept } from '../../../shared/result.ts';
import { DAY, instant } from '../../../shared/units.ts';
import { getClinic } from '../planning/books.ts';
import type { Usecase } from '../usecase.ts';
import type { Workplace } from '../workplace.ts';
import { rowContext } from '../views/context.ts';
import type { TaskRecord } from '../../ledger/index.ts';
import { rowOf } from '../views/task-rows.ts';

type Group = Response<'day.list'>['groups'][number];
type Line = Group['rows'][number];

const STATES = new Set(['tentative', 'confirmed', 'running']);

/** How much later than the day work may have been planned since, to count as moved. */
const MOVED_SECONDS = 7 * DAY;

export const listDay: Usecase<'day.list'> = (place, request) =>
  accept(dayList(place, request.date, request.withMoved ?? false));

/** @param withMoved  also planned work that could have begun by that day and is planned for later now */
export function dayList(place: Workplace, date: LocalDate, withMoved: boolean): Response<'day.list'> {
  const { db } = place;
  const now = place.now();
  const clinic = getClinic(db);
  const day = dayNumberOf(date);
  const window = {
    from: startOfLocalDay(day, clinic.timeZone),
    to: startOfLocalDay(dayNumberOf(date) + 1, clinic.timeZone),
  };
  const wide = withMoved ? { from: window.from, to: instant(window.to + MOVED_SECONDS) } : window;
  const records = listTasksInWindow(db, wide).filter(({ task }) => STATES.has(task.state));
  const context = rowContext({ db, identities: place.identities, records, now });
  const lines = records.flatMap((record) => {
    const row = rowOf(record.task, context);
    const { start, end } = row;
    // Work that runs has no end in the books; the one it is taken to have decides.
    const isThatDay = start !== null && end !== null && start < window.to && end > window.from;
    const isMoved = row.state === 'tentative' && record.task.earliestStart < window.to;
    return start !== null && end !== null && (isThatDay || (withMoved && isMoved))
      ? [{ record, line: { row, start, end } }]
      : [];
  });
  const groups = listPools(db, now).flatMap((pool) => groupsOf(pool, lines));
  return { date, clinicName: clinic.name, groups };
}

function groupsOf(
  pool: Pool,
  lines: readonly { readonly record: TaskRecord; readonly line: Line }[],
): Group[] {
  const byUnit = new Map<UnitId | null, Line[]>();
  for (const { record, line } of lines) {
    const index = record.task.needs.findIndex((need) => need.poolId === pool.id);
    if (index < 0) continue;
    const held = record.allocation?.units[index] ?? [];
    for (const unit of held.length > 0 ? held : [null]) {
      const known = byUnit.get(unit);
      if (known) known.push(line);
      else byUnit.set(unit, [line]);
    }
  }
  const order = [...pool.units.map((unit) => unit.id), null];
  return order.flatMap((unitId): Group[] => {
    const rows = byUnit.get(unitId);
    if (!rows) return [];
    return [
      {
        poolId: pool.id,
        poolName: pool.name,
        unitId,
        unitName: pool.units.find((unit) => unit.id === unitId)?.name ?? null,
        rows: rows.sort((left, right) => left.start - right.start),
      },
    ];
  });
}
