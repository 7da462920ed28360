/**
 * Writes the sample clinic into an empty ledger, as the entries a real clinic would have: history as imported work,
 * the day under way as submitted, planned, confirmed and started tasks. One command; all of it or nothing.
 */
import { createHash } from 'node:crypto';
import { v7 } from 'uuid';
import { PLANNER_VERSION } from '../../allocator/index.ts';
import type { HeldWindow, LedgerTx } from '../../ledger/index.ts';
import { canonicalJson, digest, findTask, getHead } from '../../ledger/index.ts';
import type { Locale } from '../../../shared/domain/local-text.ts';
import type { Task } from '../../../shared/domain/task.ts';
import type { PatientId } from '../../../shared/ids.ts';
import { commandId, compareIds } from '../../../shared/ids.ts';
import { accept } from '../../../shared/result.ts';
import { identityText, IDENTITY_FIELD } from '../identities.ts';
import { REPLAN_SETTINGS } from '../planning/settings.ts';
import { replan } from '../planning/replan.ts';
import { moveTask } from '../tasks/act-on-task.ts';
import type { Workplace } from '../workplace.ts';
import { samplePathways } from './pathways.ts';
import type { SampleHistoryRow } from './rows.ts';
import type { SampleClinic } from './sample-clinic.ts';
import { SAMPLE_SEED, sampleClinic } from './sample-clinic.ts';
import type { SampleOpenRow } from './today.ts';

/** @param language  that its patients and staff are named in */
export async function writeSampleClinic(place: Workplace, language: Locale): Promise<void> {
  const sample = sampleClinic({ now: place.now(), seed: SAMPLE_SEED, language });
  const command = commandId(`sample-${v7({ msecs: place.surroundings.nowMs() })}`);
  const manager = sample.staff.find((member) => member.role === 'manager');
  if (!manager) throw new Error('the sample clinic has a manager');
  await place.command({ commandId: command, body: {}, actor: manager.id }, (tx) => {
    writeClinic(tx, sample);
    tx.append('person-changed', { staffId: manager.id });
    const patients = writePatients(place, tx, sample);
    for (const row of sample.history) writeHistory(tx, { ...row, task: withPatient(row.task, patients) });
    writeOpen(
      tx,
      sample.open.map((row) => ({ ...row, task: withPatient(row.task, patients) })),
      place.surroundings.timeZoneData,
    );
    replan(tx, place.surroundings.timeZoneData);
    return accept({});
  });
}

function writeClinic(tx: LedgerTx, sample: SampleClinic): void {
  const effective = { effective: sample.openedAt };
  tx.append('clinic-set', sample.clinic, effective);
  for (const member of sample.staff) tx.append('staff-set', member, effective);
  for (const setting of sample.subsystems) tx.append('subsystem-set', setting, effective);
  for (const pool of sample.pools) tx.append('pool-set', pool, effective);
  for (const kind of sample.workKinds) tx.append('work-kind-set', kind, effective);
  for (const pathway of samplePathways()) tx.append('pathway-set', pathway, effective);
}

/** @returns the sample's patients → the ledger's, whose ids its own key store chooses */
function writePatients(
  place: Workplace,
  tx: LedgerTx,
  sample: SampleClinic,
): ReadonlyMap<PatientId, PatientId> {
  const ids = place.keys.batch(
    () =>
      new Map(
        sample.patients.map(({ id, identity }) => [
          id,
          place.keys.patientOfNumber(identity.number ?? id).patientId,
        ]),
      ),
  );
  for (const { id, identity } of sample.patients) {
    const patientId = ids.get(id);
    if (patientId === undefined) continue;
    const sealed = place.keys.seal(patientId, IDENTITY_FIELD, identityText(identity));
    tx.append('patient-registered', { patientId, identity: sealed }, { effective: sample.openedAt });
  }
  return ids;
}

function withPatient(task: Task, ids: ReadonlyMap<PatientId, PatientId>): Task {
  const patientId = task.patientId === null ? null : (ids.get(task.patientId) ?? null);
  return { ...task, patientId, requester: patientId ?? task.requester };
}

function writeHistory(tx: LedgerTx, row: SampleHistoryRow): void {
  tx.append(
    'task-imported',
    { task: row.task, note: null, sourceDigest: null, windows: heldWindows(row), isOpenEnded: false },
    { effective: row.closedAt },
  );
}

function heldWindows({ task, allocation, bookedStart, bookedEnd }: SampleHistoryRow): HeldWindow[] {
  if (!allocation) return [];
  const { startedAt, endedAt } = task;
  const booked = bookedStart === null || bookedEnd === null ? null : { start: bookedStart, end: bookedEnd };
  const actual = startedAt === null || endedAt === null ? null : { start: startedAt, end: endedAt };
  return task.needs.map((_, index) => ({ booked, actual, unitIds: allocation.units[index] ?? [] }));
}

/** Submits everything that is open, places what has a window by one adopted plan, then confirms and starts it. */
function writeOpen(tx: LedgerTx, rows: readonly SampleOpenRow[], timeZoneData: string): void {
  for (const { task } of rows) {
    const waiting: Task = { ...task, state: 'waiting', startedAt: null };
    tx.append(
      'task-submitted',
      { task: waiting, note: null, sourceDigest: null },
      { effective: task.submittedAt },
    );
  }
  const placed = rows
    .filter((row) => row.allocation !== null)
    .toSorted((left, right) => compareIds(left.task.id, right.task.id));
  if (placed.length === 0) return;
  const changes = placed.map(({ task, allocation }) => ({ taskId: task.id, allocation }));
  tx.append('plan-adopted', {
    plannerVersion: PLANNER_VERSION,
    settingsHash: sha256(REPLAN_SETTINGS),
    timeZoneData,
    seed: REPLAN_SETTINGS.seed,
    budgetUsed: 0,
    baseSeq: getHead(tx.db).seq,
    now: tx.now,
    changes,
    reasons: [],
    clearedReasons: [],
    planHash: sha256(changes),
  });
  for (const { task } of placed) {
    move(tx, task, 'confirm');
    if (task.startedAt !== null) move(tx, task, 'start');
  }
}

function move(tx: LedgerTx, task: Task, action: 'confirm' | 'start'): void {
  const record = findTask(tx.db, task.id);
  const moved = record && moveTask(tx, record, action, action === 'start' ? task.startedAt : null);
  if (!moved?.ok) throw new Error(`the sample's ${task.id} could not ${action}`);
}

function sha256(value: unknown): ReturnType<typeof digest> {
  return digest(createHash('sha256').update(canonicalJson(value)).digest('hex'));
}
