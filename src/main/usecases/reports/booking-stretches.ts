/** A period's bookings from one snapshot of the ledger, a local day at a time, while entering goes on. */
import { findPeriod, listBookingsStarting, listBookingsUnderWay } from '../../ledger/index.ts';
import type { BookingFact, ReadDb } from '../../ledger/index.ts';
import type { ReportPeriod } from '../../../shared/domain/report.ts';
import { localDays } from '../../../shared/local-time.ts';
import { instant } from '../../../shared/units.ts';

export interface BookingStretches {
  /** How many there will be. */
  readonly count: number;
  readonly stretches: Iterable<readonly BookingFact[]>;
}

export function bookingStretches(db: ReadDb, period: ReportPeriod, zone: string): BookingStretches {
  const books = findPeriod(db);
  const from = instant(Math.max(period.from, books?.from ?? period.until));
  const until = instant(Math.min(period.until, (books?.to ?? period.from) + 1));
  const days = localDays(from, until, zone);
  function* read(): Generator<readonly BookingFact[]> {
    yield listBookingsUnderWay(db, from);
    for (const day of days) {
      const window = { from: instant(Math.max(day.start, from)), to: instant(Math.min(day.end, until)) };
      yield listBookingsStarting(db, window);
    }
  }
  return { count: days.length + 1, stretches: read() };
}
