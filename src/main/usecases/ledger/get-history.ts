/** The ledger's history for the Ledger screen: newest first, by person, task, day and kind, a page at a time. */
import {
  findClinic,
  findTask,
  listEntries,
  listStaff,
  listTaskHistory,
  listWorkKinds,
} from '../../ledger/index.ts';
import type { Entry, EntryFilter, TaskRecord } from '../../ledger/index.ts';
import { HISTORY_PAGE } from '../../../shared/contract/ledger.ts';
import type { HistoryEntry } from '../../../shared/contract/ledger.ts';
import type { Request } from '../../../shared/contract/index.ts';
import type { PatientIdentity } from '../../../shared/domain/clinic.ts';
import { sameText } from '../../../shared/domain/local-text.ts';
import type { PatientId, TaskId } from '../../../shared/ids.ts';
import { dayNumberOf, isLocalDate, startOfLocalDay } from '../../../shared/local-time.ts';
import { accept, refuse } from '../../../shared/result.ts';
import { instant } from '../../../shared/units.ts';
import type { Usecase } from '../usecase.ts';
import type { Workplace } from '../workplace.ts';
import { factsOf } from './entry-facts.ts';
import type { EntryFacts } from './entry-facts.ts';

type Asked = Request<'ledger.history'>;

export const getHistory: Usecase<'ledger.history'> = (place, asked) => {
  if (asked.day !== null && !isLocalDate(asked.day)) return refuse('invalid-request');
  const filter = filterOf(asked, findClinic(place.db)?.timeZone ?? place.surroundings.systemTimeZone);
  const found =
    asked.taskId === null
      ? listEntries(place.db, filter, HISTORY_PAGE + 1)
      : listTaskHistory(place.db, asked.taskId)
          .reverse()
          .filter((entry) => passes(entry, filter));
  const page = found.slice(0, HISTORY_PAGE);
  const hasMore = found.length > HISTORY_PAGE;
  return accept({ entries: describe(place, page), beforeSeq: hasMore ? (page.at(-1)?.seq ?? null) : null });
};

function filterOf({ staffId, day, kind, beforeSeq }: Asked, zone: string): EntryFilter {
  return {
    ...(staffId === null ? {} : { actor: staffId }),
    ...(kind === null ? {} : { kinds: [kind] }),
    ...(beforeSeq === null ? {} : { beforeSeq }),
    ...(day === null ? {} : { recordedMs: dayMs(day, zone) }),
  };
}

function dayMs(day: string, zone: string): { from: number; to: number } {
  const number = dayNumberOf(day);
  return { from: startOfLocalDay(number, zone) * 1000, to: startOfLocalDay(number + 1, zone) * 1000 };
}

/** The same filter over the few entries of one task. */
function passes(entry: Entry, { actor, kinds, beforeSeq, recordedMs }: EntryFilter): boolean {
  const { ms } = entry.recorded;
  return (
    (actor === undefined || entry.actor === actor) &&
    (kinds === undefined || kinds.some((kind) => kind === entry.kind)) &&
    (beforeSeq === undefined || entry.seq < beforeSeq) &&
    (recordedMs === undefined || (ms >= recordedMs.from && ms < recordedMs.to))
  );
}

function describe(place: Workplace, entries: readonly Entry[]): HistoryEntry[] {
  const { db } = place;
  const facts = new Map(entries.map((entry) => [entry.seq, factsOf(entry)]));
  const tasks = new Map<TaskId, TaskRecord | null>();
  for (const { taskId } of facts.values()) if (taskId !== null) tasks.set(taskId, findTask(db, taskId));
  const patientIds = [
    ...[...tasks.values()].flatMap((record) => record?.task.patientId ?? []),
    ...[...facts.values()].flatMap(({ patientId }) => patientId ?? []),
  ];
  const patients = place.identities.of(db, [...new Set(patientIds)]);
  const workKinds = new Map(listWorkKinds(db).map((kind) => [kind.id, kind.name]));
  const staff = new Map<string, string>(listStaff(db).map(({ id, name }) => [id, name]));
  const taskOf = (id: TaskId | null): HistoryEntry['task'] => {
    const task = id === null ? null : (tasks.get(id)?.task ?? null); // gone with an import that was taken back
    const workKind = task && workKinds.get(task.workKindId);
    if (!task || !workKind) return null;
    const patient = task.patientId === null ? null : (patients.get(task.patientId) ?? null);
    return { taskId: task.id, subsystem: task.subsystem, workKind, patient };
  };
  return entries.flatMap((entry) => {
    const said = facts.get(entry.seq);
    if (!said) return [];
    return [
      rowOf(entry, said, { actorName: staff.get(entry.actor) ?? null, task: taskOf(said.taskId), patients }),
    ];
  });
}

interface LookedUp extends Pick<HistoryEntry, 'actorName' | 'task'> {
  readonly patients: ReadonlyMap<PatientId, PatientIdentity>;
}

function rowOf(entry: Entry, said: EntryFacts, { actorName, task, patients }: LookedUp): HistoryEntry {
  const patient = said.patientId === null ? undefined : patients.get(said.patientId);
  return {
    seq: entry.seq,
    recordedAt: instant(Math.floor(entry.recorded.ms / 1000)),
    effectiveAt: instant(entry.effectiveSeconds),
    kind: said.kind,
    actorName,
    detail: said.detail,
    name: said.name ?? (patient ? sameText(patient.name) : null),
    count: said.count,
    task,
    hash: entry.hash,
  };
}
