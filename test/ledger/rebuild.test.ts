import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findSetting, findTask, isProven, listOpenTasks, proveLedger } from '../../src/main/ledger/index.ts';
import { isOpen } from '../../src/shared/domain/lifecycle.ts';
import { taskId } from '../../src/shared/ids.ts';
import { accept } from '../../src/shared/result.ts';
import { setUpClinic } from '../support/ledger/clinic-rows.ts';
import { RandomHistory, steps } from '../support/ledger/random-history.ts';
import { accepted, TemporaryLedger } from '../support/ledger/temporary-ledger.ts';

const RUNS = Number(process.env['LEDGER_HISTORIES'] ?? 25);

/** Live projections, a rebuild beside them, and the naive model say the same. */
async function expectAgreement(history: RandomHistory): Promise<void> {
  const { ledger, path } = history.books;
  const proof = await proveLedger(path);
  expect(proof).toMatchObject({ structure: [], differences: [] });
  expect(proof.chain?.faults).toEqual([]);
  for (const [id, task] of history.tasks) {
    expect([id, findTask(ledger.db, taskId(id))?.task.state]).toEqual([id, task.state]);
  }
  const open = [...history.tasks.values()].filter((task) => isOpen(task.state));
  expect(listOpenTasks(ledger.db)).toHaveLength(open.length);
  expect(findTask(ledger.db, taskId('never'))).toBeNull();
  expect(findSetting(ledger.db, 'never')).toBeNull();
  for (const ids of history.batches.values()) {
    for (const id of ids) expect(findTask(ledger.db, taskId(id))).not.toBeNull();
  }
}

test('live projections equal a rebuild and a naive model after random histories with restarts', async () => {
  const property = fc.asyncProperty(steps, async (all) => {
    const books = await TemporaryLedger.open();
    try {
      await setUpClinic(books);
      const history = new RandomHistory(books);
      for (const step of all) await history.apply(step);
      await expectAgreement(history);
    } finally {
      await books.dispose();
    }
  });
  await fc.assert(property, { numRuns: RUNS, seed: 20261118, endOnFailure: true });
}, 120_000);

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
