/**
 * Turns checked drafts into what the ledger takes: work kinds, finished tasks with their windows, or waiting tasks.
 * Pure; ids come in.
 */
import type { TaskDraft, WorkKindDraft } from '../../intake/index.ts';
import type { HeldWindow } from '../../ledger/index.ts';
import type { TableMapping } from '../../../shared/domain/intake.ts';
import type { Need, Task, WorkKind } from '../../../shared/domain/task.ts';
import type { BatchId, PatientId, StaffId, TaskId, WorkKindId } from '../../../shared/ids.ts';
import { workKindId } from '../../../shared/ids.ts';
import type { Instant } from '../../../shared/units.ts';

const ID_LENGTH_MAX = 64;

/** The same source kind always gets the same id, so that a second import adds no second kind. */
export function importedKindId(draft: Pick<WorkKindDraft, 'key'>): WorkKindId {
  return workKindId(`src-${draft.key}`.replaceAll(/[^A-Za-z0-9._:-]/g, '-').slice(0, ID_LENGTH_MAX));
}

export function needsOf(mapping: TableMapping): Need[] {
  return [{ poolId: mapping.poolId, rateMilli: mapping.rateMilli, amount: null }];
}

export function importedKind(draft: WorkKindDraft, mapping: TableMapping): WorkKind {
  return {
    id: importedKindId(draft),
    subsystem: draft.subsystem,
    name: draft.name,
    needs: needsOf(mapping),
    durationSeconds: mapping.defaultDurationSeconds,
    urgency: mapping.urgency,
    preemptibility: 'never',
    maySpanClosures: false,
    code: draft.code,
  };
}

export interface ImportedTaskFacts {
  readonly id: TaskId;
  readonly batchId: BatchId;
  readonly patientId: PatientId | null;
  readonly kind: WorkKindDraft;
  readonly mapping: TableMapping;
  readonly now: Instant;
  readonly enteredBy: StaffId | null;
}

/** Finished where the draft has its times, waiting where it has none. */
export function importedTask(draft: TaskDraft, facts: ImportedTaskFacts): Task {
  const isFinished = draft.startedAt !== null;
  return {
    id: facts.id,
    subsystem: facts.kind.subsystem,
    workKindId: importedKindId(facts.kind),
    patientId: facts.patientId,
    requester: facts.patientId ?? importedKindId(facts.kind),
    needs: needsOf(facts.mapping),
    durationSeconds: draft.durationSeconds,
    urgency: facts.mapping.urgency,
    submittedAt: draft.startedAt ?? facts.now,
    earliestStart: draft.earliestStart,
    fixedStart: null,
    due: null,
    weight: 1,
    after: [],
    elastic: null,
    preemptibility: 'never',
    maySpanClosures: false,
    state: isFinished ? 'finished' : 'waiting',
    startedAt: draft.startedAt,
    endedAt: draft.endedAt,
    isAssumed: draft.remarks.includes('no-end'),
    batchId: facts.batchId,
    enteredBy: facts.enteredBy,
  };
}

/** When the one need of finished work was in use; nobody knows which unit it was. */
export function heldWindows(draft: TaskDraft): HeldWindow[] {
  const { startedAt, endedAt } = draft;
  if (startedAt === null || endedAt === null) return [];
  return [{ booked: null, actual: { start: startedAt, end: endedAt }, unitIds: [] }];
}
