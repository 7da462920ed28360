import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  findPatient,
  isProven,
  keyStorePath,
  proveLedger,
  verifyChain,
} from '../../src/main/ledger/index.ts';
import { sealed } from '../../src/main/ledger/index.ts';
import { openKeyStore } from '../../src/main/security/index.ts';
import type { KeyStore } from '../../src/main/security/index.ts';
import { staffId, taskId } from '../../src/shared/ids.ts';
import type { PatientId } from '../../src/shared/ids.ts';
import { scanTask, setUpClinic, submitted } from '../support/ledger/clinic-rows.ts';
import { accepted, codeOf, TemporaryLedger } from '../support/ledger/temporary-ledger.ts';

const NAME = 'Wilhelmina Quackenbush 欧阳娜娜';
const NUMBER = 'MRN-20017733';
const NOTE = 'afraid of the dark, call her brother first';
const DRAFT = '{"name":"Bartholomew Featherstonehaugh"}';
const DRAFT_KEY = { staffId: staffId('li-na'), formKey: 'task-imaging' };

let books: TemporaryLedger;

beforeEach(async () => {
  books = await TemporaryLedger.open();
  await setUpClinic(books);
});

afterEach(() => books.dispose());

/** A patient with a name, a number, a task with a note, and a draft about them. */
async function register(): Promise<PatientId> {
  const { keys } = books;
  const { patientId } = keys.patientOfNumber(NUMBER);
  const identity = keys.seal(patientId, 'identity', JSON.stringify({ name: NAME, number: NUMBER }));
  await books.append('patient-registered', { patientId, identity });
  const note = keys.seal(patientId, 'note', NOTE);
  await books.append('task-submitted', submitted(scanTask('t-1', { patientId }), { note }));
  keys.drafts.save(DRAFT_KEY, DRAFT, patientId);
  return patientId;
}

/** Names of the files of the ledger's folder whose bytes hold `content`, as they are or as hexadecimal. */
function filesWith(content: string | Buffer): string[] {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(content, 'utf8');
  const forms = [bytes, Buffer.from(bytes.toString('hex')), Buffer.from(bytes.toString('base64url'))];
  return readdirSync(books.folder).filter((name) => {
    const file = readFileSync(join(books.folder, name));
    return forms.some((form) => file.includes(form));
  });
}

function keyOf(keys: KeyStore, patientId: PatientId): Buffer {
  const connection = new Database(keys.path, { readonly: true });
  const key = connection
    .prepare<[string], Buffer>('SELECT key FROM subject_keys WHERE subject = ?')
    .pluck()
    .get(patientId);
  connection.close();
  if (!key) throw new Error('no key');
  return key;
}

test('no file holds a name, a number, a note or a draft as text, open or closed', async () => {
  await register();
  const secrets = ['Quackenbush', '欧阳娜娜', NUMBER, 'her brother', 'Featherstonehaugh'];
  for (const secret of secrets) expect([secret, filesWith(secret)]).toEqual([secret, []]);
  await books.close();
  for (const secret of secrets) expect([secret, filesWith(secret)]).toEqual([secret, []]);
  await books.restart();
});

test('a ciphertext opens for its own patient and field alone', async () => {
  const { keys } = books;
  const one = keys.newPatient();
  const other = keys.newPatient();
  const identity = keys.seal(one, 'identity', NAME);
  expect(keys.open(one, 'identity', identity)).toBe(NAME);
  expect(keys.open(one, 'note', identity)).toBeNull();
  expect(keys.open(other, 'identity', identity)).toBeNull();
  const altered = sealed(identity.slice(0, -2) + (identity.endsWith('AA') ? 'BB' : 'AA'));
  expect(keys.open(one, 'identity', altered)).toBeNull();
  expect(keys.seal(one, 'identity', NAME)).not.toBe(identity);
});

test('a ciphertext does not open in another store, even under the same key', async () => {
  const patientId = books.keys.newPatient();
  const identity = books.keys.seal(patientId, 'identity', NAME);
  const key = keyOf(books.keys, patientId);
  const elsewhere = await TemporaryLedger.open();
  const connection = new Database(elsewhere.keys.path);
  const row = new Database(books.keys.path, { readonly: true });
  const checksum = row.prepare(`SELECT checksum FROM subject_keys WHERE subject = ?`).pluck().get(patientId);
  row.close();
  connection.prepare(`INSERT INTO subject_keys VALUES (?, ?, ?)`).run(patientId, key, checksum);
  connection.close();
  expect(elsewhere.keys.open(patientId, 'identity', identity)).toBeNull();
  await elsewhere.dispose();
});

test('gives a number the same patient again, also after a restart, and another number another', async () => {
  const first = books.keys.patientOfNumber(NUMBER);
  expect(first.isNew).toBe(true);
  await books.restart();
  expect(books.keys.patientOfNumber(NUMBER)).toEqual({ patientId: first.patientId, isNew: false });
  expect(books.keys.patientOfNumber('MRN-2').patientId).not.toBe(first.patientId);
});

