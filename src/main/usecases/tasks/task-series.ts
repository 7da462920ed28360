/**
 * A series of equal tasks, each with its own fixed start: previewed one by one against the adopted plan, entered all
 * together or not at all.
 */
import { findPool, findTask, findWorkKind } from '../../ledger/index.ts';
import type { ErrorCode, Response } from '../../../shared/contract/index.ts';
import { startsOfSeries } from '../../../shared/domain/series.ts';
import type { Task } from '../../../shared/domain/task.ts';
import type { TaskId } from '../../../shared/ids.ts';
import type { Result } from '../../../shared/result.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/units.ts';
import { getClinic } from '../planning/books.ts';
import { replan } from '../planning/replan.ts';
import type { Usecase } from '../usecase.ts';
import { commandOf } from '../usecase.ts';
import { linkedTaskOfDraft } from './predecessors.ts';
import { hopelessRefusal } from './hopeless.ts';
import { QUOTED_TASK } from './quote-task.ts';
import { enterTask } from './submit-task.ts';
import { undoableCommand } from './undoable-command.ts';

type Submitted = Result<Response<'task.submit-series'>, ErrorCode<'task.submit-series'>>;

export const quoteSeries: Usecase<'task.quote-series'> = (place, { draft, rule }) => {
  const { db } = place;
  const now = place.now();
  const made = linkedTaskOfDraft(draft, {
    taskId: QUOTED_TASK,
    now,
    patientId: null,
    enteredBy: null,
    pool: (poolId) => findPool(db, poolId, now),
    workKind: (workKindId) => findWorkKind(db, workKindId),
    task: (id) => findTask(db, id)?.task ?? null,
  });
  if (!made.ok) return made;
  const first = made.value.fixedStart ?? made.value.earliestStart;
  const starts = startsOfSeries(first, rule, getClinic(db).timeZone);
  const firstStart = (task: Task): Instant | null => {
    const quoted = place.quoting.quote(db, task, now, 1);
    return quoted.ok ? (quoted.value.windows[0]?.segments[0]?.start ?? null) : null;
  };
  return accept({
    occurrences: starts.map((start) => {
      const isFree = firstStart({ ...made.value, fixedStart: start, earliestStart: start }) !== null;
      const next = isFree ? null : firstStart({ ...made.value, fixedStart: null, earliestStart: start });
      return { start, isFree, next };
    }),
  });
};

export const submitSeries: Usecase<'task.submit-series'> = (place, request, call) =>
  undoableCommand(
    place,
    commandOf(call, request),
    { what: 'submit', action: null },
    (tx, touch): Submitted => {
      const entered = new Map<TaskId, Instant>();
      for (const start of [...new Set(request.starts)].sort((left, right) => left - right)) {
        const draft = { ...request.draft, fixedStart: start, earliestStart: null };
        const one = enterTask(place, tx, draft, touch);
        if (!one.ok) return one;
        entered.set(one.value, start);
      }
      const { plan } = replan(tx, place.surroundings.timeZoneData);
      for (const [taskId, start] of entered) {
        const hopeless = hopelessRefusal(plan, taskId);
        if (hopeless) return refuse(hopeless.error.code, { ...hopeless.error.params, start });
      }
      return accept({ taskIds: [...entered.keys()] });
    },
  );
