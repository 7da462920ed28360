/**
 * A task that is to be changed, or entered once more, as the form holds it; and what of it was changed. Pure.
 */
import type { Response } from '../../../shared/contract/index.ts';
import type { TaskChanges, TaskDraft } from '../../../shared/contract/tasks.ts';
import type { TaskState } from '../../../shared/domain/lifecycle.ts';
import type { Instant } from '../../../shared/units.ts';
import type { StartMode, TaskFormValues } from './task-form-values.ts';
import { needValuesOf } from './task-form-values.ts';

type Detail = Response<'task.get'>;

/** The form of a task as it is; a wish that has passed says nothing more. */
export function valuesOf({ row, draft, links }: Detail, now: Instant): TaskFormValues {
  const startMode: StartMode =
    draft.fixedStart !== null
      ? 'fixed'
      : draft.earliestStart !== null && draft.earliestStart > now
        ? 'earliest'
        : 'soon';
  return {
    workKindId: draft.workKindId,
    patientId: row.patientId,
    patientName: row.patient?.name ?? '',
    birthDate: row.patient?.birthDate ?? '',
    number: row.patient?.number ?? '',
    needs: needValuesOf(draft.needs),
    durationSeconds: draft.durationSeconds,
    urgency: draft.urgency,
    startMode,
    startAt: startMode === 'fixed' ? draft.fixedStart : startMode === 'earliest' ? draft.earliestStart : null,
    due: draft.due,
    interval: draft.intervalSeconds ?? null,
    unreadable: { due: false, interval: false },
    note: draft.note,
    reference: draft.reference ?? '',
    after: links.before.map(({ taskId, subsystem, workKind, patientName, delaySeconds }) => ({
      ...{ taskId, subsystem, workKind, patientName },
      delaySeconds: delaySeconds === 0 ? null : delaySeconds,
      isUnreadable: false,
    })),
  };
}

/** The form of another task like it: for the same person, as soon as possible, due at no time, after nothing. */
export function copyOf(detail: Detail, now: Instant): TaskFormValues {
  return { ...valuesOf(detail, now), startMode: 'soon', startAt: null, due: null, reference: '', after: [] };
}

/** Whether only its end, urgency and texts may still change. */
export function hasBegun(state: TaskState): boolean {
  return state === 'running';
}

/** What is different in `after`; an empty object where nothing is. */
export function changesOf(before: TaskDraft, after: TaskDraft, startMode: StartMode): TaskChanges {
  const isOther = (left: unknown, right: unknown) => JSON.stringify(left) !== JSON.stringify(right);
  const earliest = startMode === 'earliest' ? after.earliestStart : null;
  return {
    ...(after.workKindId !== before.workKindId && { workKindId: after.workKindId }),
    ...(isOther(after.patient, before.patient) && { patient: after.patient }),
    ...(isOther(after.needs, before.needs) && { needs: after.needs }),
    ...(after.durationSeconds !== before.durationSeconds && { durationSeconds: after.durationSeconds }),
    ...(after.urgency !== before.urgency && { urgency: after.urgency }),
    ...(earliest !== null && earliest !== before.earliestStart && { earliestStart: earliest }),
    ...(after.fixedStart !== before.fixedStart && { fixedStart: after.fixedStart }),
    ...(after.due !== before.due && { due: after.due }),
    ...(after.intervalSeconds !== before.intervalSeconds && {
      intervalSeconds: after.intervalSeconds ?? null,
    }),
    ...(after.note !== before.note && { note: after.note }),
    ...(isOther(after.after ?? [], before.after ?? []) && { after: after.after ?? [] }),
    ...((after.reference ?? '') !== (before.reference ?? '') && { reference: after.reference ?? '' }),
  };
}
