/** What an entry says, as the few facts that a sentence about it needs. Pure; names of tasks are looked up elsewhere. */
import { isAsWritten } from '../../ledger/index.ts';
import type { Entry, EntryKind, EntryPayloads } from '../../ledger/index.ts';
import { DAY_LIST_SCHEDULE } from '../../../shared/domain/day-list.ts';
import type { LocalText } from '../../../shared/domain/local-text.ts';
import { sameText } from '../../../shared/domain/local-text.ts';
import type { PatientId, TaskId } from '../../../shared/ids.ts';

export interface EntryFacts {
  /** The payload is not what was written. */
  readonly isAltered: boolean;
  readonly kind: EntryKind;
  readonly detail: string | null;
  readonly name: LocalText | null;
  readonly count: number | null;
  readonly taskId: TaskId | null;
  /** A patient whom the entry is about, without a task. */
  readonly patientId: PatientId | null;
}

/** A payload with its kind, so that a switch over the kind knows the payload. */
type Said = {
  readonly [Kind in EntryKind]: { readonly kind: Kind; readonly payload: EntryPayloads[Kind] };
}[EntryKind];

const NOTHING: Omit<EntryFacts, 'kind'> = {
  isAltered: false,
  detail: null,
  name: null,
  count: null,
  taskId: null,
  patientId: null,
};

/** Nothing that a payload says is told where it is not what was written. */
export function factsOf(entry: Entry): EntryFacts {
  if (!isAsWritten(entry)) return { ...NOTHING, kind: entry.kind as EntryKind, isAltered: true }; // the kind is checked by whoever tells it
  const said = { kind: entry.kind, payload: JSON.parse(entry.payload) as unknown } as Said; // checked when written
  return { ...NOTHING, kind: said.kind, ...(taskFacts(said) ?? clinicFacts(said)) };
}

function taskFacts(said: Said): Partial<EntryFacts> | null {
  switch (said.kind) {
    case 'task-submitted':
    case 'task-amended':
    case 'task-imported':
      return { taskId: said.payload.task.id };
    case 'task-reversed':
      return { taskId: said.payload.taskId };
    case 'task-moved':
      return { taskId: said.payload.taskId, detail: said.payload.action };
    case 'pathway-started':
      return { taskId: said.payload.taskIds[0] ?? null, count: said.payload.taskIds.length };
    case 'task-rescheduled':
      return { taskId: said.payload.taskId };
    case 'allocation-repaired':
      return { taskId: said.payload.taskId };
    case 'proposal-declined':
      return { taskId: said.payload.taskId, detail: said.payload.proposal };
    case 'plan-adopted':
      return { count: said.payload.changes.length };
    case 'patient-registered':
    case 'patient-erased':
      return { patientId: said.payload.patientId };
    case 'import-committed':
      return { detail: said.payload.source };
    default:
      return null;
  }
}

function clinicFacts(said: Said): Partial<EntryFacts> {
  switch (said.kind) {
    case 'clinic-set':
    case 'pool-set':
    case 'work-kind-set':
    case 'pathway-set':
      return { name: said.payload.name };
    case 'staff-set':
      return { name: sameText(said.payload.name) };
    case 'settings-changed':
      return { detail: said.payload.key };
    case 'day-closed':
      return { detail: said.payload.date, count: said.payload.assumed.length };
    case 'subsystem-set':
      return { detail: said.payload.subsystem };
    case 'report-exported':
      return { detail: said.payload.identities ? `${said.payload.format}+identities` : said.payload.format };
    case 'export-scheduled':
      return {
        detail: `${said.payload.scheduleId === DAY_LIST_SCHEDULE ? 'day-list+' : ''}${said.payload.code}`,
      };
    case 'epoch-started':
      return {
        detail: said.payload.reason,
        ...(said.payload.by && { name: sameText(said.payload.by.name) }),
      };
    case 'checkpoint-signed':
      return { count: said.payload.length };
    default:
      return {};
  }
}
