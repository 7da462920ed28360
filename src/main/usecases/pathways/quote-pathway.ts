/** When the steps of a pathway would run in the adopted plan: each quoted from the end of the one before. */
import { findPool, findWorkKind } from '../../ledger/index.ts';
import { getSubsystem } from '../../../shared/domain/subsystem.ts';
import type { QuotedStep } from '../../../shared/contract/pathways.ts';
import type { Reason } from '../../../shared/domain/reason.ts';
import type { Task } from '../../../shared/domain/task.ts';
import { taskId } from '../../../shared/ids.ts';
import { accept } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/units.ts';
import { after } from '../../../shared/units.ts';
import { taskOfDraft } from '../tasks/draft-to-task.ts';
import { refusalOf, startView } from '../tasks/quote-task.ts';
import type { Usecase } from '../usecase.ts';
import { rowContext } from '../views/context.ts';
import type { RowContext } from '../views/task-rows.ts';
import { reasonViewOf } from '../views/task-rows.ts';
import { draftOfStep, pathwayPlan } from './pathway-tasks.ts';

/** Sorts behind every real task, as a new one would. */
const QUOTED_TASK = taskId('zz-quoted-step');

export const quotePathway: Usecase<'pathway.quote'> = (place, { pathwayId, earliestStart }) => {
  const { db } = place;
  const now = place.now();
  const planned = pathwayPlan(db, pathwayId);
  if (!planned.ok) return planned;
  const context = rowContext({ db, identities: place.identities, records: [], now });
  const steps: QuotedStep[] = [];
  /** When the step before ends; null once a step has no place, because nothing after it has one. */
  let from: Instant | null = earliestStart ?? now;
  for (const [at, each] of planned.value.steps.entries()) {
    const { step, kind } = each;
    const delaySeconds = at === 0 ? undefined : step.delaySeconds;
    const withinSeconds = at === 0 ? undefined : step.withinSeconds;
    /** By when it should be over, from the end of the step before. */
    const due: Instant | null =
      from === null || withinSeconds === undefined ? null : after(from, withinSeconds);
    const shown = {
      workKindId: kind.id,
      subsystem: kind.subsystem,
      workKind: kind.name,
      durationSeconds: kind.durationSeconds,
      urgency: step.urgency ?? kind.urgency,
      delaySeconds: delaySeconds ?? null,
      due,
    };
    if (from === null) {
      const refusal = { code: 'waits-for-refused', poolId: null } as const;
      steps.push({ ...shown, start: null, end: null, units: [], reason: reasonOf({ refusal }, context) });
      continue;
    }
    if (delaySeconds !== undefined) from = after(from, delaySeconds);
    const made = taskOfDraft(draftOfStep(each, from), {
      taskId: QUOTED_TASK,
      now,
      patientId: null,
      enteredBy: null,
      pool: (id) => findPool(db, id, now),
      workKind: (id) => findWorkKind(db, id),
    });
    if (!made.ok) return made;
    const quoted = place.quoting.quote(db, made.value, now);
    const window = quoted.ok ? quoted.value.windows[0] : undefined;
    from = window?.segments.at(-1)?.end ?? null;
    steps.push({
      ...shown,
      start: window?.segments[0]?.start ?? null,
      end: from,
      units: window ? (startView(made.value, window, context)[0]?.units ?? []) : [],
      reason: reasonOf(
        quoted.ok ? { segments: quoted.value.segments } : { refusal: refusalOf(quoted.error) },
        context,
        made.value,
      ),
    });
  }
  const needsPatient = planned.value.steps.some(({ kind }) => getSubsystem(kind.subsystem).isAboutPatient);
  return accept({ now, needsPatient, steps });
};

function reasonOf(
  given: Partial<Reason>,
  context: RowContext,
  task: Task | null = null,
): QuotedStep['reason'] {
  const reason: Reason = { taskId: QUOTED_TASK, segments: [], refusal: null, ...given };
  return reason.refusal || reason.segments.length > 0 ? reasonViewOf(reason, context, task) : null;
}
