/**
 * Starts a care pathway: a task per step, each after the one before and the delay between them, and the entry that says they belong together; one
 * plan over all of them. All of it or nothing. A step's earliest wish is when the steps before it could be over at the
 * soonest, so that its wait is not counted from a time at which it could never have run.
 */
import type { LedgerTx } from '../../ledger/index.ts';
import { findPool, findWorkKind } from '../../ledger/index.ts';
import type { ErrorCode, Response } from '../../../shared/contract/index.ts';
import type { PathwayStep } from '../../../shared/domain/pathway.ts';
import { getSubsystem } from '../../../shared/domain/subsystem.ts';
import type { Task } from '../../../shared/domain/task.ts';
import type { PatientId, StaffId, TaskId } from '../../../shared/ids.ts';
import type { Result } from '../../../shared/result.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/units.ts';
import { after } from '../../../shared/units.ts';
import { nextTaskId } from '../new-ids.ts';
import { replan } from '../planning/replan.ts';
import { taskOfDraft } from '../tasks/draft-to-task.ts';
import { hopelessRefusal } from '../tasks/hopeless.ts';
import { patientOfDraft } from '../tasks/task-identity.ts';
import type { Touch } from '../tasks/undoable-command.ts';
import { undoableCommand } from '../tasks/undoable-command.ts';
import type { Usecase } from '../usecase.ts';
import { commandOf } from '../usecase.ts';
import type { PathwayPlan } from './pathway-tasks.ts';
import { draftOfStep, pathwayPlan } from './pathway-tasks.ts';

type Refused = ErrorCode<'pathway.start'>;

type Started = Result<Response<'pathway.start'>, Refused>;
/** What the first step's times count for. */
const NOTHING_BEFORE: Pick<PathwayStep, 'delaySeconds' | 'withinSeconds'> = {};
const STARTED = { what: 'submit', action: null } as const;

export const startPathway: Usecase<'pathway.start'> = (place, request, call) =>
  undoableCommand(place, commandOf(call, request), STARTED, (tx, touch): Started => {
    const planned = pathwayPlan(tx.db, request.pathwayId);
    if (!planned.ok) return planned;
    const about = planned.value.steps.find(({ kind }) => getSubsystem(kind.subsystem).isAboutPatient);
    const patient = about
      ? patientOfDraft(place, tx, { subsystem: about.kind.subsystem, patient: request.patient })
      : accept(null);
    if (!patient.ok) return patient;
    const { earliestStart } = request;
    const given = { earliestStart, patientId: patient.value, enteredBy: place.person()?.id ?? null, touch };
    const entered = enterSteps(tx, planned.value, given);
    if (!entered.ok) return entered;
    const taskIds = entered.value;
    tx.append('pathway-started', { pathwayId: request.pathwayId, taskIds });
    const { plan } = replan(tx, place.surroundings.timeZoneData);
    for (const id of taskIds) {
      const hopeless = hopelessRefusal(plan, id);
      if (hopeless) return hopeless;
    }
    return accept({ taskIds });
  });

function enterSteps(
  tx: LedgerTx,
  { steps }: PathwayPlan,
  given: {
    readonly earliestStart: Instant | null;
    readonly patientId: PatientId | null;
    readonly enteredBy: StaffId | null;
    readonly touch: Touch;
  },
): Result<TaskId[], Refused> {
  const taskIds: TaskId[] = [];
  let wish = given.earliestStart === null || given.earliestStart < tx.now ? tx.now : given.earliestStart;
  for (const planned of steps) {
    const { step, kind } = planned;
    const previous = taskIds.at(-1);
    const { delaySeconds, withinSeconds } = previous === undefined ? NOTHING_BEFORE : step;
    if (delaySeconds !== undefined) wish = after(wish, delaySeconds);
    const { isAboutPatient } = getSubsystem(kind.subsystem);
    const made = taskOfDraft(draftOfStep(planned, wish), {
      taskId: nextTaskId(tx),
      now: tx.now,
      patientId: isAboutPatient ? given.patientId : null,
      enteredBy: given.enteredBy,
      pool: (id) => findPool(tx.db, id, tx.now),
      workKind: (id) => findWorkKind(tx.db, id),
    });
    if (!made.ok) return refuse(made.error.code, made.error.params);
    const task: Task = {
      ...made.value,
      after: previous === undefined ? [] : [previous],
      ...(delaySeconds !== undefined && { delays: [delaySeconds] }),
      ...(withinSeconds !== undefined && { dueAfter: withinSeconds }),
    };
    given.touch(task.id);
    tx.append('task-submitted', { task, note: null, sourceDigest: null });
    taskIds.push(task.id);
    wish = after(wish, kind.durationSeconds);
  }
  return accept(taskIds);
}
