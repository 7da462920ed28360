import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keyStorePath, openLedger, openReader } from '../../src/main/ledger/index.ts';
import { APPLICATION_ID, NEWEST_VERSION } from '../../src/main/ledger/migrations/index.ts';
import { lockPath } from '../../src/main/ledger/paths.ts';
import { SmallDisk } from '../support/ledger/small-disk.ts';
import { accepted, codeOf, FakeClock, TemporaryLedger } from '../support/ledger/temporary-ledger.ts';

const clock = new FakeClock();

let books: TemporaryLedger;

beforeEach(async () => {
  books = await TemporaryLedger.open();
  await books.append('settings-changed', { key: 'theme', value: 'dark' });
});

afterEach(() => books.dispose());

async function codeOfOpening(path: string): Promise<string | null> {
  const opened = await openLedger({ path, clock });
  if (opened.ok) await opened.value.close();
  return codeOf(opened);
}

test('makes a new ledger whose first entry says so', async () => {
  const path = join(books.folder, 'new.ledger');
  const ledger = accepted(await openLedger({ path, clock }));
  expect(ledger.head()).toMatchObject({ seq: 1, epoch: 1 });
  await ledger.close();
  const connection = new Database(path, { readonly: true });
  expect(connection.pragma('application_id', { simple: true })).toBe(APPLICATION_ID);
  expect(connection.pragma('user_version', { simple: true })).toBe(NEWEST_VERSION);
  connection.close();
  expect(await codeOfOpening(path)).toBeNull();
});

test('refuses a folder that is not there', async () => {
  expect(await codeOfOpening(join(books.folder, 'nowhere', 'clinic.ledger'))).toBe('folder-missing');
});

const foreignFiles = [
  { name: 'a text file', write: (path: string) => writeFileSync(path, 'patients;rooms\n'.repeat(50)) },
  { name: 'a short file', write: (path: string) => writeFileSync(path, 'x') },
  { name: 'a folder', write: (path: string) => mkdirSync(path) },
  {
    name: "another program's database",
    write: (path: string) => new Database(path).exec('CREATE TABLE notes (text TEXT)').close(),
  },
  {
    name: 'an empty database of another program',
    write: (path: string) => {
      const connection = new Database(path);
      connection.pragma('application_id = 1');
      connection.close();
    },
  },
];

test.each(foreignFiles)('refuses $name and writes nothing into or beside it', async ({ write }) => {
  const folder = join(books.folder, 'foreign');
  mkdirSync(folder);
  const path = join(folder, 'file');
  write(path);
  const before = statSync(path).mtimeMs;
  expect(await codeOfOpening(path)).toBe('not-a-ledger');
  expect(codeOf(openReader(path))).toBe('not-a-ledger');
  expect(readdirSync(folder)).toEqual(['file']);
  expect(statSync(path).mtimeMs).toBe(before);
});

test('refuses a ledger from a newer version and says which', async () => {
  await books.close();
  const connection = new Database(books.path);
  connection.pragma(`user_version = ${NEWEST_VERSION + 10}`);
  connection.close();
  const opened = await openLedger({ path: books.path, clock });
  expect(opened).toMatchObject({
    ok: false,
    error: { code: 'ledger-newer', params: { version: NEWEST_VERSION + 10 } },
  });
});

const damages = [
  { name: 'its first bytes overwritten', harm: (bytes: Buffer) => bytes.fill(0, 0, 64) },
  { name: 'its first page overwritten', harm: (bytes: Buffer) => bytes.fill(0xff, 0, 4096) },
  { name: 'nothing left of it', harm: () => Buffer.alloc(0) },
  { name: 'half of it left', harm: (bytes: Buffer) => bytes.subarray(0, 4096 * 2 + 100) },
];

test.each(damages)('knows a damaged ledger from a foreign file: $name', async ({ harm }) => {
  await books.close();
  writeFileSync(books.path, harm(readFileSync(books.path)));
  expect(await codeOfOpening(books.path)).toBe('ledger-damaged');
});

test('does not make a new ledger where the old one has vanished and its keys lie there', async () => {
  await books.close();
  const keys = keyStorePath(books.path);
  const path = join(books.folder, 'moved.ledger');
  copyFileSync(keys, keyStorePath(path));
  expect(await codeOfOpening(path)).toBe('ledger-damaged');
  expect(existsSync(path)).toBe(false);
});

test('keeps a second copy out, lets readers in, and opens again when the first has closed', async () => {
  expect(await codeOfOpening(books.path)).toBe('ledger-busy');
  const reader = accepted(openReader(books.path));
  expect(reader.head()).toEqual(books.ledger.head());
  await books.append('settings-changed', { key: 'theme', value: 'light' });
  expect(reader.head()).toEqual(books.ledger.head());
  reader.close();
  await books.ledger.close();
  expect(await codeOfOpening(books.path)).toBeNull();
});

test('keeps a second process out, and takes over at once when that one is killed', async () => {
  await books.close();
  const script = `
    const { acquireWriterLock } = await import(${JSON.stringify(join(process.cwd(), 'src/main/ledger/writer-lock.ts'))});
    globalThis.lock = acquireWriterLock(${JSON.stringify(books.path)}); // kept: a lock that nobody holds is collected
    console.log(globalThis.lock === null ? 'busy' : 'held');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [line] = await once(child.stdout, 'data');
    expect(String(line).trim()).toBe('held');
    expect(existsSync(lockPath(books.path))).toBe(true);
    expect(await codeOfOpening(books.path)).toBe('ledger-busy');
  } finally {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  expect(await codeOfOpening(books.path)).toBeNull();
});

test('a reader refuses a path where there is no ledger', () => {
  expect(codeOf(openReader(join(books.folder, 'none.ledger')))).toBe('ledger-missing');
});

test('refuses a read-only folder, for a new ledger and for one that lies there', async ({ skip }) => {
  const disk = SmallDisk.mount(4096);
  if (!disk) return skip('mounting a small file system needs root on Linux');
  try {
    const path = join(disk.folder, 'clinic.ledger');
    expect(await codeOfOpening(path)).toBeNull();
    disk.setReadOnly(true);
    expect(await codeOfOpening(path)).toBe('ledger-read-only');
    expect(await codeOfOpening(join(disk.folder, 'new.ledger'))).toBe('ledger-read-only');
    disk.setReadOnly(false);
    expect(await codeOfOpening(path)).toBeNull();
  } finally {
    disk.unmount();
  }
});

test('says that the disk is full when a ledger cannot be made, and leaves no half of one', async ({
  skip,
}) => {
  const disk = SmallDisk.mount(1024);
  if (!disk) return skip('mounting a small file system needs root on Linux');
  try {
    const filler = join(disk.folder, 'filler');
    writeFileSync(filler, Buffer.alloc(960 * 1024));
    const path = join(disk.folder, 'clinic.ledger');
    expect(await codeOfOpening(path)).toBe('disk-full');
    writeFileSync(filler, '');
    expect(await codeOfOpening(path)).toBeNull();
  } finally {
    disk.unmount();
  }
});
