/** verify, rebuild and restore on real files: what they print, what they end with, what they leave alone. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCareVerb } from '../../src/main/cli/care-verbs.ts';
import type { CareRequest } from '../../src/main/cli/requests.ts';
import { EXIT_CODES } from '../../src/main/cli/exit-codes.ts';
import { keyStorePath } from '../../src/main/ledger/index.ts';
import { ledgerCare } from '../../src/main/usecases/care/index.ts';
import type { Locale } from '../../src/shared/domain/local-text.ts';
import { scanTask, setUpClinic, submitted } from '../support/ledger/clinic-rows.ts';
import { accepted, TemporaryLedger } from '../support/ledger/temporary-ledger.ts';

const common = { ledgerPath: null, locale: null, theme: null, opensSample: false, isDemonstration: false };
const VERIFY: CareRequest = { kind: 'verify', ...common };
const REBUILD: CareRequest = { kind: 'rebuild', ...common };

let books: TemporaryLedger;
let backup: string;

beforeEach(async () => {
  books = await TemporaryLedger.open();
  await setUpClinic(books);
  backup = join(books.folder, 'monday.backup');
  accepted(
    await books.ledger.backupTo(backup, { companions: () => books.keys.backupTo(keyStorePath(backup)) }),
  );
  await books.append('task-submitted', submitted(scanTask('t-1')));
});
afterEach(() => books.dispose());

async function run(request: CareRequest, { locale = 'en' as Locale, ledgerPath = books.path } = {}) {
  const printed: string[] = [];
  const exit = await runCareVerb(request, {
    locale,
    ledgerPath,
    care: ledgerCare(books.clock),
    print: (line) => printed.push(`out: ${line}`),
    printError: (line) => printed.push(`err: ${line}`),
  });
  return { exit, printed };
}

const restoring = (isConfirmed: boolean, from = backup): CareRequest => ({
  kind: 'restore',
  ...common,
  backup: from,
  isConfirmed,
});

/** Changes the closed ledger's file behind its back. */
function tamper(sql: string): void {
  const file = new Database(books.path);
  file.exec(`DROP TRIGGER entries_are_never_updated`);
  file.exec(sql);
  file.exec(`CREATE TRIGGER entries_are_never_updated BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'entries: append only'); END`);
  file.close();
}

/** Overwrites the first page of a table. */
function spoilTable(name: string): void {
  const file = new Database(books.path, { readonly: true });
  const root = file.prepare<[string], { page: number }>(
    'SELECT rootpage AS page FROM sqlite_schema WHERE name = ?',
  );
  const page = root.get(name)?.page ?? 0;
  const size = Number(file.pragma('page_size', { simple: true }));
  file.close();
  const bytes = readFileSync(books.path);
  bytes.fill(0xaa, (page - 1) * size, page * size);
  writeFileSync(books.path, bytes);
}

