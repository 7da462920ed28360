/**
 * The day's list by itself: once per local day, the first time the application is open while one of its pools is, on
 * paper without asking, or as a PDF into a folder where that is not possible. What fails is told in the ledger and on
 * Today, and tried again every ten minutes. A day on which nothing stands yet is looked at again until something does.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { v7 } from 'uuid';
import type { ReadDb } from '../../ledger/index.ts';
import { canonicalJson, digest, findStaff, listPools } from '../../ledger/index.ts';
import { writeAtomically } from '../../reports/writers/atomic-file.ts';
import { offeredSteps, unchanged } from '../../../shared/calendar.ts';
import type { DayListView, DaySheet } from '../../../shared/contract/day.ts';
import type { DayListSetting } from '../../../shared/domain/day-list.ts';
import { DAY_LIST_SCHEDULE } from '../../../shared/domain/day-list.ts';
import type { Pool } from '../../../shared/domain/pool.ts';
import type { PrintJob } from '../../../shared/domain/print-job.ts';
import { commandId } from '../../../shared/ids.ts';
import type { LocalDate } from '../../../shared/local-time.ts';
import { dateOfDayNumber, dayNumberOf, localDateOf, startOfLocalDay } from '../../../shared/local-time.ts';
import { m } from '../../../shared/messages/index.ts';
import type { Result } from '../../../shared/result.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/units.ts';
import { after, instant, MINUTE, seconds } from '../../../shared/units.ts';
import { readIdentifiers } from '../clinic/identifiers.ts';
import { getClinic } from '../planning/books.ts';
import { provenanceOf } from '../reports/report-input.ts';
import type { Alert } from '../views/alerts.ts';
import type { Workplace } from '../workplace.ts';
import { lastDayList, readDayListSetting } from './day-list-setting.ts';
import { dayList } from './list-day.ts';

const DONE = 'done';
const RETRY_SECONDS = 10 * MINUTE;

type Fault =
  'no-printer' | 'print-failed' | 'folder-missing' | 'file-not-writable' | 'disk-full' | 'cancelled';

/** Today's warning: the list was due and is not on paper. */
export function dayListAlerts(db: ReadDb, today: LocalDate): Alert[] {
  const last = readDayListSetting(db)?.isOn ? lastDayList(db) : null;
  if (last?.due !== today || last.code === DONE) return [];
  return [{ code: 'day-list-failed', poolId: null, poolName: null, taskId: null, count: 1, since: null }];
}

export class DayListPrinter {
  #isRunning = false;
  #retryAt: Instant | null = null;