test('erasing leaves the chain whole, no identity, and no key on the disk', async () => {
  const patientId = await register();
  const key = keyOf(books.keys, patientId);
  expect(filesWith(key)).not.toEqual([]);
  const record = findPatient(books.ledger.db, patientId);
  const digestsBefore = books.keys.digest(NUMBER);
  books.keys.erase(patientId);
  await books.append('patient-erased', { patientId });
  expect(filesWith(key)).toEqual([]);
  expect(record?.identity && books.keys.open(patientId, 'identity', record.identity)).toBeNull();
  expect(findPatient(books.ledger.db, patientId)).toEqual({ patientId, identity: null });
  expect(books.keys.drafts.find(DRAFT_KEY)).toBeNull();
  expect((await verifyChain(books.ledger.db)).faults).toEqual([]);
  expect(isProven(await proveLedger(books.path))).toBe(true);
  await books.restart();
  expect(filesWith(key)).toEqual([]);
  expect(books.keys.digest(NUMBER)).toBe(digestsBefore);
});

test('an erased patient never gets another key, and the number begins a new patient', async () => {
  const patientId = await register();
  books.keys.erase(patientId);
  books.keys.erase(patientId);
  expect(books.keys.listErased()).toEqual([patientId]);
  expect(() => books.keys.seal(patientId, 'identity', NAME)).toThrow('no key');
  expect(books.keys.patientOfNumber(NUMBER)).toMatchObject({ isNew: true });
  expect(books.keys.verify()).toEqual([]);
});

test('a restored key store forgets again whom the erasure list names', async () => {
  const patientId = await register();
  const identity = books.keys.seal(patientId, 'identity', NAME);
  const backup = join(books.folder, 'old');
  await books.keys.backupTo(keyStorePath(backup));
  books.keys.erase(patientId);
  const restored = accepted(openKeyStore({ ledgerPath: backup, clock: books.clock, mayCreate: false }));
  expect(restored.open(patientId, 'identity', identity)).toBe(NAME);
  restored.reapplyErasures([patientId]);
  expect(restored.open(patientId, 'identity', identity)).toBeNull();
  restored.close();
});

test('keeps drafts per person and form, sealed, until they are discarded', async () => {
  const { drafts } = books.keys;
  expect(drafts.find(DRAFT_KEY)).toBeNull();
  drafts.save(DRAFT_KEY, 'first', null);
  drafts.save(DRAFT_KEY, DRAFT, null);
  await books.restart();
  expect(books.keys.drafts.find(DRAFT_KEY)).toEqual({ text: DRAFT, savedAt: books.clock.now });
  expect(books.keys.drafts.find({ ...DRAFT_KEY, staffId: staffId('wu') })).toBeNull();
  books.keys.drafts.discard(DRAFT_KEY);
  expect(books.keys.drafts.find(DRAFT_KEY)).toBeNull();
});

test('seals free text about work without a patient under a key of the task', () => {
  const id = taskId('t-9');
  books.keys.ensureKey(id);
  const note = books.keys.seal(id, 'note', NOTE);
  books.keys.ensureKey(id);
  expect(books.keys.open(id, 'note', note)).toBe(NOTE);
});

test('digests are keyed: another clinic gives another digest', async () => {
  const elsewhere = await TemporaryLedger.open();
  expect(elsewhere.keys.digest(NUMBER)).not.toBe(books.keys.digest(NUMBER));
  expect(books.keys.digest(NUMBER)).toBe(books.keys.digest(NUMBER));
  await elsewhere.dispose();
});

const damages = [
  { table: 'secrets', sql: `UPDATE secrets SET value = randomblob(32) WHERE name = 'digest-key'` },
  { table: 'subject_keys', sql: `UPDATE subject_keys SET key = randomblob(32)` },
  { table: 'numbers', sql: `UPDATE numbers SET number_digest = lower(hex(randomblob(32)))` },
  { table: 'drafts', sql: `UPDATE drafts SET saved_at_seconds = saved_at_seconds + 1` },
];

test.each(damages)('notices an altered row of $table when it is opened', async ({ sql }) => {
  await register();
  books.keys.close();
  const connection = new Database(keyStorePath(books.path));
  connection.exec(sql);
  connection.close();
  const opened = openKeyStore({ ledgerPath: books.path, clock: books.clock, mayCreate: false });
  expect(codeOf(opened)).toBe('key-store-damaged');
});

test('refuses a missing, a foreign and a newer key store', async () => {
  const options = { clock: books.clock, mayCreate: false };
  const at = (name: string) => ({ ...options, ledgerPath: join(books.folder, name) });
  expect(codeOf(openKeyStore(at('none')))).toBe('key-store-missing');
  const foreign = new Database(keyStorePath(join(books.folder, 'foreign')));
  foreign.exec('CREATE TABLE notes (text TEXT)');
  foreign.close();
  expect(codeOf(openKeyStore(at('foreign')))).toBe('not-a-key-store');
  await books.keys.backupTo(keyStorePath(join(books.folder, 'newer')));
  const newer = new Database(keyStorePath(join(books.folder, 'newer')));
  newer.pragma('user_version = 9999');
  newer.close();
  expect(codeOf(openKeyStore(at('newer')))).toBe('key-store-newer');
});
