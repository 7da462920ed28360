/**
 * Sums the days that are over, a few at a time between what people do: after the ledger is opened, when a day has
 * passed, and a moment after something entered late has changed one. First the work used, then, day by day, all that a report
 * says. Nothing waits for it; a sum that is missing is looked up.
 */
import { setTimeout as pause } from 'node:timers/promises';
import {
  findClinic,
  findFirstStart,
  listReportedDays,
  listSettledDays,
  unsettledStretches,
} from '../../ledger/index.ts';
import type { Ledger, ReadDb, Stretch } from '../../ledger/index.ts';
import { localDays, startOfPeriod } from '../../../shared/local-time.ts';
import { instant } from '../../../shared/units.ts';
import type { Instant } from '../../../shared/units.ts';
import type { Result } from '../../../shared/result.ts';
import type { DayBasis } from '../reports/report-days.ts';
import { dayBasis, measureSettledDay } from '../reports/report-days.ts';
import type { Surroundings } from '../handlers.ts';

/** How many days are summed in one transaction: a few milliseconds in a large clinic. */
const DAYS_AT_ONCE = 8;

/** How long after the last command days are settled again. */
const SOON_MS = 1000;

/** Days of the books that are over and not settled, newest first: what is asked for most. */
export function unsettledDays(db: ReadDb, now: Instant, zone: string): Stretch[] {
  const first = findFirstStart(db);
  if (first === null || first >= now) return [];
  const [firstDay] = localDays(instant(first), instant(first + 1), zone);
  const [today] = localDays(now, instant(now + 1), zone);
  if (!firstDay || !today || firstDay.start >= today.start) return [];
  const window = { from: firstDay.start, to: today.start };
  const gaps = unsettledStretches(listSettledDays(db, window), window);
  return gaps
    .flatMap((gap) =>
      localDays(instant(gap.from), instant(gap.to), zone).map(({ start, end }) => ({
        from: Math.max(start, gap.from),
        to: Math.min(end, gap.to),
      })),
    )
    .reverse();
}

/**
 * Days that are over and whose report is not kept, newest first, from the year before the books began: a first year is
 * compared with the one before it.
 */
export function unreportedDays(db: ReadDb, now: Instant, { zone, key }: DayBasis): Stretch[] {
  const first = findFirstStart(db);
  if (first === null || first >= now) return [];
  const from = startOfPeriod('year', instant(first), zone, -1);
  const kept = new Map(listReportedDays(db, { from, to: now }, key).map((day) => [day.from, day.to]));
  return localDays(from, now, zone)
    .filter(({ start, end }) => end <= now && kept.get(start) !== end)
    .map(({ start, end }) => ({ from: start, to: end }))
    .reverse();
}

/** What of a workplace settling works on. */
export interface SettlingPlace {
  /** Committed rows only. */
  readonly db: ReadDb;
  readonly ledger: Pick<Ledger, 'settle' | 'settleReports'>;
  readonly surroundings: Pick<Surroundings, 'log'>;
  now(): Instant;
  guarded(work: () => Promise<void>): Promise<unknown>;
}

export class DaySettling {
  readonly #place: SettlingPlace;
  #summing: Promise<void> | null = null;
  #isStopped = false;
  /** Under way beside everything else, minutes long after an upgrade. */
  #reporting: Promise<void> | null = null;
  #soon: NodeJS.Timeout | undefined;

  constructor(place: SettlingPlace) {
    this.#place = place;
  }

  /** Settles again what a command has unsettled, once nobody has given one for a moment. */
  soon(): void {
    clearTimeout(this.#soon);
    if (this.#isStopped) return;
    this.#soon = setTimeout(() => {
      this.#place
        .guarded(() => this.run())
        .catch((fault: unknown) => {
          this.#place.surroundings.log({ code: 'settling-failed', detail: String(fault) });
        });
    }, SOON_MS).unref();
  }

  /** Settles whatever is to be settled; called every minute, once at a time. Commands go on in between. */
  run(): Promise<void> {
    this.#summing ??= this.#run().finally(() => (this.#summing = null));
    return this.#summing;
  }

  async #run(): Promise<void> {
    const { db } = this.#place;
    const clinic = findClinic(db);
    if (!clinic) return;
    const now = this.#place.now();
    const days = unsettledDays(db, now, clinic.timeZone);
    for (let done = 0; done < days.length && !this.#isStopped; done += DAYS_AT_ONCE) {
      if (!this.#isDone(await this.#place.ledger.settle(days.slice(done, done + DAYS_AT_ONCE)))) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#reporting ??= this.#runReports(now, dayBasis(db, clinic.timeZone));
  }

  /** One day at a time, with as long a rest as it took: the window stays free meanwhile. */
  async #runReports(now: Instant, basis: DayBasis): Promise<void> {
    try {
      for (const day of unreportedDays(this.#place.db, now, basis)) {
        if (this.#isStopped) return;
        const begun = performance.now();
        const kept = await this.#place.ledger.settleReports([day], (db, each) =>
          measureSettledDay(db, each, basis, now),
        );
        if (!this.#isDone(kept)) return;
        await pause(performance.now() - begun);
      }
    } catch (fault) {
      this.#place.surroundings.log({ code: 'settling-failed', detail: String(fault) });
    } finally {
      this.#reporting = null;
    }
  }

  #isDone(settled: Result<null>): boolean {
    if (!settled.ok) this.#place.surroundings.log({ code: settled.error.code });
    return settled.ok;
  }

  /** Waits until the days that are over are settled, or settling was stopped. */
  async finished(): Promise<void> {
    await this.#summing?.catch(() => undefined); // whoever asked for it hears of it
    await this.#reporting;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#soon);
    await this.finished();
  }
}
