/** How often work had to give way, per subsystem and reason: promises taken back and work interrupted. */
import type { PreemptionRow } from '../../../shared/domain/report.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import { SUBSYSTEM_IDS } from '../../../shared/domain/subsystem.ts';
import type { TaskId } from '../../../shared/ids.ts';
import type { Instant } from '../../../shared/units.ts';
import type { Span } from './booked-spans.ts';
import { isWithin } from './waits.ts';

/** One preemption as the books know it. */
export interface Preemption {
  readonly taskId: TaskId;
  readonly subsystem: SubsystemId;
  readonly at: Instant;
  /** It had begun; otherwise only its promise was taken back. */
  readonly wasRunning: boolean;
  /** A code; null where no reason was given. */
  readonly cause: string | null;
}

/** Rows in the order of subsystems, then reasons by code, those without one last; none without a preemption. */
export function preemptionRows(
  preemptions: readonly Preemption[],
  window: Span,
  isChosen: (subsystem: SubsystemId) => boolean,
): PreemptionRow[] {
  const counted = preemptions.filter(({ at, subsystem }) => isWithin(at, window) && isChosen(subsystem));
  return SUBSYSTEM_IDS.flatMap((subsystem) => {
    const byCause = Map.groupBy(
      counted.filter((one) => one.subsystem === subsystem),
      ({ cause }) => cause,
    );
    return [...byCause]
      .sort(([left], [right]) => compareCauses(left, right))
      .map(([cause, list]) => ({
        subsystem,
        cause,
        count: list.length,
        running: list.filter(({ wasRunning }) => wasRunning).length,
      }));
  });
}

function compareCauses(left: string | null, right: string | null): number {
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  return left < right ? -1 : 1;
}
