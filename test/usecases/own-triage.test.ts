/** A clinic's own triage levels: kept in the ledger, and the targets of rows, quotes and reports. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sameText } from '../../src/shared/domain/local-text.ts';
import type { TriageLevel } from '../../src/shared/domain/urgency.ts';
import { MINUTE, seconds } from '../../src/shared/units.ts';
import { TestApplication } from '../support/usecases/application.ts';
import { openClinic, visit } from '../support/usecases/rooms.ts';

const OWN: TriageLevel[] = [
  { urgency: 2, name: { en: 'Red', zh: '红' }, targetSeconds: seconds(5 * MINUTE) },
  { urgency: 4, name: { en: 'Green', zh: '绿' }, targetSeconds: seconds(45 * MINUTE) },
];

let app: TestApplication;
beforeEach(async () => {
  app = new TestApplication();
  await openClinic(app, 1);
});
afterEach(() => app.close());

const set = (ownTriage: readonly TriageLevel[] | null) =>
  app.ask('clinic.set', {
    clinic: {
      name: sameText('Harbour Clinic'),
      timeZone: 'Europe/Berlin',
      language: 'en',
      triagePreset: 'own',
      ownTriage,
    },
  });

it('gives rows and reports the targets of its levels, also after a restart and a rebuild', async () => {
  expect((await set(OWN)).ok).toBe(true);
  const { taskId } = await app.get('task.submit', visit('Mia Berg', { urgency: 4 }));
  await app.restart();
  expect((await app.get('app.state', {})).clinic).toMatchObject({ triagePreset: 'own', ownTriage: OWN });
  expect((await app.get('task.get', { taskId })).row.targetSeconds).toBe(45 * MINUTE);
  await app.get('task.act', { taskId, action: 'start', at: null });
  const { waits } = await app.get('report.utilization', {
    period: { kind: 'month', from: '2026-11-18' },
    poolIds: null,
    subsystems: null,
  });
  expect(waits.find(({ started }) => started === 1)?.targetSeconds).toBe(45 * MINUTE);
  expect(await app.get('ledger.verify', {})).toMatchObject({ isWhole: true });
});

it('refuses levels out of order, and the choice of own levels without any', async () => {
  expect(await set([...OWN].reverse())).toMatchObject({ ok: false, error: { code: 'invalid-triage' } });
  expect(await set(null)).toMatchObject({ ok: false, error: { code: 'invalid-triage' } });
});
