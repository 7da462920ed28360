/** What the tasks of an input are grouped by, where no ledger is there to say it. */
import type { TaskTraits } from '../../../src/main/ledger/index.ts';
import type { ReportInput } from '../../../src/main/reports/input.ts';
import type { TaskId } from '../../../src/shared/ids.ts';
import { workKindId } from '../../../src/shared/ids.ts';

/** Traits of every task of an input; a task's number decides its kind of work. */
export function traitsOf({ tasks, bookings }: ReportInput): Map<TaskId, TaskTraits> {
  const urgencies = new Map(tasks.map(({ id, urgency }) => [id, urgency]));
  const named = [...bookings.map(({ taskId: id, subsystem }) => ({ id, subsystem })), ...tasks];
  return new Map(
    named.map(({ id, subsystem }) => [
      id,
      {
        subsystem,
        urgency: urgencies.get(id) ?? 4,
        workKindId: workKindId(/[135]$/.test(id) ? 'ct-head' : 'given-up'),
      },
    ]),
  );
}
