/**
 * The words of a task that every screen says alike: its state and actions, its subsystem inside a sentence, and the
 * identifiers of its patient. Tables by code, so that a new code without words fails to compile.
 */
import type { TaskRow } from '../../shared/contract/tasks.ts';
import type { TaskAction, TaskState } from '../../shared/domain/lifecycle.ts';
import type { SubsystemId } from '../../shared/domain/subsystem.ts';
import { m } from '../../shared/messages/index.ts';

type Words<Code extends string> = Readonly<Record<Code, () => string>>;

const IN_SENTENCE: Words<SubsystemId> = {
  records: m.workspace_named_records,
  imaging: m.workspace_named_imaging,
  insurance: m.workspace_named_insurance,
  research: m.workspace_named_research,
  monitoring: m.workspace_named_monitoring,
};

const STATES: Words<TaskState> = {
  waiting: m.workspace_state_waiting,
  held: m.workspace_state_held,
  tentative: m.workspace_state_tentative,
  confirmed: m.workspace_state_confirmed,
  running: m.workspace_state_running,
  finished: m.workspace_state_finished,
  released: m.workspace_state_released,
  missed: m.workspace_state_missed,
  cancelled: m.workspace_state_cancelled,
};

const ACTIONS: Words<TaskAction> = {
  hold: m.workspace_action_hold,
  resume: m.workspace_action_resume,
  plan: m.workspace_action_plan,
  unplan: m.workspace_action_unplan,
  confirm: m.workspace_action_confirm,
  start: m.workspace_action_start,
  finish: m.workspace_action_finish,
  release: m.workspace_action_release,
  miss: m.workspace_action_miss,
  'undo-miss': m.workspace_action_undo_miss,
  cancel: m.workspace_action_cancel,
  preempt: m.workspace_action_preempt,
};

/** One key per action; shown in menus and tooltips, and heard by the workspace. */
export const ACTION_KEYS: Readonly<Partial<Record<TaskAction, string>>> = {
  start: 'S',
  finish: 'F',
  confirm: 'C',
  hold: 'H',
  resume: 'R',
  release: 'L',
  miss: 'M',
  'undo-miss': 'U',
  cancel: 'X',
};

/** Inside a sentence: `image processing`. */
export function subsystemInSentence(id: SubsystemId): string {
  return IN_SENTENCE[id]();
}

export function stateWord(state: TaskState): string {
  return STATES[state]();
}

/** What the button says: `Start`. */
export function actionWord(action: TaskAction): string {
  return ACTIONS[action]();
}

/** The patient's second identifier for a row: the birth date, else the number, else nothing. */
export function secondIdentifier(patient: NonNullable<TaskRow['patient']>): string {
  return patient.birthDate ?? (patient.number === null ? '' : m.workspace_number({ number: patient.number }));
}

/** Everything that tells the patient apart: `Jing Chen · 1968-04-02 · no. 20417`. */
export function identityLine(row: Pick<TaskRow, 'patient' | 'patientId'>): string {
  const { patient } = row;
  if (patient === null) return row.patientId === null ? '' : m.workspace_patient_erased();
  const number = patient.number === null ? null : m.workspace_number({ number: patient.number });
  return [patient.name, patient.birthDate, number].filter((part) => part !== null).join(' · ');
}
