/**
 * Exports that the application makes by itself. Asked once a minute: whatever was due since a schedule was made and is
 * not done is made now, the oldest first, so that weeks the computer was off are caught up. What fails is told in the
 * ledger once, on Today and in Reports, and tried again every ten minutes until it is done.
 */
import { existsSync } from 'node:fs';
import { join, parse } from 'node:path';
import { v7 } from 'uuid';
import type { ReadDb } from '../../ledger/index.ts';
import { findSetting, findStaff, listExportRuns, SYSTEM_ACTOR } from '../../ledger/index.ts';
import { suggestedFileName } from '../../reports/export.ts';
import { dueDates, duePeriod } from '../../reports/schedule.ts';
import { scheduleField } from '../../../shared/contract/report-settings.ts';
import type { ExportSchedule } from '../../../shared/domain/export-schedule.ts';
import type { LocalDate } from '../../../shared/local-time.ts';
import { localDateOf } from '../../../shared/local-time.ts';
import type { Result } from '../../../shared/result.ts';
import { accept } from '../../../shared/result.ts';
import { MINUTE } from '../../../shared/units.ts';
import { commandId } from '../../../shared/ids.ts';
import { getClinic } from '../planning/books.ts';
import type { Alert } from '../views/alerts.ts';
import type { Workplace } from '../workplace.ts';
import type { WrittenExport } from './write-export.ts';
import { checkExport, writeExport } from './write-export.ts';

export const SCHEDULES_KEY = 'export-schedules';
const DONE = 'done';
/** How long after a failure it is tried again. */
const RETRY_SECONDS = 10 * MINUTE;

export interface DueExport {
  readonly schedule: ExportSchedule;
  readonly due: LocalDate;
  /** Why it is not done yet; null before the first attempt. */
  readonly failure: string | null;
}

export function readSchedules(db: ReadDb): ExportSchedule[] {
  const parsed = scheduleField.array().safeParse(findSetting(db, SCHEDULES_KEY));
  return parsed.success ? parsed.data : [];
}

/** Everything that is due and not done, oldest first. */
export function listDue(db: ReadDb, today: LocalDate): DueExport[] {
  const codes = new Map(
    listExportRuns(db).map(({ scheduleId, due, code }) => [`${scheduleId} ${due}`, code]),
  );
  return readSchedules(db)
    .flatMap((schedule) =>
      dueDates(schedule, today).map((due) => ({
        schedule,
        due,
        failure: codes.get(`${schedule.id} ${due}`) ?? null,
      })),
    )
    .filter(({ failure }) => failure !== DONE)
    .sort((left, right) => (left.due < right.due ? -1 : left.due > right.due ? 1 : 0));
}

/** Today's warning: exports that were due and could not be written. */
export function exportAlerts(db: ReadDb, today: LocalDate): Alert[] {
  const failed = listDue(db, today).filter(({ failure }) => failure !== null);
  if (failed.length === 0) return [];
  return [
    { code: 'export-failed', poolId: null, poolName: null, taskId: null, count: failed.length, since: null },
  ];
}

/** Makes what is due; one at a time, also when it is asked again meanwhile. */
export class ExportScheduler {
  #isRunning = false;
  /** When each failed one may be tried again, in seconds. */
  readonly #retryAt = new Map<string, number>();

  async run(place: Workplace): Promise<void> {
    if (this.#isRunning || !place.ledger.observeClock()) return;
    this.#isRunning = true;
    try {
      const today = localDateOf(place.now(), getClinic(place.db).timeZone);
      for (const due of listDue(place.db, today)) await this.#make(place, due);
    } finally {
      this.#isRunning = false;
    }
  }

  async #make(place: Workplace, { schedule, due, failure }: DueExport): Promise<void> {
    const key = `${schedule.id} ${due}`;
    if ((this.#retryAt.get(key) ?? -Infinity) > place.now()) return;
    const written = await writeDue(place, schedule, due);
    const code = written.ok ? DONE : written.error.code;
    if (written.ok) this.#retryAt.delete(key);
    else this.#retryAt.set(key, place.now() + RETRY_SECONDS);
    if (code === failure) return; // the ledger knows
    const id = commandId(`export-${v7({ msecs: place.surroundings.nowMs() })}`);
    const body = { scheduleId: schedule.id, due, code };
    await place.command({ commandId: id, body, actor: SYSTEM_ACTOR }, (tx) => {
      if (written.ok) tx.append('report-exported', written.value.entry);
      tx.append('export-scheduled', body);
      return accept({});
    });
  }
}

async function writeDue(
  place: Workplace,
  schedule: ExportSchedule,
  due: LocalDate,
): Promise<Result<WrittenExport>> {
  const { format, locale, poolIds, subsystems, grouping, isForOutside, folder } = schedule;
  const author = findStaff(place.db, schedule.madeBy);
  const request = {
    period: duePeriod(schedule.cadence, due),
    poolIds,
    subsystems,
    grouping,
    format,
    locale,
    isForOutside,
  };
  const checked = checkExport(place, request, author?.isActive ? author : null);
  if (!checked.ok) return checked;
  const path = freePath(join(folder, suggestedFileName(checked.value.report, format, locale)));
  const { signal } = new AbortController();
  return writeExport(place, checked.value, { path, signal, onProgress: () => undefined });
}

/** Nobody was asked whether a file may be replaced: `utilization-2026-W47 (2).xlsx`. */
function freePath(path: string): string {
  const { dir, name, ext } = parse(path);
  for (let number = 2, free = path; ; number += 1) {
    if (!existsSync(free)) return free;
    free = join(dir, `${name} (${number})${ext}`);
  }
}
