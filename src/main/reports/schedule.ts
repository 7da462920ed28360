/** When scheduled exports are due and which period each covers. Pure: local dates in, local dates out. */
import type { Cadence, ExportSchedule } from '../../shared/domain/export-schedule.ts';
import type { PeriodChoice } from '../../shared/domain/report.ts';
import type { LocalDate } from '../../shared/local-time.ts';
import { dateOfDayNumber, dayNumberOf, weekdayOf } from '../../shared/local-time.ts';

const DAYS_IN_WEEK = 7;

/** Every day up to and including `today` on which the schedule was due, ascending; the days it is off included. */
export function dueDates(
  { cadence, since }: Pick<ExportSchedule, 'cadence' | 'since'>,
  today: LocalDate,
): LocalDate[] {
  const dates: LocalDate[] = [];
  for (let due = firstDue(cadence, since); due <= today; due = firstDue(cadence, dayAfter(due)))
    dates.push(due);
  return dates;
}

/** The first day on or after `from` on which it is due. */
export function firstDue(cadence: Cadence, from: LocalDate): LocalDate {
  const day = dayNumberOf(from);
  if (cadence.kind === 'weekly') {
    const ahead = (cadence.weekday - weekdayOf(day) + DAYS_IN_WEEK) % DAYS_IN_WEEK;
    return dateOfDayNumber(day + ahead);
  }
  const inMonth = `${from.slice(0, 7)}-${String(cadence.day).padStart(2, '0')}`;
  if (inMonth >= from) return inMonth;
  const next = dayNumberOf(`${from.slice(0, 7)}-01`) + 31; // always in the month after
  return `${dateOfDayNumber(next).slice(0, 7)}-${String(cadence.day).padStart(2, '0')}`;
}

export function dayAfter(date: LocalDate): LocalDate {
  return dateOfDayNumber(dayNumberOf(date) + 1);
}

/** The last whole week or month before the day it is due. */
export function duePeriod(cadence: Cadence, due: LocalDate): PeriodChoice {
  if (cadence.kind === 'weekly') {
    const day = dayNumberOf(due);
    return { kind: 'week', from: dateOfDayNumber(day - weekdayOf(day) - DAYS_IN_WEEK) };
  }
  return { kind: 'month', from: dateOfDayNumber(dayNumberOf(`${due.slice(0, 7)}-01`) - 1) };
}
