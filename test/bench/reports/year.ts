/**
 * Reports of a year over fifty pools, each asked for in a process of its own, as a person meets them: after a start and
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
import { batchId } from '../../../src/shared/ids.ts';
import type { LocalDate } from '../../../src/shared/local-time.ts';
import { dateOfDayNumber, dayNumberOf, localDateOf } from '../../../src/shared/local-time.ts';
import { accept } from '../../../src/shared/result.ts';
import { DAY, instant } from '../../../src/shared/units.ts';
import { accepted, TemporaryLedger } from '../../support/ledger/temporary-ledger.ts';
import { TestApplication } from '../../support/usecases/application.ts';
import { timesOf } from '../ledger/measure.ts';
import type { Results } from '../ledger/measure.ts';
import { finishedTask, POOLS, yearLedger } from './year-ledger.ts';

/** What a report of a year may take, and one that is grouped as well. */
const YEAR_MS = 100;
const GROUPED_MS = 300;

export interface Asked {
  readonly period: PeriodChoice;
  readonly grouping: Grouping | null;
  /** Whether the application warms up first, as it does after a start; it settles days then too. */
  readonly warms: boolean;
}

/** Of the first time and of each later one. */
export interface Answered {
  readonly firstCpuMs: number;
  readonly cpuMs: readonly number[];
  readonly wallMs: readonly number[];
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
    askInProcess(folder, at, { grouping: null, warms: true, ...asked });
  const judge = (what: string, { firstCpuMs, cpuMs, wallMs }: Answered, budget: number | null): void => {
    const measured = timesOf(cpuMs).medianMs;
    results.note(
      `${what}: first, then ms on the clock`,
      `${Math.round(firstCpuMs)}, ${Math.round(timesOf(wallMs).medianMs)}`,
    );
    if (budget === null) results.note(`${what}, processor ms`, Math.round(measured));
    else results.add({ what: `${what}, processor time`, measured, unit: 'ms', budget, isRate: false });
  };
  const today = localDateOf(now, 'Asia/Shanghai');
  const year = { kind: 'year', from: today } as const;
  const settled = { kind: 'custom', from: daysBefore(today, 365), until: today } as const;
  judge('report of 365 days that are over', ask({ period: settled }), YEAR_MS);
  const opened = ask({ period: year });
  judge('report of the calendar year, with today and what is to come', opened, YEAR_MS);
  const first = { measured: opened.firstCpuMs, unit: 'ms', budget: YEAR_MS, isRate: false };
  results.add({ what: 'the first such report after a start, processor time', ...first });
  judge(
    'report of the week before this one',
    ask({ period: { kind: 'week', from: daysBefore(today, 7) } }),
    null,
  );
  for (const grouping of GROUPINGS) {
    judge(`report of the calendar year by ${grouping}`, ask({ period: year, grouping }), GROUPED_MS);
  }
  await enterLate(folder, rows);
  const late = ask({ period: year, warms: false });
  judge('report of the calendar year, a day of it just entered late', late, YEAR_MS);
  rmSync(folder, { recursive: true, force: true });
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

/** One task of the day before yesterday more: that day is measured anew by whoever asks first. */
async function enterLate(folder: string, rows: number): Promise<void> {
  const books = await TemporaryLedger.open(folder);
  const batch = batchId('late');
  const start = Math.floor(books.clock.now - 2 * DAY);
  accepted(
    await books.ledger.write(books.command(), (tx) => {
      tx.append('task-imported', finishedTask(rows, start, batch));
      return accept(
        tx.append('import-committed', {
          batchId: batch,
          source: 'bench',
          mapping: null,
          counts: { taken: 1 },
        }),
      );
    }),
  );
  await books.close();
}
