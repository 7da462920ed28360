/** Erasing a patient through the application: gone everywhere, and no figure has changed. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLedger, proveLedger, SYSTEM_ACTOR } from '../../src/main/ledger/index.ts';
import { openKeyStore } from '../../src/main/security/index.ts';
import { CONTRACT } from '../../src/shared/contract/index.ts';
import type { PatientId } from '../../src/shared/ids.ts';
import { commandId, poolId, workKindId } from '../../src/shared/ids.ts';
import { milli, seconds } from '../../src/shared/units.ts';
import { DeskDay } from '../support/faults/desk-day.ts';
import { accepted } from '../support/ledger/temporary-ledger.ts';
import { TestApplication } from '../support/usecases/application.ts';

const NAME = 'Wilhelmina Quux';
const REASON = 'patient-request' as const;

let app: TestApplication;
let erased: PatientId;

beforeEach(async () => {
  app = await new TestApplication().open();
  const desk = new DeskDay({
    ask: (channel, request, id) => app.ask(channel, request, id || undefined),
    tell: () => undefined,
    seed: 5,
    name: 'desk',
  });
  await desk.found();
  for (let step = 0; step < 12; step += 1) await desk.step();
  await app.get('task.submit', {
    draft: {
      subsystem: 'records',
      workKindId: workKindId('records-general'),
      patient: { identity: { name: NAME, birthDate: '1980-02-03', number: 'MRN-777' } },
      needs: [{ poolId: poolId('rooms'), rateMilli: milli(1000), amount: null }],
      durationSeconds: seconds(1800),
      urgency: 3,
      earliestStart: null,
      fixedStart: null,
      due: null,
      note: 'lives with Quux senior',
    },
  });
  const { patients } = await app.get('patient.search', { text: 'quux' });
  erased = patients[0]?.patientId ?? expect.unreachable('the patient is known');
});
afterEach(() => app.close());

async function figures(): Promise<unknown> {
  const { provenance, ...figures } = await app.get('report.utilization', {
    period: { kind: 'day', from: '2026-11-18' },
    poolIds: null,
    subsystems: null,
  });
  expect(provenance.head.length).toBeGreaterThan(1);
  return figures;
}

const erase = (id?: string) => app.get('patient.erase', { patientId: erased, reason: REASON }, id);

test('says before what goes and what stays', async () => {
  expect(await app.get('patient.erasure', { patientId: erased })).toMatchObject({
    identity: { name: NAME, number: 'MRN-777' },
    tasks: 1,
    openTasks: 1,
    notes: 1,
  });
});

test('needs a manager', () => {
  expect(CONTRACT['patient.erase'].permission).toBe('manage');
  expect(CONTRACT['patient.erasure'].permission).toBe('manage');
});

test('the identity is gone everywhere, every figure is as it was, and the chain verifies', async () => {
  await app.get('draft.set', { form: 'task-records', body: JSON.stringify({ name: NAME }) });
  await app.get('draft.set', { form: 'task-imaging', body: JSON.stringify({ name: 'Somebody Else' }) });
  const before = await figures();
  expect(await erase()).toEqual({ unreachableLists: 0 });
  expect(await figures()).toEqual(before);
  expect((await app.get('patient.search', { text: 'quux' })).patients).toEqual([]);
  expect((await app.get('patient.search', { text: 'MRN-777' })).patients).toEqual([]);
  expect((await app.get('draft.get', { form: 'task-records' })).body).toBeNull();
  expect((await app.get('draft.get', { form: 'task-imaging' })).body).not.toBeNull();
  expect(JSON.stringify(await app.get('today.get', {}))).not.toContain('Quux');
  expect(await app.get('patient.erasure', { patientId: erased })).toMatchObject({ identity: null, notes: 0 });
  const proof = await proveLedger(app.ledgerPath);
  expect(proof).toMatchObject({ structure: [], differences: [], chain: { faults: [] }, excess: [] });
});

test('sent again it writes no other entry', async () => {
  await erase('erase-1');
  const { head } = await app.get('app.state', {});
  await erase('erase-1');
  await erase('erase-2');
  expect((await app.get('app.state', {})).head).toEqual(head);
});

test('the list beside the backups is brought up to date at once', async () => {
  const stick = join(app.folder, 'stick');
  mkdirSync(stick);
  app.answers.folder = stick;
  await app.get('backup.make', {});
  await erase();
  const [list] = readdirSync(stick).filter((name) => name.endsWith('.erased'));
  expect(readFileSync(join(stick, list ?? ''), 'utf8')).toContain(erased);
});

test('a power cut between the entry and the key is made up for at the next opening', async () => {
  await app.application.close();
  const clock = { nowMs: () => app.clock.ms };
  const ledger = accepted(await openLedger({ path: app.ledgerPath, clock }));
  const keys = accepted(openKeyStore({ ledgerPath: app.ledgerPath, clock, mayCreate: false }));
  const command = { commandId: commandId('cut'), bodyDigest: keys.digest('cut'), actor: SYSTEM_ACTOR };
  await ledger.write(command, (tx) => {
    tx.append('patient-erased', { patientId: erased, reason: REASON });
    return { ok: true as const, value: null };
  });
  expect(keys.listErased()).toEqual([]);
  await ledger.close();
  keys.close();
  await app.restart();
  await app.application.close();
  const after = accepted(openKeyStore({ ledgerPath: app.ledgerPath, clock, mayCreate: false }));
  expect(after.listErased()).toEqual([erased]);
  after.close();
});

test('an erasure whose entry was lost is recorded again', async () => {
  await app.application.close();
  const clock = { nowMs: () => app.clock.ms };
  const keys = accepted(openKeyStore({ ledgerPath: app.ledgerPath, clock, mayCreate: false }));
  keys.erase(erased);
  keys.close();
  await app.restart();
  expect(await app.get('patient.erasure', { patientId: erased })).toMatchObject({ identity: null, notes: 0 });
  expect(
    (
      await app.get('ledger.history', {
        staffId: null,
        taskId: null,
        day: null,
        kind: 'patient-erased',
        beforeSeq: null,
      })
    ).entries,
  ).toHaveLength(1);
});
