/**
 * Sums the days that are over, a few at a time between what people do: after the ledger is opened, when a day has
 * passed, and where something entered late has changed one. Nothing waits for it; a sum that is missing is looked up.
 */
import { findClinic, findFirstStart, listSettledDays, unsettledStretches } from '../../ledger/index.ts';
import type { ReadDb, Stretch } from '../../ledger/index.ts';
import { localDays } from '../../../shared/local-time.ts';
import { instant } from '../../../shared/units.ts';
import type { Instant } from '../../../shared/units.ts';
import type { Workplace } from '../workplace.ts';

/** How many days are summed in one transaction: a few milliseconds in a large clinic. */
const DAYS_AT_ONCE = 8;

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

export class DaySettling {
  readonly #place: Workplace;
  #isRunning = false;
  #isStopped = false;

  constructor(place: Workplace) {
    this.#place = place;
  }

  /** Settles whatever is to be settled; called every minute, once at a time. Commands go on in between. */
  async run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      const { db, surroundings } = this.#place;
      const clinic = findClinic(db);
      const days = clinic ? unsettledDays(db, this.#place.now(), clinic.timeZone) : [];
      for (let done = 0; done < days.length && !this.#isStopped; done += DAYS_AT_ONCE) {
        const settled = await this.#place.ledger.settle(days.slice(done, done + DAYS_AT_ONCE));
        if (!settled.ok) {
          surroundings.log({ code: settled.error.code });
          return;
        }
        await new Promise((resolve) => setImmediate(resolve));
      }
    } finally {
      this.#isRunning = false;
    }
  }

  stop(): void {
    this.#isStopped = true;
  }
}
