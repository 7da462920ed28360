/**
 * The ledger's history for the Ledger screen: newest first, by person, task, day and kind, a page at a time; and by what
 * a task is shown as. Identities are sealed, so that text cannot be looked up: entries are read back and opened, so many
 * per answer that nobody else waits for it.
 */
import {
  findClinic,
  findTask,
  listEntries,
  listStaff,
  listTaskHistory,
  listWorkKinds,
} from '../../ledger/index.ts';
import type { Entry, EntryFilter, ReadDb, TaskRecord } from '../../ledger/index.ts';
import { HISTORY_PAGE } from '../../../shared/contract/ledger.ts';
import type { HistoryEntry } from '../../../shared/contract/ledger.ts';
import type { Request } from '../../../shared/contract/index.ts';
import type { PatientIdentity } from '../../../shared/domain/clinic.ts';
import { sameText } from '../../../shared/domain/local-text.ts';
import type { PatientId, TaskId } from '../../../shared/ids.ts';
import { dayNumberOf, isLocalDate, startOfLocalDay } from '../../../shared/local-time.ts';
import { accept, refuse } from '../../../shared/result.ts';
import { instant } from '../../../shared/units.ts';
import type { IdentityBook } from '../identities.ts';
import type { Usecase } from '../usecase.ts';
import type { Workplace } from '../workplace.ts';
import { factsOf } from './entry-facts.ts';
import type { EntryFacts } from './entry-facts.ts';

type Asked = Request<'ledger.history'>;

/** Entries that a search reads at once, and how often in one answer. */
const SEARCH_STRETCH = 250;
const SEARCH_STRETCHES = 16;

export const getHistory: Usecase<'ledger.history'> = (place, asked) => {
  if (asked.day !== null && !isLocalDate(asked.day)) return refuse('invalid-request');
  const filter = filterOf(asked, findClinic(place.db)?.timeZone ?? place.surroundings.systemTimeZone);
  const words = (asked.text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length > 0 && asked.taskId === null) return accept(searchBack(place, filter, words));
  const found =
    asked.taskId === null
      ? listEntries(place.db, filter, HISTORY_PAGE + 1)
      : listTaskHistory(place.db, asked.taskId)
          .reverse()
          .filter((entry) => passes(entry, filter));
  const page = found.slice(0, HISTORY_PAGE);
  const hasMore = found.length > HISTORY_PAGE;
  const entries = describe(place, page).filter((entry) => isAbout(entry, words));
  return accept({ entries, beforeSeq: hasMore ? (page.at(-1)?.seq ?? null) : null });
};

/** One answer ends with the stretch that fills a page, or with the last stretch that it may read. */
function searchBack(
  place: Workplace,
  filter: EntryFilter,
  words: readonly string[],
): { entries: HistoryEntry[]; beforeSeq: number | null } {
  const entries: HistoryEntry[] = [];
  let at = filter;
  for (let stretch = 0; stretch < SEARCH_STRETCHES; stretch += 1) {
    const read = listEntries(place.db, at, SEARCH_STRETCH);
    entries.push(...describe(place, read).filter((entry) => isAbout(entry, words)));
    const last = read.at(-1);
    if (read.length < SEARCH_STRETCH || last === undefined) return { entries, beforeSeq: null };
    at = { ...filter, beforeSeq: last.seq };
    if (entries.length + SEARCH_STRETCH > HISTORY_PAGE) break; // the next stretch might not fit
  }
  return { entries, beforeSeq: at.beforeSeq ?? null };
}

/** Whether every word is in what the entry's task, or the patient it is about, is shown as in either language. */
function isAbout({ task, name, kind }: HistoryEntry, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const ofPatient = kind === 'patient-registered' ? name?.en : undefined;
  const shown = [
    task?.workKind.en,
    task?.workKind.zh,
    task?.patient?.name,
    task?.patient?.number,
    task?.patient?.birthDate,
    ofPatient,
  ];
  const said = shown.filter(Boolean).join(' ').toLowerCase();
  return words.every((word) => said.includes(word) || word === task?.taskId.toLowerCase());
}

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

/** Whose entries are told, and who is named in them. */
interface Described {
  readonly db: ReadDb;
  readonly identities: Pick<IdentityBook, 'of'>;
}

/** Entries as they are told: with the names of what they are about. */
export function describe({ db, identities }: Described, entries: readonly Entry[]): HistoryEntry[] {
  const facts = new Map(entries.map((entry) => [entry.seq, factsOf(entry)]));
  const tasks = new Map<TaskId, TaskRecord | null>();
  for (const { taskId } of facts.values()) if (taskId !== null) tasks.set(taskId, findTask(db, taskId));
  const patientIds = [
    ...[...tasks.values()].flatMap((record) => record?.task.patientId ?? []),
    ...[...facts.values()].flatMap(({ patientId }) => patientId ?? []),
  ];
  const patients = identities.of(db, [...new Set(patientIds)]);
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
    isAltered: said.isAltered,
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
