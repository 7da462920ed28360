/** A file made beside the window that has the ledger open: the same file, nothing written in the ledger. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { exportBeside } from '../../src/main/usecases/reports/export-beside.ts';
import { poolId } from '../../src/shared/ids.ts';
import { TestApplication } from '../support/usecases/application.ts';
import { foundClinic } from '../support/usecases/own-clinic.ts';

let app: TestApplication;
beforeEach(async () => {
  app = new TestApplication();
  await foundClinic(app);
});
afterEach(() => app.close());

type Asked = Parameters<typeof exportBeside>[1];
const asked = (name: string): Asked => ({
  period: { kind: 'month', from: '2026-11-01' },
  poolIds: null,
  subsystems: ['imaging'],
  format: 'csv',
  locale: 'en',
  isForOutside: true,
  path: join(app.folder, name),
});
const surroundings = () => ({
  nowMs: () => app.clock.ms,
  version: '0.0.0-test',
  printReport: () => Promise.reject(new Error('there is no window to print in')),
});

it('makes the file that the window would make, and leaves the ledger as it was', async () => {
  const before = (await app.get('app.state', {})).head;
  const beside = await exportBeside(app.ledgerPath, asked('beside.csv'), surroundings());
  expect((await app.get('app.state', {})).head).toEqual(before);
  await app.get('report.export', asked('window.csv'));
  const text = readFileSync(join(app.folder, 'beside.csv'), 'utf8');
  expect(text).toBe(readFileSync(join(app.folder, 'window.csv'), 'utf8'));
  expect(beside).toMatchObject({ ok: true, value: { bytes: Buffer.byteLength(text) } });
});

const refusals: readonly { name: string; code: string; more: Partial<Asked> }[] = [
  {
    name: 'patients by name',
    code: 'identities-need-the-ledger',
    more: { isForOutside: false, format: 'allocations', identities: 'internal-audit' },
  },
  { name: 'bookings for outside', code: 'raw-stays-inside', more: { format: 'allocations' } },
  { name: 'a pool that is not there', code: 'unknown-pool', more: { poolIds: [poolId('p-none')] } },
];
it.each(refusals)('refuses $name and leaves no file', async ({ code, more }) => {
  const request = { ...asked('refused.csv'), ...more };
  const refused = await exportBeside(app.ledgerPath, request, surroundings());
  expect(refused).toMatchObject({ ok: false, error: { code } });
  expect(existsSync(request.path)).toBe(false);
});

it('says that a ledger which is not there cannot be read', async () => {
  const refused = await exportBeside(join(app.folder, 'none.ledger'), asked('a.csv'), surroundings());
  expect(refused).toMatchObject({ ok: false, error: { code: 'ledger-unavailable' } });
});
