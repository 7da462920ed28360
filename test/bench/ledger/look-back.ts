/**
 * `npm run bench:look-back [-- --entries 1000000]`: how long it takes to see a ledger as of an instant of its past, and
 * what a screen's queries cost on it, in a ledger that was worked in entry by entry.
 */
import { parseArgs } from 'node:util';
import { listBookings, listOpenTasks, openLookBack, readEntries } from '../../../src/main/ledger/index.ts';
import type { LookBackBy } from '../../../src/main/ledger/index.ts';
import { instant } from '../../../src/shared/units.ts';
import { lineText, timesOf } from './measure.ts';
import { workedLedger } from './worked-ledger.ts';

const ROUNDS = 5;
const DAY = 86_400;

const { values } = parseArgs({ options: { entries: { type: 'string', default: '1000000' } } });
const books = await workedLedger(Number(values.entries));
const { seq } = books.ledger.head();

function measure(share: number, by: LookBackBy): void {
  const [entry] = readEntries(books.ledger.db, Math.floor(seq * share) - 1, 1);
  const at = Math.floor((entry?.recorded.ms ?? 0) / 1000);
  const opening: number[] = [];
  const asking: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const begun = performance.now();
    const back = openLookBack(books.path, { at, by });
    const open = performance.now();
    listOpenTasks(back.db);
    listBookings(back.db, { from: instant(at - DAY), to: instant(at + DAY) });
    opening.push(open - begun);
    asking.push(performance.now() - open);
    back.close();
  }
  const what = `as of ${share * 100} % of the chain, by ${by} time`;
  const line = { unit: 'ms', isRate: false };
  console.log(lineText({ ...line, what, measured: timesOf(opening).medianMs, budget: 1000 }));
  console.log(
    lineText({
      ...line,
      what: '  open tasks and the bookings of two days',
      measured: timesOf(asking).medianMs,
      budget: 100,
    }),
  );
}

for (const share of [0.1, 0.5, 0.9]) for (const by of ['recorded', 'effective'] as const) measure(share, by);
console.log(`${seq} entries`);
await books.dispose();
