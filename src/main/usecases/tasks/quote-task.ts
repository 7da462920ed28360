/**
 * The task form's live answer: the next starts when everything it needs is free, or why there is none. Writes nothing.
 */
import { findPool, findTask, findWorkKind, listDurations, listTasksOfPatient } from '../../ledger/index.ts';
import type { QuoteView } from '../../../shared/contract/tasks.ts';
import type { Allocation, Task } from '../../../shared/domain/task.ts';
import { sameText } from '../../../shared/domain/local-text.ts';
import type { LocalText } from '../../../shared/domain/local-text.ts';
import type { PlanRefusalCode, Reason } from '../../../shared/domain/reason.ts';
import type { TaskId } from '../../../shared/ids.ts';
import { poolId, taskId } from '../../../shared/ids.ts';
import { dayNumberOf, isLocalDate, startOfLocalDay } from '../../../shared/local-time.ts';
import type { Refusal } from '../../../shared/result.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/units.ts';
import { seconds } from '../../../shared/units.ts';
import { getClinic } from '../planning/books.ts';
import { delaysBy } from '../planning/effects.ts';
import type { Usecase } from '../usecase.ts';
import { rowContext } from '../views/context.ts';
import type { RowContext } from '../views/task-rows.ts';
import { reasonViewOf } from '../views/task-rows.ts';
import { linkedTaskOfDraft } from './predecessors.ts';
import { warningsOf } from './quote-warnings.ts';

/** Sorts behind every real task, so that a quote is what the newest of equals would get. */
export const QUOTED_TASK = taskId('zz-quoted');

export interface StartView {
  readonly start: Instant;
  readonly units: LocalText[];
}

type Blocker = QuoteView['displaces'][number]['task'];

const DISPLACED_SHOWN = 5;
/** Cases that a suggestion rests on at most, and at least. */
const CASES_MAX = 200;
const CASES_MIN = 3;

export const quoteTask: Usecase<'task.quote'> = (place, request) => {
  const { draft, day, patientId = null } = request;
  const { db } = place;
  const now = place.now();
  const made = linkedTaskOfDraft(draft, {
    taskId: request.taskId ?? QUOTED_TASK,
    now,
    patientId,
    enteredBy: null,
    pool: (id) => findPool(db, id, now),
    workKind: (workKindId) => findWorkKind(db, workKindId),
    task: (id) => findTask(db, id)?.task ?? null,
  });
  if (!made.ok) return made;
  const hours = day === undefined ? null : hoursOf(day, getClinic(db).timeZone);
  const task = hours === null ? made.value : onDay(made.value, hours.from);
  const history = historyOf(listDurations(db, draft.workKindId, CASES_MAX));
  const context = rowContext({ db, identities: place.identities, records: [], now });
  const quoted = place.quoting.quote(db, task, now);
  if (!quoted.ok) {
    const { code, params } = quoted.error;
    return isDraftRefusal(code)
      ? refuse(code, params)
      : accept({
          starts: [],
          reason: refusedView(task, refusalOf(quoted.error), context),
          displaces: [],
          warnings: [],
          history,
        });
  }
  const { windows, segments } = quoted.value;
  const reason: Reason = { taskId: QUOTED_TASK, segments, refusal: null };
  const starts = windows
    .flatMap((window) => startView(task, window, context))
    .filter(({ start }) => hours === null || start < hours.to);
  return accept({
    starts,
    reason: segments.length === 0 ? null : reasonViewOf(reason, context, task),
    displaces: delaysBy(db, task, now, place.surroundings.timeZoneData)
      .slice(0, DISPLACED_SHOWN)
      .flatMap(({ taskId: id, from, to }) => {
        const blocker = blockerOf(id, context);
        return blocker ? [{ task: blocker, from, to }] : [];
      }),
    warnings: warningsOf(task, starts[0]?.start ?? null, {
      targetSeconds: context.targets[task.urgency - 1] ?? seconds(0),
      others: patientId === null ? [] : listTasksOfPatient(db, patientId),
      blocker: (id) => blockerOf(id, context),
    }),
    history,
  });
};

function hoursOf(day: string, zone: string): { readonly from: Instant; readonly to: Instant } | null {
  if (!isLocalDate(day)) return null;
  const number = dayNumberOf(day);
  return { from: startOfLocalDay(number, zone), to: startOfLocalDay(number + 1, zone) };
}

/** A day chosen to look at counts more than a wish or a fixed start. */
function onDay(task: Task, from: Instant): Task {
  return { ...task, fixedStart: null, earliestStart: from > task.submittedAt ? from : task.submittedAt };
}

function blockerOf(id: TaskId, context: RowContext): Blocker | null {
  const task = context.task(id);
  if (!task) return null;
  const identity = task.patientId === null ? null : context.identity(task.patientId);
  const workKind = context.workKind(task.workKindId)?.name ?? sameText(task.workKindId);
  return { taskId: id, subsystem: task.subsystem, workKind, patientName: identity?.name ?? null };
}

/** Median and 80th percentile (nearest rank) of what it really took; null before enough cases. */
export function historyOf(durations: readonly number[]): QuoteView['history'] {
  if (durations.length < CASES_MIN) return null;
  const sorted = [...durations].sort((left, right) => left - right);
  const rank = (share: number) => seconds(sorted[Math.ceil(share * sorted.length) - 1] ?? 0);
  return { count: sorted.length, medianSeconds: rank(0.5), p80Seconds: rank(0.8) };
}

export function startView(task: Task, window: Allocation, context: RowContext): StartView[] {
  const start = window.segments[0]?.start;
  if (start === undefined) return [];
  const units = task.needs.flatMap((need, index) => {
    const pool = context.pool(need.poolId);
    return (window.units[index] ?? []).flatMap(
      (id) => pool?.units.find((unit) => unit.id === id)?.name ?? [],
    );
  });
  return [{ start, units }];
}

const DRAFT_REFUSALS = [
  'unknown-pool',
  'invalid-need',
  'exceeds-capacity',
  'exceeds-limit',
  'longer-than-any-opening',
  'fixed-start-not-possible',
] as const;

/** Refusals that the person typing can do something about, at a field. */
function isDraftRefusal(code: string): code is (typeof DRAFT_REFUSALS)[number] {
  return DRAFT_REFUSALS.some((each) => each === code);
}

function refusedView(task: Task, refusal: NonNullable<Reason['refusal']>, context: RowContext) {
  return reasonViewOf({ taskId: task.id, segments: [], refusal }, context);
}

/** A quote's refusal as a reason says it. */
export function refusalOf({ code, params }: Refusal<PlanRefusalCode>): NonNullable<Reason['refusal']> {
  const id = params['poolId'];
  return { code, poolId: typeof id === 'string' ? poolId(id) : null };
}
