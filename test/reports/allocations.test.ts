/** The raw CSV of bookings, read back by a strict parser and compared with the ledger's own table. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sameText } from '../../src/shared/domain/local-text.ts';
import type { IdentityReason } from '../../src/shared/domain/report.ts';
import { staffId } from '../../src/shared/ids.ts';
import { exportCopy, removeExportCopies } from '../support/intake/export-folder.ts';
import { TestApplication } from '../support/usecases/application.ts';

let app: TestApplication;
beforeEach(async () => {
  app = await new TestApplication().open();
  await app.get('clinic.create', {
    name: sameText('Harbour Clinic'),
    timeZone: 'America/New_York',
    language: 'en',
    person: { name: 'Ann', jobTitle: { en: 'Manager', zh: '经理' } },
    pools: [],
    defaults: [],
  });
  const folder = exportCopy();
  const { mappings } = await app.get('import.preview', { folder, mode: 'history', mappings: null });
  await app.get('import.commit', { folder, mode: 'history', mappings });
});
afterEach(async () => {
  await app.close();
  removeExportCopies();
});

type Row = Record<string, string>;

async function exported(
  name = 'raw.csv',
  identities: IdentityReason | null = null,
): Promise<{ text: string; rows: Row[] }> {
  const { opensOn } = await app.get('report.periods', {});
  const path = join(app.folder, name);
  await app.get('report.export', {
    period: { kind: 'year', from: opensOn },
    poolIds: null,
    subsystems: null,
    format: 'allocations',
    locale: 'en',
    path,
    isForOutside: false,
    identities,
  });
  const text = await readFile(path, 'utf8');
  return { text, rows: parse(text, { columns: true, bom: true, record_delimiter: '\r\n' }) };
}

it('holds every booking of the period once, with the ledger’s own times', async () => {
  const { rows } = await exported();
  const about = (id: string): string =>
    rows.find((row) => row['Section'] === 'about' && row['Pool id'] === id)?.['Value'] ?? '';
  const [from, until] = ['period-from', 'period-until'].map((id) => Date.parse(about(id)) / 1000);
  const db = new Database(app.ledgerPath, { readonly: true });
  const want = db
    .prepare(
      `SELECT pool_id || ' ' || rate_milli || ' ' || coalesce(actual_start / 60, '') || ' ' ||
         coalesce(actual_end / 60, '') FROM bookings
       WHERE span_start < ? AND coalesce(span_end, 1e12) > ?`,
    )
    .pluck()
    .all(until, from);
  db.close();
  const minute = (text = ''): string => (text === '' ? '' : String(Date.parse(text) / 60_000));
  const bookings = rows.filter((row) => row['Section'] === 'booking');
  const shown = bookings.map((row) =>
    [row['Pool id'], Number(row['Rate']) * 1000, minute(row['Actual start']), minute(row['Actual end'])].join(
      ' ',
    ),
  );
  expect(want.length).toBeGreaterThan(0);
  expect(shown.sort()).toEqual(want.sort());
  expect(about('ledger-head')).toMatch(/^[0-9a-f]{64}$/);
});

it('names nobody, and links nothing to the books or to another file', async () => {
  const first = await exported('one.csv');
  const second = await exported('two.csv');
  const db = new Database(app.ledgerPath, { readonly: true });
  const ids = db.prepare('SELECT task_id FROM tasks UNION SELECT patient_id FROM patients').pluck().all();
  db.close();
  for (const id of ids) expect(first.text).not.toContain(String(id));
  const tasks = (rows: Row[]): string[] =>
    rows.filter((row) => row['Section'] === 'booking').map((row) => row['Task'] ?? '');
  expect(tasks(first.rows).every((name) => /^[0-9a-f]{16}$/.test(name))).toBe(true);
  expect(tasks(first.rows).filter((name) => tasks(second.rows).includes(name))).toEqual([]);
});

it('names patients only for a reason and to whom that is allowed, and the ledger says so', async () => {
  const { rows } = await exported('named.csv', 'internal-audit');
  const named = rows.filter((row) => row['Section'] === 'booking' && row['Patient'] !== '');
  expect(named.length).toBeGreaterThan(0);
  expect(named.every((row) => row['Patient’s name'] !== '')).toBe(true);
  const { entries } = await app.get('ledger.history', {
    staffId: null,
    taskId: null,
    day: null,
    kind: 'report-exported',
    beforeSeq: null,
  });
  expect(entries.map(({ detail }) => detail)).toEqual(['allocations+identities']);
  const db = new Database(app.ledgerPath, { readonly: true });
  const payload: unknown = db
    .prepare(`SELECT payload ->> '$.identities' FROM entries WHERE kind = 'report-exported'`)
    .pluck()
    .get();
  db.close();
  expect(payload).toBe('internal-audit');

  const request = {
    period: { kind: 'year', from: '2026-01-01' },
    poolIds: null,
    subsystems: null,
    locale: 'en',
    path: join(app.folder, 'refused.csv'),
  } as const;
  const codeOf = async (more: {
    format: 'allocations' | 'csv';
    isForOutside?: boolean;
    identities?: IdentityReason;
  }) => {
    const reply = await app.ask('report.export', { ...request, ...more });
    return reply.ok ? null : reply.error.code;
  };
  expect(await codeOf({ format: 'allocations' })).toBe('raw-stays-inside'); // what is not said is the careful choice
  expect(await codeOf({ format: 'csv', identities: 'internal-audit' })).toBe('identities-stay-inside');
  expect(await codeOf({ format: 'csv', isForOutside: false, identities: 'internal-audit' })).toBe(
    'format-names-nobody',
  );
  const id = staffId('bo');
  const jobTitle = { en: 'Clerk', zh: '职员' };
  await app.get('staff.set', { member: { id, name: 'Bo', jobTitle, role: 'staff', isActive: true } });
  await app.get('person.switch', { staffId: id });
  expect(await codeOf({ format: 'allocations', isForOutside: false, identities: 'internal-audit' })).toBe(
    'not-permitted',
  );
  expect(await codeOf({ format: 'allocations', isForOutside: false })).toBeNull();
});
