/** A ledger's folder that turns up elsewhere: real files, two installations' settings folders, nothing mocked. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openReader, readEntries } from '../../src/main/ledger/index.ts';
import type { Entry } from '../../src/main/ledger/index.ts';
import { openInstallation } from '../../src/main/security/index.ts';
import { ledgerCare } from '../../src/main/usecases/care/index.ts';
import { runVerb } from '../../src/main/cli/verbs.ts';
import { sameText } from '../../src/shared/domain/local-text.ts';
import { accepted } from '../support/ledger/temporary-ledger.ts';
import { TestApplication } from '../support/usecases/application.ts';
import { foundClinic, visit } from '../support/usecases/rooms.ts';

const HERE = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
const ELSEWHERE = 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb';

let root: string;
let app: TestApplication;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'installations-'));
  app = await desk('clinic', 'ann', HERE);
  await app.get('clinic.create', {
    name: sameText('Harbour Clinic'),
    timeZone: 'Europe/Berlin',
    language: 'en',
    person: { name: 'Ann', jobTitle: sameText('Manager') },
    pools: [],
    defaults: [],
  });
  await app.application.tick();
  await app.application.close();
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

/** The application of `account` on the machine, open on the ledger in `folder`. */
function desk(folder: string, account: string, machine: string | null): Promise<TestApplication> {
  const path = join(root, folder);
  mkdirSync(path, { recursive: true });
  const made = new TestApplication('2026-11-18T02:20:00Z', path);
  made.installation = openInstallation(join(root, 'accounts', account, 'installation.json'), machine);
  return made.open();
}

async function problemOf(opened: TestApplication): Promise<string | null> {
  const { problem } = await opened.get('app.state', {});
  return problem;
}

async function problemAt(folder: string, account: string, machine: string | null): Promise<string | null> {
  const opened = await desk(folder, account, machine);
  const problem = await problemOf(opened);
  await opened.application.close();
  return problem;
}

function entriesIn(folder: string): Entry[] {
  const reader = accepted(openReader(join(root, folder, 'clinic.ledger')));
  const entries = readEntries(reader.db, 0, 1000);
  reader.close();
  return entries;
}

const copy = (to: string): void => {
  cpSync(join(root, 'clinic'), join(root, to), { recursive: true });
};

test('notes the installation once, in a ledger that had none', async () => {
  const notes = (): number =>
    entriesIn('clinic').filter((entry) => entry.payload.includes('"installation"')).length;
  expect(notes()).toBe(1);
  expect(await problemAt('clinic', 'ann', HERE)).toBeNull();
  expect(notes()).toBe(1);
});

test.each([
  ['another account of the machine', 'clinic', 'ben'],
  ['the same account', 'clinic', 'ann'],
])('asks nothing of %s', async (_, folder, account) => {
  expect(await problemAt(folder, account, HERE)).toBeNull();
});

test('asks nothing when the folder was renamed, or is reached by another way', async () => {
  renameSync(join(root, 'clinic'), join(root, 'renamed'));
  expect(await problemAt('renamed', 'ann', HERE)).toBeNull();
  expect(await problemAt('renamed', 'ann', HERE)).toBeNull();
});

test('asks nothing where the system tells no machine, but of another installation', async () => {
  expect(await problemAt('clinic', 'ann', null)).toBeNull();
  expect(await problemAt('clinic', 'ben', null)).toBe('other-installation');
});

test.each(['moved', 'copied'] as const)(
  'asks on another machine, writes nothing before, and begins an epoch: %s',
  async (answer) => {
    copy('elsewhere');
    const before = entriesIn('elsewhere');
    const other = await desk('elsewhere', 'cara', ELSEWHERE);
    expect(await problemOf(other)).toBe('other-installation');
    expect(await other.ask('today.get', {})).toMatchObject({
      ok: false,
      error: { code: 'ledger-unavailable' },
    });
    await other.application.tick();
    expect(entriesIn('elsewhere')).toEqual(before);

    await other.get('installation.answer', { answer });
    expect(await problemOf(other)).toBeNull();
    const [begun, noted] = entriesIn('elsewhere').slice(before.length);
    const last = before.at(-1);
    expect(begun).toMatchObject({ kind: 'epoch-started', epoch: 2 });
    expect(JSON.parse(begun?.payload ?? '')).toMatchObject({
      reason: answer,
      previousHead: last?.hash,
      previousLength: last?.seq,
    });
    expect(begun?.site === last?.site).toBe(answer === 'moved');
    expect(noted).toMatchObject({ kind: 'settings-changed' });
    expect(await other.ask('installation.answer', { answer })).toMatchObject({
      ok: false,
      error: { code: 'not-asked' },
    });
    await other.application.close();
    expect(await problemAt('elsewhere', 'cara', ELSEWHERE)).toBeNull();
    expect(await problemAt('clinic', 'ann', HERE)).toBeNull();
    const care = ledgerCare({ nowMs: () => Date.now() });
    expect(accepted(await care.verify(join(root, 'elsewhere', 'clinic.ledger')))).toMatchObject({
      isWhole: true,
    });
  },
);

