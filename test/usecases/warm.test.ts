/** What is made ahead once the window stands: reports, and only from days that are settled by then. */
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import type { ReadDb } from '../../src/main/ledger/index.ts';
import { unreportedDays } from '../../src/main/usecases/clinic/settle-days.ts';
import { dayBasis, measureSettledDay } from '../../src/main/usecases/reports/report-days.ts';
import { instant } from '../../src/shared/units.ts';
import { accepted, TemporaryLedger } from '../support/ledger/temporary-ledger.ts';
import { TestApplication } from '../support/usecases/application.ts';
import { openClinic, visit } from '../support/usecases/rooms.ts';

/** Long enough to settle that reports would be made sooner. */
const MISSING = 40;

/** Settles all but the newest days at once. @returns how many days there are */
async function settleOlderDays(app: TestApplication): Promise<number> {
  const { ledger } = await TemporaryLedger.open(app.folder);
  const basis = dayBasis(ledger.db, 'Asia/Shanghai');
  const now = instant(Math.floor(app.clock.ms / 1000));
  const days = unreportedDays(ledger.db, now, basis);
  const measure = (db: ReadDb, day: (typeof days)[number]) => measureSettledDay(db, day, basis, now);
  accepted(await ledger.settleReports(days.slice(MISSING), measure));
  await ledger.close();
  return days.length;
}

it('makes reports ahead only once every day that they read is settled', async () => {
  const app = new TestApplication('2026-01-05T02:20:00Z');
  await openClinic(app);
  const { taskId } = await app.get('task.submit', visit('Mia Berg'));
  await app.get('task.act', { taskId, action: 'start', at: null });
  app.clock.forward(30);
  await app.get('task.act', { taskId, action: 'finish', at: null });
  app.clock.forward(3 * 24 * 60);
  await app.application.close();
  const days = await settleOlderDays(app);
  await app.open();

  const books = new Database(app.ledgerPath, { readonly: true });
  const kept = books.prepare<[], number>('SELECT count(*) FROM settled_reports').pluck();
  expect(kept.get()).toBe(days - MISSING);
  const asked = app.application.warm();
  await app.application.warm(); // the days are being settled already
  expect(kept.get()).toBe(days);
  await asked;
  books.close();
  await app.close();
});