describe('verify', () => {
  it('says in one line that the ledger is whole, beside the copy that has it open', async () => {
    const { seq, hash } = books.ledger.head();
    const short = `${hash.slice(0, 4)}…${hash.slice(-4)}`;
    expect(await run(VERIFY)).toEqual({
      exit: EXIT_CODES.done,
      printed: [`out: Whole: ${seq} entries, head ${short}`],
    });
    expect((await run(VERIFY, { locale: 'zh' })).printed).toEqual([
      `out: 完整：${seq} 笔记录，末端哈希 ${short}`,
    ]);
  });

  it('names the entry whose content was changed, and the task it is about', async () => {
    const { seq } = books.ledger.head();
    await books.close();
    tamper(`UPDATE entries SET payload = replace(payload, '"urgency":', '"urgency": ') WHERE seq = ${seq}`);
    const { exit, printed } = await run(VERIFY);
    expect(exit).toBe(EXIT_CODES['not-whole']);
    expect(printed[0]).toBe('out: Not whole: 1 fault');
    expect(printed[1]).toBe(`out: Entry ${seq} (new task, t-1): its content is not what was recorded`);
    const advice = printed.slice(2).join('\n');
    for (const verb of ['restore', 'recover']) expect(advice).toContain(`clinic-allocator ${verb}`);
    expect((await run(VERIFY, { locale: 'zh' })).printed).toContain('out: 现在该怎么做');
  });

  it('names the derived row that no entry explains', async () => {
    await books.close();
    tamper(`UPDATE clinic SET name_en = 'Another'`);
    const { exit, printed } = await run(VERIFY);
    expect(exit).toBe(EXIT_CODES['not-whole']);
    expect(printed.slice(0, 2)).toEqual([
      'out: Not whole: 1 fault',
      'out: Table clinic, row 1: it is not what the entries say',
    ]);
    expect(printed.slice(2).map((line) => line.slice(0, 7))).toEqual([
      'out: Wh',
      'out: 1.',
      'out: 2.',
      'out: 3.',
    ]);
    expect(printed.at(-1)).toContain('clinic-allocator rebuild');
  });

  it.each([
    { name: 'no file', write: false, want: EXIT_CODES['ledger-missing'] },
    { name: 'a foreign file', write: true, want: EXIT_CODES['not-a-ledger'] },
  ])('refuses $name', async ({ write, want }) => {
    const ledgerPath = join(books.folder, 'other');
    if (write) writeFileSync(ledgerPath, 'a letter');
    const { exit, printed } = await run(VERIFY, { ledgerPath });
    expect(exit).toBe(want);
    expect(printed).toHaveLength(1);
    expect(printed[0]).toMatch(/^err: /);
  });
});

describe('rebuild', () => {
  it('is refused while another copy has the ledger', async () => {
    expect((await run(REBUILD)).exit).toBe(EXIT_CODES['ledger-busy']);
  });

  it('makes a changed table what the entries say', async () => {
    const { seq } = books.ledger.head();
    await books.close();
    tamper(`UPDATE clinic SET name_en = 'Another'`);
    expect(await run(REBUILD)).toEqual({
      exit: EXIT_CODES.done,
      printed: [`out: Rebuilt from ${seq} entries`],
    });
    expect((await run(VERIFY)).exit).toBe(EXIT_CODES.done);
  });

  it('makes no ledger where there is none', async () => {
    const ledgerPath = join(books.folder, 'none.ledger');
    expect((await run(REBUILD, { ledgerPath })).exit).toBe(EXIT_CODES['ledger-missing']);
    expect(readdirSync(books.folder)).not.toContain('none.ledger');
  });
});

describe('restore', () => {
  it('is refused while another copy has the ledger', async () => {
    expect((await run(restoring(true))).exit).toBe(EXIT_CODES['ledger-busy']);
  });

  it('says what would be lost and changes nothing without --yes', async () => {
    const { seq } = books.ledger.head();
    await books.close();
    expect(await run(restoring(false))).toEqual({
      exit: EXIT_CODES.refused,
      printed: [
        'out: Restoring would lose 1 entry that was made after this backup.',
        'err: Nothing was changed. Add --yes to restore.',
      ],
    });
    await books.restart();
    expect(books.ledger.head().seq).toBe(seq);
  });

  it('restores into a new epoch, whole, with the old file beside it', async () => {
    await books.close();
    const { exit, printed } = await run(restoring(true));
    expect(exit).toBe(EXIT_CODES.done);
    expect(printed[1]).toMatch(/^out: Restored: \d+ entries, head /);
    expect((await run(VERIFY)).exit).toBe(EXIT_CODES.done);
    expect(readdirSync(books.folder).some((name) => name.includes('.replaced-'))).toBe(true);
    await books.restart();
    expect(books.ledger.head().epoch).toBe(2);
  });

  it.each([
    { name: 'a backup without its keys', spoil: () => rmSync(keyStorePath(backup)), words: '.keys' },
    { name: 'a file that is no ledger', spoil: () => writeFileSync(backup, 'a letter'), words: '' },
    { name: 'a backup that is not there', spoil: () => rmSync(backup), words: 'no ledger' },
  ])('refuses $name and leaves the ledger as it is', async ({ spoil, words }) => {
    const { hash } = books.ledger.head();
    await books.close();
    spoil();
    const { exit, printed } = await run(restoring(true));
    expect(exit).toBe(EXIT_CODES.refused);
    expect(printed.join()).toContain(words);
    await books.restart();
    expect(books.ledger.head().hash).toBe(hash);
  });
});

