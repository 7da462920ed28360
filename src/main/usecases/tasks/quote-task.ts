/**
 * The task form's live answer: the next starts when everything it needs is free, or why there is none. Writes nothing.
 */
import { findPool, findWorkKind } from '../../ledger/index.ts';
import type { Allocation, Task } from '../../../shared/domain/task.ts';
import type { LocalText } from '../../../shared/domain/local-text.ts';
import type { Reason } from '../../../shared/domain/reason.ts';
import { taskId } from '../../../shared/ids.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/units.ts';
import type { Usecase } from '../usecase.ts';
import { rowContext } from '../views/context.ts';
import type { RowContext } from '../views/task-rows.ts';
import { reasonViewOf } from '../views/task-rows.ts';
import { taskOfDraft } from './draft-to-task.ts';

/** Sorts behind every real task, so that a quote is what the newest of equals would get. */
const QUOTED_TASK = taskId('zz-quoted');

export interface StartView {
  readonly start: Instant;
  readonly units: LocalText[];
}

export const quoteTask: Usecase<'task.quote'> = (place, { draft, taskId: amended }) => {
  const { db } = place;
  const now = place.now();
  const made = taskOfDraft(draft, {
    taskId: amended ?? QUOTED_TASK,
    now,
    patientId: null,
    enteredBy: null,
    pool: (poolId) => findPool(db, poolId, now),
    workKind: (workKindId) => findWorkKind(db, workKindId),
  });
  if (!made.ok) return made;
  const quoted = place.quoting.quote(db, made.value, now);
  const context = rowContext({ db, identities: place.identities, records: [], now });
  if (!quoted.ok) {
    const { code, params } = quoted.error;
    return isDraftRefusal(code)
      ? refuse(code, params)
      : accept({ starts: [], reason: refusedView(code, context) });
  }
  const { windows, segments } = quoted.value;
  const reason: Reason = { taskId: QUOTED_TASK, segments, refusal: null };
  return accept({
    starts: windows.flatMap((window) => startView(made.value, window, context)),
    reason: segments.length === 0 ? null : reasonViewOf(reason, context),
  });
};

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

function refusedView(code: NonNullable<Reason['refusal']>['code'], context: RowContext) {
  return reasonViewOf({ taskId: QUOTED_TASK, segments: [], refusal: { code, poolId: null } }, context);
}
