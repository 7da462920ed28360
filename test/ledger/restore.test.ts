import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  findSetting,
  findTask,
  isProven,
  keyStorePath,
  openLedger,
  previewRestore,
  proveLedger,
  readEntries,
  recoverLedger,
  restoreBackup,
} from '../../src/main/ledger/index.ts';
import type { Command } from '../../src/main/ledger/index.ts';
import { batchId, taskId } from '../../src/shared/ids.ts';
import { accept } from '../../src/shared/result.ts';
import { instant } from '../../src/shared/units.ts';
import { scanTask, setUpClinic, submitted } from '../support/ledger/clinic-rows.ts';
import { accepted, codeOf, TemporaryLedger } from '../support/ledger/temporary-ledger.ts';

let books: TemporaryLedger;
let backup: string;

beforeEach(async () => {
  books = await TemporaryLedger.open();
  await setUpClinic(books);
  await books.append('task-submitted', submitted(scanTask('t-1')));
  backup = join(books.folder, 'monday.backup');
  accepted(
    await books.ledger.backupTo(backup, { companions: () => books.keys.backupTo(keyStorePath(backup)) }),
  );
  await books.append('settings-changed', { key: 'theme', value: 'dark' });
});

afterEach(() => books.dispose());

const options = () => ({ path: books.path, clock: books.clock });

test('previews what restoring would lose, also for another clinic', async () => {
  const preview = accepted(await previewRestore(backup, books.path));
  expect(preview).toMatchObject({ isEarlierState: true, lostEntries: 1, live: books.ledger.head() });
  const other = await TemporaryLedger.open();
  const foreign = accepted(await previewRestore(backup, other.path));
  expect(foreign).toMatchObject({ isEarlierState: false, lostEntries: null });
  await other.dispose();
});

test('restores a backup into a new epoch that names what was lost, and sets the old file aside', async () => {
  const lost = books.ledger.head();
  await books.ledger.close();
  const head = accepted(await restoreBackup(backup, options()));
  expect(head).toMatchObject({ seq: lost.seq, epoch: 2, site: lost.site });
  await books.restart();
  const [entry] = readEntries(books.ledger.db, head.seq - 1, 1);
  const payload = { reason: 'restored', previousHead: lost.hash, previousLength: lost.seq };
  expect(JSON.parse(entry?.payload ?? '')).toMatchObject(payload);
  expect(findSetting(books.ledger.db, 'theme')).toBeNull();
  expect(findTask(books.ledger.db, taskId('t-1'))).not.toBeNull();
  expect(isProven(await proveLedger(books.path))).toBe(true);
  const [aside] = readdirSync(books.folder).filter((name) => name.includes('.replaced-'));
  expect(isProven(await proveLedger(join(books.folder, aside ?? '')))).toBe(true);
});

test('restores a backup of a year ago without taking it for a clock jump', async () => {
  await books.ledger.close();
  books.clock.passSeconds(365 * 86_400);
  accepted(await restoreBackup(backup, options()));
  await books.restart();
});

test('refuses to restore over an open ledger, from a damaged backup, or from another file', async () => {
  expect(codeOf(await restoreBackup(backup, options()))).toBe('ledger-busy');
  await books.ledger.close();
  const bytes = readFileSync(backup);
  bytes.write('Parotid', bytes.indexOf('Carotid'), 'utf8');
  const damaged = join(books.folder, 'damaged.backup');
  writeFileSync(damaged, bytes);
  expect(codeOf(await restoreBackup(damaged, options()))).toBe('backup-unproven');
  const text = join(books.folder, 'text');
  writeFileSync(text, 'patients;rooms\n'.repeat(50));
  expect(codeOf(await restoreBackup(text, options()))).toBe('not-a-ledger');
  expect(codeOf(await restoreBackup(join(books.folder, 'none'), options()))).toBe('ledger-missing');
  await books.restart();
});

/** Overwrites the page of the file in which `text` stands. */
async function overwritePageOf(text: string): Promise<void> {
  await books.ledger.close();
  const bytes = readFileSync(books.path);
  const page = Math.floor(bytes.lastIndexOf(text) / 4096);
  bytes.fill(0xaa, page * 4096, (page + 1) * 4096);
  writeFileSync(books.path, bytes);
}

test('recovers the longest valid chain of a damaged file, with the replies that are whole', async () => {
  const commands: Command[] = [];
  for (let index = 0; index < 60; index += 1) {
    const command = books.command();
    commands.push(command);
    await books.ledger.write(command, (tx) =>
      accept(tx.append('settings-changed', { key: `k-${index}`, value: `v-${index} `.repeat(60) })),
    );
  }
  const before = books.ledger.head();
  await overwritePageOf('v-40 v-40');
  expect((await proveLedger(books.path)).structure).not.toEqual([]);
  const head = accepted(await recoverLedger(options()));
  expect(head.epoch).toBe(2);
  expect(head.seq).toBeGreaterThan(20);
  expect(head.seq).toBeLessThan(before.seq);
  await books.restart();
  expect(isProven(await proveLedger(books.path))).toBe(true);
  expect(findSetting(books.ledger.db, 'k-9')).toContain('v-9');
  const [first] = commands;
  if (!first) throw new Error('no command');
  const again = await books.ledger.write(first, () => accept(0));
  expect(again).toEqual(accept(9));
  expect(readdirSync(books.folder).some((name) => name.includes('.damaged-'))).toBe(true);
});

test('recovers whole commands only: a half import is left out', async () => {
  const batch = batchId('batch-1');
  const at = instant(1000);
  await books.ledger.write(books.command(), (tx) => {
    for (let index = 0; index < 5; index += 1) {
      tx.append('task-imported', {
        task: scanTask(`h-${index}`, { state: 'finished', startedAt: at, endedAt: at, batchId: batch }),
        note: null,
        sourceDigest: null,
        windows: [{ booked: null, actual: { start: at, end: at }, unitIds: [] }],
        isOpenEnded: false,
      });
    }
    return accept(tx.append('import-committed', { batchId: batch, source: 'x', mapping: null, counts: {} }));
  });
  await books.ledger.close();
  const connection = new Database(books.path);
  connection.exec(`DROP TRIGGER entries_are_never_updated`);
  connection.exec(`UPDATE entries SET actor = 'someone' WHERE seq = 12`);
  connection.close();
  const head = accepted(await recoverLedger(options()));
  expect(head.seq).toBe(9);
  await books.restart();
  expect(findTask(books.ledger.db, taskId('h-0'))).toBeNull();
  expect(findSetting(books.ledger.db, 'theme')).toBe('dark');
});

test('recovers nothing from a file without a first entry', async () => {
  await books.ledger.close();
  writeFileSync(books.path, Buffer.alloc(8192, 0xaa));
  expect(codeOf(await recoverLedger(options()))).toBe('ledger-damaged');
  expect(codeOf(await openLedger(options()))).toBe('ledger-damaged');
});