describe('recover', () => {
  const recovering = (isConfirmed: boolean): CareRequest => ({ kind: 'recover', ...common, isConfirmed });

  /** The second entry from the end: what the last one says can be read, and follows from nothing any more. */
  async function damageOne(): Promise<number> {
    await books.append('task-submitted', submitted(scanTask('t-2')));
    const { seq } = books.ledger.head();
    await books.close();
    tamper(`UPDATE entries SET payload = replace(payload, 't-1', 't-9') WHERE seq = ${seq - 1}`);
    return seq - 2;
  }

  it('says what would be left out and changes nothing without --yes', async () => {
    const keeps = await damageOne();
    const { exit, printed } = await run(recovering(false));
    expect(exit).toBe(EXIT_CODES.refused);
    expect(printed).toEqual([
      `out: ${keeps} entries would be kept; the last one was recorded 2026-11-18 10:20.`,
      `out: 2 entries would be left out, from number ${keeps + 1} on.`,
      'out: All of them can still be read: new task (2).',
      'out: Times are on the clock of Asia/Shanghai.', // the clinic's, whatever this computer's is
      'err: Nothing was changed. Add --yes to keep the whole part.',
    ]);
    expect((await run(recovering(false), { locale: 'zh' })).printed[1]).toBe(
      `out: 会舍去 2 笔记录，从第 ${keeps + 1} 笔起。`,
    );
    expect(readdirSync(books.folder).some((name) => name.includes('.damaged-'))).toBe(false);
  });

  it('keeps the whole part in a new epoch, with the damaged file beside it', async () => {
    const keeps = await damageOne();
    const { exit, printed } = await run(recovering(true));
    expect(exit).toBe(EXIT_CODES.done);
    expect(printed.at(-1)).toMatch(new RegExp(`^out: Kept: ${keeps + 1} entries, head `));
    expect((await run(VERIFY)).exit).toBe(EXIT_CODES.done);
    expect(readdirSync(books.folder).some((name) => name.includes('.damaged-'))).toBe(true);
  });

  it('leaves nothing out where only a derived table cannot be read', async () => {
    const { seq } = books.ledger.head();
    await books.close();
    spoilTable('clinic');
    expect((await run(VERIFY)).exit).toBe(EXIT_CODES['not-whole']);
    const { exit, printed } = await run(recovering(true));
    expect(exit).toBe(EXIT_CODES.done);
    expect(printed[1]).toContain('none would be left out');
    expect(printed.at(-1)).toContain(`Kept: ${seq + 1} entries`);
    expect((await run(VERIFY)).exit).toBe(EXIT_CODES.done);
  });

  it('is refused where nothing is wrong, where there is nothing, and beside an open copy', async () => {
    expect((await run(recovering(true))).printed).toEqual([
      'err: The ledger is not damaged. Nothing was changed.',
    ]);
    const missing = { ledgerPath: join(books.folder, 'none.ledger') };
    expect((await run(recovering(true), missing)).exit).toBe(EXIT_CODES['ledger-missing']);
    await books.restart(); // so that the file holds what its log held
    spoilTable('clinic');
    expect((await run(recovering(true))).exit).toBe(EXIT_CODES['ledger-busy']);
  });
});

it('backs up beside the open window, and says what it cannot back up', async () => {
  const backingUp = (outFolder: string): CareRequest => ({ kind: 'backup', ...common, outFolder });
  const usb = join(books.folder, 'usb');
  expect((await run(backingUp(usb))).exit).toBe(EXIT_CODES['not-written']);
  mkdirSync(usb);
  const { exit, printed } = await run(backingUp(usb)); // the ledger is open for writing meanwhile
  expect(printed).toEqual([`out: Backup made and verified: ${join(usb, 'clinic.ledger.2026-11-18.backup')}`]);
  expect(exit).toBe(EXIT_CODES.done);
  const missing = await run(backingUp(usb), { ledgerPath: join(books.folder, 'nothing.ledger') });
  expect(missing.exit).toBe(EXIT_CODES['ledger-missing']);
});
