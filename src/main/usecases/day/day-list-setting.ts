/** Whether and how the day's list prints by itself: read, changed, and told with the printers there are. */
import { isAbsolute } from 'node:path';
import type { ReadDb } from '../../ledger/index.ts';
import { findSetting, listExportRuns, listPools } from '../../ledger/index.ts';
import { dayListSettingField } from '../../../shared/contract/day.ts';
import type { DayListSetting } from '../../../shared/domain/day-list.ts';
import { DAY_LIST_SCHEDULE } from '../../../shared/domain/day-list.ts';
import type { ScheduledRun } from '../../../shared/domain/export-schedule.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { Usecase } from '../usecase.ts';
import { commandOf } from '../usecase.ts';

const KEY = 'day-list';

/** Null while nobody has set it. */
export function readDayListSetting(db: ReadDb): DayListSetting | null {
  const parsed = dayListSettingField.safeParse(findSetting(db, KEY));
  return parsed.success ? parsed.data : null;
}

/** What became of the last one that was due; null before the first. */
export function lastDayList(db: ReadDb): ScheduledRun | null {
  return listExportRuns(db).findLast(({ scheduleId }) => scheduleId === DAY_LIST_SCHEDULE) ?? null;
}

export const getDayListSetting: Usecase<'day-list.get'> = async (place) => {
  const last = lastDayList(place.db);
  return accept({
    setting: readDayListSetting(place.db),
    printers: [...((await place.surroundings.paper?.list()) ?? [])],
    last: last && { date: last.due, code: last.code },
  });
};

export const setDayList: Usecase<'day-list.set'> = (place, request, call) =>
  place.command(commandOf(call, request), (tx) => {
    const person = place.person();
    if (!person) throw new Error('a setting has somebody who made it'); // the bridge asks for a person
    const { lists, folder, way, isOn } = request;
    if (folder !== null && !isAbsolute(folder)) return refuse('folder-not-absolute');
    if (isOn && way === 'file' && folder === null) return refuse('folder-needed');
    const known = new Set(listPools(tx.db, tx.now).map(({ id }) => id));
    const unknown = lists?.find(({ poolId }) => !known.has(poolId));
    if (unknown) return refuse('unknown-pool', { poolId: unknown.poolId });
    const chosen = lists?.map((list) => ({ ...list })) ?? null;
    tx.append('settings-changed', { key: KEY, value: { ...request, lists: chosen, madeBy: person.id } });
    return accept({});
  });
