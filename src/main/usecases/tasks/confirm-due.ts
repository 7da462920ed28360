/**
 * What the clock confirms: tentative work becomes a promise 30 minutes before its start when nobody has confirmed it.
 * A tick that finds nothing due writes nothing.
 */
import { v7 } from 'uuid';
import type { TaskRecord } from '../../ledger/index.ts';
import { listOpenTasks, SYSTEM_ACTOR } from '../../ledger/index.ts';
import { commandId } from '../../../shared/ids.ts';
import { accept } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/units.ts';
import { MINUTE } from '../../../shared/units.ts';
import { replan } from '../planning/replan.ts';
import type { Workplace } from '../workplace.ts';
import { moveTask } from './act-on-task.ts';

/** How long before its planned start a task is confirmed by itself. */
export const CONFIRM_AHEAD_SECONDS = 30 * MINUTE;

export async function confirmWhatIsDue(place: Workplace): Promise<void> {
  if (!place.ledger.observeClock()) return; // a jump of the clock is confirmed by a person first
  const now = place.now();
  if (!listOpenTasks(place.db, ['tentative']).some((record) => isDue(record, now))) return;
  const id = commandId(`tick-${v7({ msecs: place.surroundings.nowMs() })}`);
  await place.command({ commandId: id, body: {}, actor: SYSTEM_ACTOR }, (tx) => {
    const passed = listOpenTasks(tx.db, ['tentative']).some((record) => hasPassed(record, tx.now));
    if (passed) replan(tx, place.surroundings.timeZoneData);
    for (const record of listOpenTasks(tx.db, ['tentative'])) {
      if (isDue(record, tx.now)) moveTask(tx, record, 'confirm', null);
    }
    return accept({});
  });
}

function startOf({ allocation }: TaskRecord): Instant | null {
  return allocation?.segments[0]?.start ?? null;
}

function isDue(record: TaskRecord, now: Instant): boolean {
  const start = startOf(record);
  return start !== null && start - CONFIRM_AHEAD_SECONDS <= now;
}

/** Planned for a time when the application was closed: it has to be planned anew before it is promised. */
function hasPassed(record: TaskRecord, now: Instant): boolean {
  const start = startOf(record);
  return start !== null && start < now;
}
