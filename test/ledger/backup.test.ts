import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  findSetting,
  isProven,
  keyStorePath,
  openLedger,
  openReader,
  proveLedger,
  readEntries,
  verifyChain,
} from '../../src/main/ledger/index.ts';
import { digest } from '../../src/main/ledger/index.ts';
import { openKeyStore } from '../../src/main/security/index.ts';
import { scanTask, setUpClinic, submitted } from '../support/ledger/clinic-rows.ts';
import { accepted, codeOf, TemporaryLedger } from '../support/ledger/temporary-ledger.ts';

let books: TemporaryLedger;
let target: string;

beforeEach(async () => {
  books = await TemporaryLedger.open();
  await setUpClinic(books);
  target = join(books.folder, 'monday.backup');
});

afterEach(() => books.dispose());

async function backUp() {
  const companions = () => books.keys.backupTo(keyStorePath(target));
  return books.ledger.backupTo(target, { companions });
}

test('a backup is proven, opens with its keys, and leaves no working files', async () => {
  const patient = books.keys.newPatient();
  const identity = books.keys.seal(patient, 'identity', '{"name":"王小明"}');
  await books.append('patient-registered', { patientId: patient, identity });
  const done = accepted(await backUp());
  expect(done.head).toEqual(books.ledger.head());
  const names = readdirSync(books.folder).filter((name) => name.startsWith('monday'));
  expect(names.sort()).toEqual(['monday.backup', 'monday.backup.keys']);
  expect(isProven(await proveLedger(target))).toBe(true);
  const keys = accepted(openKeyStore({ ledgerPath: target, clock: books.clock, mayCreate: false }));
  expect(keys.open(patient, 'identity', identity)).toBe('{"name":"王小明"}');
  keys.close();
});

test('goes on writing while a backup is made; the backup is one moment of it', async () => {
  for (let index = 0; index < 300; index += 1) {
    await books.append('settings-changed', { key: `k-${index}`, value: 'x'.repeat(2000) });
  }
  const before = books.ledger.head();
  const backup = backUp();
  for (let index = 0; index < 20; index += 1) {
    await books.append('task-submitted', submitted(scanTask(`t-${index}`)));
  }
  const done = accepted(await backup);
  expect(done.head.seq).toBeGreaterThanOrEqual(before.seq);
  expect(done.head.seq).toBeLessThan(books.ledger.head().seq);
  expect(isProven(await proveLedger(target))).toBe(true);
});

test('replaces an older backup only by a proven one', async () => {
  await books.append('settings-changed', { key: 'theme', value: 'dark' });
  accepted(await backUp());
  const old = readFileSync(target);
  await books.ledger.close();
  const bytes = readFileSync(books.path);
  const place = bytes.indexOf('Carotid ultrasound');
  bytes.write('Parotid', place, 'utf8');
  writeFileSync(books.path, bytes);
  const damaged = accepted(await openLedger({ path: books.path, clock: books.clock }));
  expect(codeOf(await damaged.backupTo(target))).toBe('backup-unproven');
  expect(readFileSync(target).equals(old)).toBe(true);
  expect(existsSync(`${target}.unverified`)).toBe(false);
  await damaged.close();
});

test('a stale log beside an older backup is not replayed into the new one', async () => {
  accepted(await backUp());
  const reader = accepted(openReader(target));
  await books.append('settings-changed', { key: 'theme', value: 'dark' });
  writeFileSync(`${target}-wal`, readFileSync(books.path).subarray(0, 4096));
  accepted(await backUp());
  reader.close();
  const again = accepted(openReader(target));
  expect(findSetting(again.db, 'theme')).toBe('dark');
  again.close();
});

test('a restored backup goes on in a new epoch that names the chain it fell behind', async () => {
  accepted(await backUp());
  await books.append('settings-changed', { key: 'theme', value: 'dark' });
  const lost = books.ledger.head();
  await books.close();
  copyFileSync(target, books.path);
  books.ledger = accepted(await openLedger({ path: books.path, clock: books.clock }));
  const previousHead = digest(lost.hash);
  const start = { reason: 'restored' as const, previousHead, previousLength: lost.seq };
  const head = accepted(await books.ledger.startEpoch(start));
  expect(head).toMatchObject({ epoch: 2, site: lost.site, seq: lost.seq });
  const [entry] = readEntries(books.ledger.db, head.seq - 1, 1);
  expect(JSON.parse(entry?.payload ?? '')).toMatchObject(start);
  expect((await verifyChain(books.ledger.db)).faults).toEqual([]);
});

test('a copied installation gets a site of its own', async () => {
  const { site } = books.ledger.head();
  const start = { reason: 'copied' as const, previousHead: null, previousLength: 0 };
  const head = accepted(await books.ledger.startEpoch(start));
  expect(head.site).not.toBe(site);
  await books.append('settings-changed', { key: 'theme', value: 'dark' });
  expect(books.ledger.head()).toMatchObject({ site: head.site, epoch: 2 });
  expect(isProven(await proveLedger(books.path))).toBe(true);
});
