/** Where the ledger and the naive model of its history disagree: every line names the row and both sides. */
import {
  findPatient,
  findPool,
  findSetting,
  findTask,
  listOpenTasks,
} from '../../../src/main/ledger/index.ts';
import { isOpen } from '../../../src/shared/domain/lifecycle.ts';
import { taskId } from '../../../src/shared/ids.ts';
import type { TaskRecord } from '../../../src/main/ledger/index.ts';
import { instant } from '../../../src/shared/units.ts';
import { ROOM } from './clinic-rows.ts';
import type { ModelTask, RandomHistory } from './random-history.ts';

/** @returns nothing where both say the same */
export function modelDifferences(history: RandomHistory): string[] {
  return [
    ...taskDifferences(history),
    ...patientDifferences(history),
    ...importDifferences(history),
    ...poolDifferences(history),
    ...leftOvers(history),
  ];
}

function told(subject: string, model: unknown, ledger: unknown): string[] {
  const [left, right] = [JSON.stringify(model), JSON.stringify(ledger)];
  return left === right ? [] : [`${subject}: the model says ${left}, the ledger ${right}`];
}

function taskDifferences({ tasks, books }: RandomHistory): string[] {
  const { db } = books.ledger;
  const open = [...tasks.values()].filter((task) => isOpen(task.state));
  return [
    ...told('open tasks', open.length, listOpenTasks(db).length),
    ...[...tasks].flatMap(([id, task]) =>
      told(id, sideOf(task), sideOfRecord(findTask(db, taskId(id)), task)),
    ),
  ];
}

function sideOf(task: ModelTask): object {
  const { state, patient, urgency, startedAt, endedAt, windows } = task;
  return {
    state,
    patient,
    urgency,
    startedAt,
    endedAt,
    windows: windows?.map(({ start, end }) => [start, end]),
  };
}

function sideOfRecord(record: TaskRecord | null, task: ModelTask): object | null {
  if (record === null) return null;
  const { state, patientId: patient, urgency, startedAt, endedAt } = record.task;
  const windows =
    task.windows === null
      ? undefined
      : (record.allocation?.segments ?? []).map(({ start, end }) => [start, end]);
  return { state, patient, urgency, startedAt, endedAt, windows };
}

/** Names are there for everyone but the erased, and openable with this clinic's keys alone. */
function patientDifferences({ tasks, erased, books }: RandomHistory): string[] {
  return [...tasks].flatMap(([id, { patient }]) => {
    const sealed = findPatient(books.ledger.db, patient)?.identity ?? null;
    const name = sealed === null ? null : books.keys.open(patient, 'identity', sealed);
    return told(`name of ${patient}`, erased.has(patient) ? null : id, name);
  });
}

function importDifferences({ batches, reversed, books }: RandomHistory): string[] {
  const isThere = (id: string): boolean => findTask(books.ledger.db, taskId(id)) !== null;
  return [
    ...[...batches.values()].flat().flatMap((id) => told(id, true, isThere(id))),
    ...reversed.flatMap((id) => told(id, false, isThere(id))),
  ];
}

/** Of what a pool was said to be, the latest in effect counts; of two in effect from one second, the later said. */
function poolDifferences({ pools, books }: RandomHistory): string[] {
  const moments = [...pools.map(({ effective }) => effective), books.clock.now];
  return moments.flatMap((moment) => {
    const inForce = pools.filter(({ effective }) => effective <= moment);
    const latest = Math.max(...inForce.map(({ effective }) => effective));
    const wanted = inForce.findLast(({ effective }) => effective === latest);
    if (wanted === undefined) return [];
    return told(`pool at ${moment}`, wanted.name, findPool(books.ledger.db, ROOM, instant(moment))?.name.en);
  });
}

/** What a refused command wrote. */
function leftOvers({ books }: RandomHistory): string[] {
  const { db } = books.ledger;
  return told('a refused command', [null, null], [findTask(db, taskId('never')), findSetting(db, 'never')]);
}
