/** A ledger in a folder that a group shares belongs to the group, whoever made it; in a private folder to one account. */
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TemporaryLedger } from '../support/ledger/temporary-ledger.ts';

const AS_ACCOUNT = join(import.meta.dirname, '../support/ledger/as-account.ts');
const GROUP = 61_600;

let folder: string;
let umask: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rights-'));
  umask = process.umask(0o022);
});
afterEach(() => {
  process.umask(umask);
  rmSync(folder, { recursive: true, force: true });
});

const rightsIn = (path: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(path).map((name) => [name, (statSync(join(path, name)).mode & 0o777).toString(8)]),
  );

const FILES = ['', '-shm', '-wal', '.keys', '.keys-shm', '.keys-wal', '.lock'].map(
  (end) => `clinic.ledger${end}`,
);

test.for([
  { name: 'a folder of the group', mode: 0o2770, want: '660' },
  { name: 'a private folder', mode: 0o700, want: '600' },
  { name: 'a folder that others may only read', mode: 0o755, want: '600' },
])('in $name every file has the rights $want', async ({ mode, want }, { skip }) => {
  if (process.platform === 'win32') return skip('rights belong to the folder on Windows');
  chmodSync(folder, mode);
  const books = await TemporaryLedger.open(folder);
  books.keys.newPatient();
  await books.append('settings-changed', { key: 'theme', value: 'dark' });
  expect(rightsIn(folder)).toEqual(Object.fromEntries(FILES.map((name) => [name, want])));
  await books.close();
});

test('an account goes on with the ledger, keys and backup that another one of the group has made', ({
  skip,
}) => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return skip('taking two accounts needs root on Linux');
  chownSync(folder, 0, GROUP);
  chmodSync(folder, 0o2770);
  const lengths = [61_501, 61_502, 61_501].map((user) =>
    Number(execFileSync(process.execPath, [AS_ACCOUNT, String(user), String(GROUP), folder])),
  );
  expect(lengths).toEqual([2, 3, 4]);
});
