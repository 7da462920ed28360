/**
 * Reports of a year over fifty pools, and of every shorter period, each asked for in a process of its own, as a person meets them: after a start and
 * its warming up. What is judged is the processor time of the main thread, which other work on the machine changes
 * little; the time on the clock stands beside it.
 */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { listBookings } from '../../../src/main/ledger/index.ts';
import type { PeriodChoice } from '../../../src/shared/domain/report.ts';
import type { Grouping } from '../../../src/shared/domain/report-grouping.ts';
import { GROUPINGS } from '../../../src/shared/domain/report-grouping.ts';
import type { LocalDate } from '../../../src/shared/local-time.ts';
import { dateOfDayNumber, dayNumberOf, localDateOf } from '../../../src/shared/local-time.ts';
import type { Instant } from '../../../src/shared/units.ts';
import { DAY, instant } from '../../../src/shared/units.ts';
import { TestApplication } from '../../support/usecases/application.ts';
import { timesOf } from '../ledger/measure.ts';
import type { Results } from '../ledger/measure.ts';
import { POOLS, yearLedger } from './year-ledger.ts';

/** What a report of a year or of less may take, and one that is grouped as well. */
const YEAR_MS = 100;
const GROUPED_MS = 300;

export interface Asked {
  /** Null: not for a report but for the month that Reports opens with. */
  readonly period: PeriodChoice | null;
  readonly grouping: Grouping | null;
  /** On whose day something has just been entered late: it is measured anew by whoever asks; null: on none. */
  readonly unsettles: Instant | null;
}

/** Of the first time and of each later one. */
export interface Answered {
  readonly firstCpuMs: number;
  readonly cpuMs: readonly number[];
  readonly wallMs: readonly number[];
  /** Packing the answer for the window and unpacking it there. */
  readonly wayCpuMs: number;
  readonly bytes: number;
}

export async function measureYear(results: Results, rows: number, cache: string | null): Promise<void> {
  const clinic = await yearLedger(rows, cache);
  const { now, ms } = clinic.clock;
  const { folder } = clinic;
  results.note(
    'bookings in the year',
    listBookings(clinic.ledger.db, { from: instant(now - 365 * DAY), to: now }).length,
  );
  results.note('pools', POOLS);
  await clinic.close();
  const at = new Date(ms).toISOString();
  results.note('settling every day anew, processor seconds', await settle(folder, at));
  const ask = (asked: Partial<Asked> & Pick<Asked, 'period'>): Answered =>
    askInProcess(folder, at, { grouping: null, unsettles: null, ...asked });
  const judge = (what: string, { firstCpuMs, cpuMs, wallMs }: Answered, budget: number): void => {
    const measured = timesOf(cpuMs).medianMs;
    results.note(
      `${what}: first, then ms on the clock`,
      `${Math.round(firstCpuMs)}, ${Math.round(timesOf(wallMs).medianMs)}`,
    );
    results.add({ what: `${what}, processor time`, measured, unit: 'ms', budget, isRate: false });
  };
  const today = localDateOf(now, 'Asia/Shanghai');
  const year = { kind: 'year', from: today } as const;
  const settled = { kind: 'custom', from: daysBefore(today, 365), until: today } as const;
  judge('report of 365 days that are over', ask({ period: settled }), YEAR_MS);
  const opened = ask({ period: year });
  judge('report of the calendar year, with today and what is to come', opened, YEAR_MS);
  const first = { measured: opened.firstCpuMs, unit: 'ms', budget: YEAR_MS, isRate: false };
  results.add({ what: 'the first such report after a start, processor time', ...first });
  results.note('the way to the window: kilobytes', Math.round(opened.bytes / 1000));
  const way = {
    measured: opened.wayCpuMs,
    unit: 'ms',
    budget: YEAR_MS / 10,
    isRate: false,
  };
  results.add({ what: 'packing and unpacking it, processor time', ...way });
  judge('which month Reports opens with', ask({ period: null }), YEAR_MS);
  for (const [name, period] of shorterPeriods(today)) judge(`report of ${name}`, ask({ period }), YEAR_MS);
  for (const grouping of GROUPINGS) {
    judge(`report of the calendar year by ${grouping}`, ask({ period: year, grouping }), GROUPED_MS);
  }
  const late = ask({ period: year, unsettles: instant(now - 2 * DAY) });
  judge('report of the calendar year, a day of it just entered late', late, YEAR_MS);
  rmSync(folder, { recursive: true, force: true });
}

/** Every kind of period, over and under way. */
function shorterPeriods(today: LocalDate): [string, PeriodChoice][] {
  const before = (days: number): LocalDate => daysBefore(today, days);
  return [
    ['today', { kind: 'day', from: today }],
    ['the day before yesterday', { kind: 'day', from: before(2) }],
    ['this week', { kind: 'week', from: today }],
    ['the week before this one', { kind: 'week', from: before(7) }],
    ['this month', { kind: 'month', from: today }],
    ['the month before this one', { kind: 'month', from: before(31) }],
    ['this quarter', { kind: 'quarter', from: today }],
    ['the quarter before this one', { kind: 'quarter', from: before(92) }],
    ['thirty days that are over', { kind: 'custom', from: before(30), until: today }],
    ['two hundred days that are over', { kind: 'custom', from: before(200), until: today }],
  ];
}

function daysBefore(date: LocalDate, days: number): LocalDate {
  return dateOfDayNumber(dayNumberOf(date) - days);
}

/** @returns seconds of processor time */
async function settle(folder: string, at: string): Promise<number> {
  const { application } = await new TestApplication(at, folder).open();
  const before = process.cpuUsage();
  await application.tick();
  await application.settled();
  const { user, system } = process.cpuUsage(before);
  await application.close();
  return Math.round((user + system) / 1e6);
}

function askInProcess(folder: string, at: string, asked: Asked): Answered {
  const script = join(import.meta.dirname, 'ask-report.ts');
  const text = execFileSync(process.execPath, [script, folder, at, JSON.stringify(asked)], {
    encoding: 'utf8',
  });
  return JSON.parse(text) as Answered; // printed by that script
}
