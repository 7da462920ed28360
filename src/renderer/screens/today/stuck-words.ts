/** Why a task stands under "stuck or late", in a few words; the most pressing first. */
import type { TaskRow } from '../../../shared/contract/tasks.ts';
import { m } from '../../../shared/messages/index.ts';
import { MINUTE } from '../../../shared/units.ts';
import { format } from '../../format/format.svelte.ts';

/** @param now  seconds; the instant the list was made for */
export function stuckWords(row: TaskRow, now: number): string {
  if (row.state === 'running') {
    // An assumed end lies ahead of now; it is the planned one that has passed.
    const planned = row.isEndAssumed ? row.plannedEnd : row.end;
    return planned == null ? m.today_late_running() : m.today_late_end({ time: format.moment(planned, now) });
  }
  if (row.reason?.refusal) return m.today_late_no_start();
  if (row.state === 'confirmed' && row.start !== null && row.start < now) {
    return m.today_late_start({ time: format.moment(row.start, now) });
  }
  const over = row.waitedSeconds - row.targetSeconds;
  return over < MINUTE ? m.today_late_just() : m.today_late_waiting({ over: format.duration(over) });
}
