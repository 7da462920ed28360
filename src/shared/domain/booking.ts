/**
 * One task's hold on one pool as the books know it: three series side by side. `planned` is where the adopted plan
 * has it, `reserved` what was confirmed, `actual` what happened. Reports, load strips and accounting read these rows.
 */
import type { PoolId, TaskId, UnitId } from '../ids.ts';
import type { Instant, Milli } from '../units.ts';
import type { TaskState } from './lifecycle.ts';
import type { SubsystemId } from './subsystem.ts';
import type { UrgencyClass } from './urgency.ts';

export interface Booking {
  readonly taskId: TaskId;
  readonly poolId: PoolId;
  readonly subsystem: SubsystemId;
  readonly urgency: UrgencyClass;
  readonly state: TaskState;
  readonly rateMilli: Milli;
  readonly unitIds: readonly UnitId[];
  /** The planned (or confirmed) window of this segment; null for history that never was planned. */
  readonly plannedStart: Instant | null;
  readonly plannedEnd: Instant | null;
  /** True once a person (or the clock) has confirmed the window: from then on it is reserved. */
  readonly isReserved: boolean;
  /** When it truly ran; an end is null while it runs. */
  readonly actualStart: Instant | null;
  readonly actualEnd: Instant | null;
}
