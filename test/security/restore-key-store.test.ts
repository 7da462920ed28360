import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keyStorePath } from '../../src/main/ledger/index.ts';
import type { Sealed } from '../../src/main/ledger/index.ts';
import { openKeyStore, restoreKeyStore } from '../../src/main/security/index.ts';
import type { PatientId } from '../../src/shared/ids.ts';
import { accepted, codeOf, TemporaryLedger } from '../support/ledger/temporary-ledger.ts';

let books: TemporaryLedger;
let backup: string;
let patient: PatientId;
let identity: Sealed;

beforeEach(async () => {
  books = await TemporaryLedger.open();
  backup = join(books.folder, 'monday.backup');
  patient = books.keys.newPatient();
  identity = books.keys.seal(patient, 'identity', '王小明');
  await books.keys.backupTo(keyStorePath(backup));
});

afterEach(() => books.dispose());

async function restore(erased: readonly PatientId[] = []) {
  books.keys.close();
  const reply = await restoreKeyStore({
    backup,
    ledgerPath: books.path,
    erased,
    clock: books.clock,
    asideSuffix: '.replaced',
  });
  if (reply.ok) {
    books.keys = accepted(openKeyStore({ ledgerPath: books.path, clock: books.clock, mayCreate: false }));
  }
  return reply;
}

test('keeps a whole key store, so that nobody erased since the backup comes back', async () => {
  const later = books.keys.newPatient();
  const note = books.keys.seal(later, 'note', 'later');
  books.keys.erase(patient);
  expect(accepted(await restore())).toBe('kept');
  expect(books.keys.open(patient, 'identity', identity)).toBeNull();
  expect(books.keys.open(later, 'note', note)).toBe('later');
});

test("takes the backup's keys where the key store is lost, and forgets again whom the list names", async () => {
  const other = books.keys.newPatient();
  await books.keys.backupTo(keyStorePath(backup));
  books.keys.close();
  rmSync(keyStorePath(books.path));
  expect(accepted(await restore([other]))).toBe('replaced');
  expect(books.keys.open(patient, 'identity', identity)).toBe('王小明');
  expect(books.keys.listErased()).toEqual([other]);
});

test("takes the backup's keys where the key store is damaged, and refuses a damaged backup", async () => {
  books.keys.close();
  writeFileSync(keyStorePath(books.path), 'not a key store any more');
  for (const log of ['-wal', '-shm']) rmSync(keyStorePath(books.path) + log, { force: true });
  expect(accepted(await restore())).toBe('replaced');
  writeFileSync(keyStorePath(backup), 'nor is this');
  expect(codeOf(await restore())).toBe('key-store-damaged');
});
