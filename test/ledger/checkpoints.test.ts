import { generateKeyPairSync } from 'node:crypto';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkpointSigner, contradictedHeads, proveLedger } from '../../src/main/ledger/index.ts';
import type { CheckpointSigner } from '../../src/main/ledger/index.ts';
import { hashOfEntry } from '../../src/main/ledger/entry.ts';
import { readHandle } from '../../src/main/ledger/handles.ts';
import { readEntries } from '../../src/main/ledger/queries/entries.ts';
import { digest } from '../../src/main/ledger/sealed.ts';
import { instant } from '../../src/shared/units.ts';
import { TemporaryLedger } from '../support/ledger/temporary-ledger.ts';

let books: TemporaryLedger;
let signer: CheckpointSigner;

beforeEach(async () => {
  books = await TemporaryLedger.open();
  const { privateKey } = generateKeyPairSync('ed25519');
  signer = checkpointSigner(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  await books.append('settings-changed', { key: 'theme', value: 'dark' });
});

afterEach(() => books.dispose());

const head = () => ({ length: books.ledger.head().seq, hash: books.ledger.head().hash });

async function faultsNow() {
  const { chain, recorded } = await proveLedger(books.path);
  return { faults: chain?.faults, matching: recorded.matchingByKey };
}

test('counts the checkpoints that match, by their key', async () => {
  await books.append('checkpoint-signed', signer.sign(head()));
  await books.append('settings-changed', { key: 'theme', value: 'light' });
  await books.append('checkpoint-signed', signer.sign(head()));
  expect(await faultsNow()).toEqual({ faults: [], matching: { [signer.keyId]: 2 } });
});

test('names a checkpoint whose signature is of another head, or of another key', async () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const other = checkpointSigner(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  const signed = signer.sign(head());
  await books.append('checkpoint-signed', { ...signed, length: signed.length - 1 });
  const first = books.ledger.head().seq;
  await books.append('checkpoint-signed', {
    ...signer.sign(head()),
    signature: other.sign(head()).signature,
  });
  await books.append('checkpoint-signed', { ...signer.sign(head()), publicKey: 'AAAA' });
  const want = [first, first + 1, first + 2].map((seq) => ({ seq, code: 'signature-wrong' }));
  expect(await faultsNow()).toEqual({ faults: want, matching: {} });
});

test('names a checkpoint that signed what the chain does not have', async () => {
  await books.append('checkpoint-signed', signer.sign({ ...head(), hash: 'ab'.repeat(32) }));
  await books.append('checkpoint-signed', signer.sign({ length: 99, hash: head().hash }));
  const last = books.ledger.head().seq;
  const want = [last - 1, last].map((seq) => ({ seq, code: 'checkpoint-wrong' }));
  expect(await faultsNow()).toEqual({ faults: want, matching: {} });
});

test('names an exported file whose head the chain does not have', async () => {
  const report = {
    format: 'csv',
    period: { from: instant(1_795_000_000), to: instant(1_795_086_400) },
    filters: null,
    fileDigest: digest('cd'.repeat(32)),
  };
  await books.append('report-exported', report); // as before heads were recorded
  const { length, hash } = head();
  await books.append('report-exported', { ...report, head: { length, hash: digest(hash) } });
  await books.append('report-exported', { ...report, head: { length, hash: digest('ab'.repeat(32)) } });
  expect((await faultsNow()).faults).toEqual([{ seq: books.ledger.head().seq, code: 'export-head-wrong' }]);
});

/** What a forger does who knows the file's form: one word altered, and every hash after it made anew. */
function rewriteChain(path: string): void {
  const file = new Database(path);
  const guards = file
    .prepare<[], { name: string; sql: string }>("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    .all();
  for (const { name } of guards) file.exec(`DROP TRIGGER "${name}"`);
  const update = file.prepare('UPDATE entries SET payload = ?, prev_hash = ?, hash = ? WHERE seq = ?');
  let previousHash: string | null = null;
  for (const entry of readEntries(readHandle(file), 0, 1000)) {
    const payload = entry.payload.replace('"dark"', '"grim"');
    const forged = { ...entry, payload, previousHash: previousHash ?? entry.previousHash };
    previousHash = hashOfEntry(forged);
    const bytes = (hash: string): Buffer => Buffer.from(hash, 'hex');
    update.run(payload, bytes(forged.previousHash), bytes(previousHash), entry.seq);
  }
  for (const { sql } of guards) file.exec(sql);
  file.close();
}

test('finds a chain that was rewritten whole, which its hashes alone do not', async () => {
  await books.append('checkpoint-signed', signer.sign(head()));
  await books.append('settings-changed', { key: 'theme', value: 'light' });
  const seq = books.ledger.head().seq - 1;
  await books.close();
  rewriteChain(books.path);
  expect((await faultsNow()).faults).toEqual([{ seq, code: 'checkpoint-wrong' }]);
  await books.restart();
});

test('compares heads written down outside, but not those of entries that a restore lost', () => {
  const { db } = books.ledger;
  const right = head();
  const wrong = { length: right.length - 1, hash: right.hash };
  const beyond = { length: right.length + 5, hash: right.hash };
  expect(contradictedHeads(db, [right, wrong, beyond], [])).toEqual([wrong, beyond]);
  expect(contradictedHeads(db, [right, wrong, beyond], [right.length])).toEqual([wrong]);
});
