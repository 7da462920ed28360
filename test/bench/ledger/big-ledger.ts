/** A ledger with very many finished allocations, spread evenly over the years before now. */
import { accept } from '../../../src/shared/result.ts';
import { batchId } from '../../../src/shared/ids.ts';
import { instant } from '../../../src/shared/units.ts';
import { scanTask, setUpClinic } from '../../support/ledger/clinic-rows.ts';
import { accepted, TemporaryLedger } from '../../support/ledger/temporary-ledger.ts';

const PER_COMMAND = 20_000;
/** One allocation every 250 seconds: a million of them are eight years. */
const APART_SECONDS = 250;

/** @param entries  how many entries the ledger has in the end, at least the few that set it up */
export async function bigLedger(entries: number): Promise<TemporaryLedger> {
  const books = await TemporaryLedger.open();
  await setUpClinic(books);
  const first = books.clock.now - (entries + 10) * APART_SECONDS;
  for (let done = books.ledger.head().seq; done < entries; done = books.ledger.head().seq) {
    const batch = batchId(`batch-${done}`);
    const count = Math.min(PER_COMMAND, entries - done) - 1;
    const reply = await books.ledger.write(books.command(), (tx) => {
      for (let index = done; index < done + count; index += 1) {
        const start = instant(first + index * APART_SECONDS);
        const end = instant(start + 900 + (index % 7) * 600);
        const task = scanTask(`history-${index}`, {
          state: 'finished',
          startedAt: start,
          endedAt: end,
          batchId: batch,
        });
        const windows = [{ booked: { start, end }, actual: { start, end }, unitIds: [] }];
        tx.append('task-imported', { task, note: null, sourceDigest: null, windows, isOpenEnded: false });
      }
      const payload = { batchId: batch, source: 'bench', mapping: null, counts: { taken: count } };
      return accept(tx.append('import-committed', payload));
    });
    accepted(reply);
  }
  return books;
}