test('a patient is found at once where the ledger was moved to, also by who asks while it is opened', async () => {
  const made = await desk('moving', 'ann', HERE);
  await foundClinic(made);
  await made.get('task.submit', visit('Mia Berg'));
  await made.application.tick();
  await made.application.close();
  renameSync(join(root, 'moving'), join(root, 'moved'));

  const moved = await desk('moved', 'cara', ELSEWHERE);
  expect(await problemOf(moved)).toBe('other-installation');
  const look = async () => {
    const { patients } = await moved.get('patient.search', { text: 'berg' });
    const { rows } = await moved.get('task.find', { text: 'berg' });
    const filter = { states: [], urgencies: [], poolId: null, enteredBy: null };
    const queue = { subsystem: 'records', filter, sort: null, text: 'berg', language: 'en' } as const;
    const { total } = await moved.get('queue.get', { queue, offset: 0, limit: 10 });
    return [patients.length, rows.length, total];
  };
  const answered = moved.get('installation.answer', { answer: 'moved' });
  await new Promise((done) => setImmediate(done));
  const found = look(); // the ledger is closed, given its epoch and opened meanwhile
  await answered;
  expect(await look()).toEqual([1, 1, 1]);
  expect(await found).toEqual([1, 1, 1]);
  await moved.application.tick();
  expect(await look()).toEqual([1, 1, 1]);
  await moved.application.close();
});

test('asks about a second copy on the same machine, and never again of either', async () => {
  copy('second');
  const second = await desk('second', 'ann', HERE);
  expect(await problemOf(second)).toBe('other-installation');
  await second.get('installation.answer', { answer: 'copied' });
  await second.application.close();
  expect(await problemAt('clinic', 'ann', HERE)).toBeNull();
  expect(await problemAt('second', 'ann', HERE)).toBeNull();
});

test('a backup restored elsewhere has its epoch, and is not asked about', async () => {
  const backups = join(root, 'backups');
  mkdirSync(backups);
  const care = ledgerCare({ nowMs: () => Date.parse('2026-11-18T03:00:00Z') });
  const { path } = accepted(await care.backup(join(root, 'clinic', 'clinic.ledger'), backups));
  mkdirSync(join(root, 'elsewhere'));
  accepted(await care.restore(path, join(root, 'elsewhere', 'clinic.ledger')));
  expect(await problemAt('elsewhere', 'cara', ELSEWHERE)).toBeNull();
  expect(await problemAt('elsewhere', 'ann', HERE)).toBe('other-installation');
});

test('verify and backup read it; an export is made and says that it was not recorded', async () => {
  copy('elsewhere');
  const path = join(root, 'elsewhere', 'clinic.ledger');
  const before = entriesIn('elsewhere');
  const care = ledgerCare({ nowMs: () => Date.parse('2026-11-18T03:00:00Z') });
  expect(accepted(await care.verify(path)).isWhole).toBe(true);
  mkdirSync(join(root, 'backups'));
  expect(existsSync(accepted(await care.backup(path, join(root, 'backups'))).path)).toBe(true);
  const told: string[] = [];
  const code = await runVerb(
    {
      kind: 'export',
      ledgerPath: path,
      locale: 'en',
      theme: null,
      opensSample: false,
      isDemonstration: false,
      period: { kind: 'month', from: '2026-11-01' },
      format: 'csv',
      outPath: join(root, 'november.csv'),
      poolIds: null,
      subsystems: null,
      isForOutside: true,
      identities: null,
      grouping: null,
    },
    {
      locale: 'en',
      problem: 'other-installation',
      exportBeside: () => Promise.resolve({ ok: true, value: { bytes: 7 } }),
      ask: () => Promise.reject(new Error('nothing is asked of a ledger that is not open')),
      print: (line) => told.push(line),
      printError: (line) => told.push(line),
    },
  );
  expect(code).toBe(0);
  expect(told[0]).toContain('Not recorded');
  expect(entriesIn('elsewhere')).toEqual(before);
});
