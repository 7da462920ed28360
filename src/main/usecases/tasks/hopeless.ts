/** Refusals that no waiting will change: better said while a task is entered than kept in the queue for ever. Pure. */
import type { Plan } from '../../../shared/domain/plan.ts';
import type { TaskId } from '../../../shared/ids.ts';
import type { Refusal } from '../../../shared/result.ts';
import { refuse } from '../../../shared/result.ts';

const HOPELESS = [
  'exceeds-capacity',
  'exceeds-limit',
  'longer-than-any-opening',
  'fixed-start-not-possible',
] as const;
type Hopeless = (typeof HOPELESS)[number];

function isHopeless(code: string): code is Hopeless {
  return HOPELESS.some((hopeless) => hopeless === code);
}

/** Why the plan has no place for the task and never will have; null where it has one or only waits. */
export function hopelessRefusal(
  plan: Plan,
  taskId: TaskId,
): { readonly ok: false; readonly error: Refusal<Hopeless> } | null {
  const refusal = plan.reasons.find((reason) => reason.taskId === taskId)?.refusal;
  if (!refusal || !isHopeless(refusal.code)) return null;
  return refuse(refusal.code, refusal.poolId === null ? {} : { poolId: refusal.poolId });
}