  /** Prints the list if it is due; one at a time, also when it is asked again meanwhile. */
  async run(place: Workplace): Promise<void> {
    const setting = readDayListSetting(place.db);
    if (!setting?.isOn || this.#isRunning || !place.ledger.observeClock()) return;
    const now = place.now();
    if (this.#retryAt !== null && now < this.#retryAt) return;
    const today = localDateOf(now, getClinic(place.db).timeZone);
    const last = lastDayList(place.db);
    if (last?.due === today && last.code === DONE) return;
    if (!isOpen(place, setting, now)) return;
    const sheet = sheetOf(place, setting, today);
    if (sheet === null || sheet.day.groups.length === 0) return;
    this.#isRunning = true;
    try {
      const made = await putOnPaper(place, setting, sheet);
      this.#retryAt = made.ok ? null : after(now, seconds(RETRY_SECONDS));
      const code = made.ok ? DONE : made.error.code;
      if (last?.due === today && last.code === code) return; // the ledger knows
      await tellLedger(place, sheet, code, made.ok ? made.value : null);
    } finally {
      this.#isRunning = false;
    }
  }
}

/** Whether one of its pools with hours of its own is open; where none has any, the day begins at midnight. */
function isOpen(place: Workplace, { lists }: DayListSetting, now: Instant): boolean {
  const all = listPools(place.db, now);
  const chosen = lists === null ? all : all.filter(({ id }) => lists.some(({ poolId }) => poolId === id));
  const zone = getClinic(place.db).timeZone;
  const hasHours = ({ weeklyHours }: Pool): boolean => weeklyHours !== null;
  const [first = []] = [chosen.filter(hasHours), all.filter(hasHours)].filter((pools) => pools.length > 0);
  const offers = (pool: Pool): boolean =>
    (offeredSteps(unchanged(pool), { from: now, until: instant(now + 1) }, zone)[0]?.capacityMilli ?? 0) > 0;
  return first.length === 0 || first.some(offers);
}

/** @returns null where whoever set it is not known any more */
function sheetOf(place: Workplace, setting: DayListSetting, date: LocalDate): DaySheet | null {
  const author = findStaff(place.db, setting.madeBy);
  if (!author) return null;
  const now = place.now();
  const { clinicName, isSample, timeZone, authorName, head } = provenanceOf(place, now, author);
  const day = dayList(place, date, false);
  return {
    kind: 'day-list',
    day: { ...day, groups: day.groups.filter((group) => isChosen(group, setting)) },
    now,
    identifiers: readIdentifiers(place.db),
    period: { fromDate: date, untilDate: dateOfDayNumber(dayNumberOf(date) + 1) },
    provenance: { clinicName, isSample, timeZone, authorName, head: { hash: head.hash } },
  };
}

function isChosen({ poolId, unitId }: DayListView['groups'][number], { lists }: DayListSetting): boolean {
  if (lists === null) return true;
  return lists.some((list) => list.poolId === poolId && (list.unitId === null || list.unitId === unitId));
}

/** @returns the digest of what left the application: of the file, or of what stands on the paper */
async function putOnPaper(
  place: Workplace,
  setting: DayListSetting,
  sheet: DaySheet,
): Promise<Result<string, Fault>> {
  const job: PrintJob = { report: sheet, locale: setting.locale, medium: 'paper' };
  if (setting.way === 'printer') {
    const printed = await onPrinter(place, job, setting.printer);
    if (printed.ok) return accept(sha256(canonicalJson(sheet)));
    if (setting.folder === null) return printed;
  }
  return setting.folder === null
    ? refuse('no-printer')
    : writeFile(place, job, setting.folder, sheet.day.date);
}

async function onPrinter(
  place: Workplace,
  job: PrintJob,
  printer: string | null,
): Promise<Result<null, Fault>> {
  const { paper } = place.surroundings;
  const there = (await paper?.list()) ?? [];
  const isThere = printer === null ? there.length > 0 : there.includes(printer);
  if (!paper || !isThere) return refuse('no-printer', {}, true);
  try {
    await paper.print(job, printer);
    return accept(null);
  } catch (fault) {
    return failed(place, fault);
  }
}

async function writeFile(
  place: Workplace,
  job: PrintJob,
  folder: string,
  date: LocalDate,
): Promise<Result<string, Fault>> {
  let pdf: Uint8Array;
  try {
    pdf = await place.surroundings.printReport(job);
  } catch (fault) {
    return failed(place, fault);
  }
  const path = join(folder, `${m.today_list_file_name({}, { locale: job.locale })}-${date}.pdf`);
  const written = await writeAtomically(path, [pdf], new AbortController().signal);
  return written.ok ? accept(sha256(pdf)) : written;
}

function failed(place: Workplace, fault: unknown): Result<never, Fault> {
  place.surroundings.log({ code: 'print-failed', detail: fault instanceof Error ? fault.name : '' });
  return refuse('print-failed', {}, true);
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

async function tellLedger(
  place: Workplace,
  sheet: DaySheet,
  code: string,
  digestHex: string | null,
): Promise<void> {
  const id = commandId(`day-list-${v7({ msecs: place.surroundings.nowMs() })}`);
  const body = { scheduleId: DAY_LIST_SCHEDULE, due: sheet.day.date, code };
  const day = dayNumberOf(sheet.day.date);
  const { timeZone } = sheet.provenance;
  await place.command({ commandId: id, body }, (tx) => {
    if (digestHex !== null) {
      tx.append('report-exported', {
        format: 'day-list',
        period: { from: startOfLocalDay(day, timeZone), to: startOfLocalDay(day + 1, timeZone) },
        filters: null,
        fileDigest: digest(digestHex),
      });
    }
    tx.append('export-scheduled', body);
    return accept({});
  });
}
