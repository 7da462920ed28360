import { afterEach, beforeEach, expect, test } from 'vitest';
import { findSetting, findTask, listSettings } from '../../src/main/ledger/index.ts';
import type { LedgerTx } from '../../src/main/ledger/index.ts';
import { taskId, workKindId } from '../../src/shared/ids.ts';
import { accept, refuse } from '../../src/shared/result.ts';
import { scanTask, setUpClinic, submitted } from '../support/ledger/clinic-rows.ts';
import { codeOf, TemporaryLedger } from '../support/ledger/temporary-ledger.ts';

let books: TemporaryLedger;

beforeEach(async () => {
  books = await TemporaryLedger.open();
});

afterEach(() => books.dispose());

function setTheme(tx: LedgerTx, value: string): void {
  tx.append('settings-changed', { key: 'theme', value });
}

test('gives the first reply again for the same id and body, also after a restart', async () => {
  const command = books.command('dark');
  let calls = 0;
  const work = (tx: LedgerTx) => {
    calls += 1;
    setTheme(tx, 'dark');
    return accept({ seq: calls });
  };
  const first = await books.ledger.write(command, work);
  const second = await books.ledger.write(command, work);
  await books.restart();
  const third = await books.ledger.write(command, work);
  expect([first, second, third]).toEqual([first, first, first]);
  expect(calls).toBe(1);
  expect(books.ledger.head().seq).toBe(2);
});

test('refuses the same id with another body', async () => {
  const command = books.command('dark');
  await books.ledger.write(command, (tx) => accept(setTheme(tx, 'dark')));
  const other = { ...command, bodyDigest: books.keys.digest('light') };
  const reply = await books.ledger.write(other, (tx) => accept(setTheme(tx, 'light')));
  expect(codeOf(reply)).toBe('command-id-reused');
  expect(findSetting(books.ledger.db, 'theme')).toBe('dark');
});

test('judges a refused command anew and leaves nothing of it behind', async () => {
  const command = books.command();
  const before = books.ledger.head();
  const refused = await books.ledger.write(command, (tx) => {
    setTheme(tx, 'dark');
    return refuse('pool-closed');
  });
  expect(codeOf(refused)).toBe('pool-closed');
  expect(books.ledger.head()).toEqual(before);
  expect(listSettings(books.ledger.db).size).toBe(0);
  const again = await books.ledger.write(command, (tx) => {
    setTheme(tx, 'light');
    return accept('done');
  });
  expect(again).toEqual(accept('done'));
});

test('does not remember a command that wrote nothing', async () => {
  const command = books.command();
  let calls = 0;
  const tick = () => accept((calls += 1));
  expect(await books.ledger.write(command, tick)).toEqual(accept(1));
  expect(await books.ledger.write(command, tick)).toEqual(accept(2));
  expect(books.ledger.head().seq).toBe(1);
});

test('rolls back entries and projections together when the work throws, and goes on', async () => {
  await setUpClinic(books);
  const before = books.ledger.head();
  const failing = books.ledger.write(books.command(), (tx) => {
    tx.append('task-submitted', submitted(scanTask('t-1')));
    throw new Error('a bug');
  });
  await expect(failing).rejects.toThrow('a bug');
  expect(findTask(books.ledger.db, taskId('t-1'))).toBeNull();
  expect(books.ledger.head()).toEqual(before);
  expect(await books.append('settings-changed', { key: 'theme', value: 'dark' })).toBe(before.seq + 1);
});

test('never commits over a failed append, even when the work swallows the error', async () => {
  await setUpClinic(books);
  const before = books.ledger.head();
  const writing = books.ledger.write(books.command(), (tx) => {
    setTheme(tx, 'dark');
    try {
      tx.append('task-submitted', submitted(scanTask('t-1', { workKindId: workKindId('unheard-of') })));
    } catch {
      /* swallowed by the work: the ledger must not believe it */
    }
    return accept('done');
  });
  await expect(writing).rejects.toThrow('FOREIGN KEY');
  expect(books.ledger.head()).toEqual(before);
});

test('lets a long command yield: others wait their turn, readers see what was committed before', async () => {
  const order: string[] = [];
  const long = books.ledger.write(books.command(), async (tx) => {
    for (let step = 0; step < 3; step += 1) {
      tx.append('settings-changed', { key: `step-${step}`, value: step });
      await new Promise((resolve) => setImmediate(resolve));
    }
    order.push('long');
    return accept(null);
  });
  const short = books.ledger.write(books.command(), (tx) => {
    order.push('short');
    return accept(setTheme(tx, 'dark'));
  });
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  expect(listSettings(books.ledger.db).size).toBe(0);
  await Promise.all([long, short]);
  expect(order).toEqual(['long', 'short']);
  expect(listSettings(books.ledger.db).size).toBe(4);
});

test('shows a command its own writes and kills its handle when it is over', async () => {
  let escaped: LedgerTx | null = null;
  await books.ledger.write(books.command(), (tx) => {
    escaped = tx;
    setTheme(tx, 'dark');
    expect(findSetting(tx.db, 'theme')).toBe('dark');
    expect(findSetting(books.ledger.db, 'theme')).toBeNull();
    return accept(null);
  });
  expect(() => escaped?.append('settings-changed', { key: 'theme', value: 'light' })).toThrow('is over');
});

test('announces each commit once, with the entries it wrote', async () => {
  const commits: unknown[] = [];
  const stop = books.ledger.onCommit((commit) => commits.push(commit));
  const command = books.command();
  const work = (tx: LedgerTx) => {
    setTheme(tx, 'dark');
    setTheme(tx, 'light');
    return accept(null);
  };
  await books.ledger.write(command, work);
  await books.ledger.write(command, work);
  await books.ledger.write(books.command(), () => accept(null));
  stop();
  await books.append('settings-changed', { key: 'theme', value: 'dark' });
  expect(commits).toEqual([{ firstSeq: 2, lastSeq: 3 }]);
});

test('refuses commands once closed', async () => {
  await books.ledger.close();
  const reply = await books.ledger.write(books.command(), (tx) => accept(setTheme(tx, 'dark')));
  expect(codeOf(reply)).toBe('ledger-closed');
});
