import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isProven, proveLedger } from '../../src/main/ledger/index.ts';
import { accept } from '../../src/shared/result.ts';
import { setUpClinic } from '../support/ledger/clinic-rows.ts';
import { RandomHistory, steps } from '../support/ledger/random-history.ts';
import { accepted, TemporaryLedger } from '../support/ledger/temporary-ledger.ts';

test('a rebuild in place changes nothing and keeps the replies of commands', async () => {
  const books = await TemporaryLedger.open();
  await setUpClinic(books);
  const history = new RandomHistory(books);
  const [some = []] = fc.sample(steps, { numRuns: 1, seed: 3 });
  for (const step of some) await history.apply(step);
  const command = books.command();
  const first = await books.ledger.write(command, (tx) =>
    accept({ seq: tx.append('settings-changed', { key: 'theme', value: 'dark' }) }),
  );
  const head = books.ledger.head();
  expect(accepted(await books.ledger.rebuild())).toBe(head.seq);
  expect(books.ledger.head()).toEqual(head);
  expect(isProven(await proveLedger(books.path))).toBe(true);
  expect(await books.ledger.write(command, () => accept({ seq: 0 }))).toEqual(first);
  await books.dispose();
});
