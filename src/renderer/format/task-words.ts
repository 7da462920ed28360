/**
 * The words of a task that every screen says alike: its state and actions, its subsystem inside a sentence, and the
 * identifiers of its patient. Tables by code, so that a new code without words fails to compile.
 */
import type { TaskRow } from '../../shared/contract/tasks.ts';
import type { TaskAction, TaskState } from '../../shared/domain/lifecycle.ts';
import { IDENTIFIERS, type IdentifierId } from '../../shared/domain/day-list.ts';
import type { SubsystemId } from '../../shared/domain/subsystem.ts';
import { m } from '../../shared/messages/index.ts';
import { format } from './format.svelte.ts';
import { identifiers } from './identifiers.svelte.ts';

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

/** What stands beside the task's name, each part whole: `CT`, `every 15 min`, `ACC-0091`. */
export function detailWords(row: Pick<TaskRow, 'code' | 'reference' | 'intervalSeconds'>): string {
  const every =
    row.intervalSeconds === undefined
      ? undefined
      : m.workspace_every({ interval: format.duration(row.intervalSeconds) });
  return [row.code, every, row.reference].filter((part) => part !== undefined).join(' · ');
}

type Patient = NonNullable<TaskRow['patient']>;

/** What the clinic tells its patients apart by comes first; what a patient lacks is stood in for by what there is. */
function identifiersOf(patient: Patient): string[] {
  const { first, second } = identifiers.pair;
  const words: Readonly<Record<IdentifierId, string | null>> = {
    name: patient.name,
    'birth-date': patient.birthDate,
    number: patient.number === null ? null : m.workspace_number({ number: patient.number }),
  };
  return [...new Set([first, second, ...IDENTIFIERS])].flatMap((id) => words[id] ?? []).slice(0, 2);
}

/** The patient's first identifier in a row, by the clinic's setting: most often the name. */
export function firstIdentifier(patient: Patient): string {
  return identifiersOf(patient)[0] ?? patient.name;
}

/** The second: the birth date or the number; empty for a patient of whom nothing else is known. */
export function secondIdentifier(patient: Patient): string {
  return identifiersOf(patient)[1] ?? '';
}

/** Beside the name in a list to choose from: all else that is known. */
export function besideName({ birthDate, number }: Patient): string {
  const numbered = number === null ? null : m.workspace_number({ number });
  return [birthDate, numbered].filter((part) => part !== null).join(' · ');
}

/** Both, for a sentence: `Jing Chen 1968-04-02`. */
export function twoIdentifiers(patient: Patient): string {
  return identifiersOf(patient).join(' ');
}

/** Everything that tells the patient apart: `Jing Chen · 1968-04-02 · no. 20417`. */
export function identityLine(row: Pick<TaskRow, 'patient' | 'patientId'>): string {
  const { patient } = row;
  if (patient === null) return row.patientId === null ? '' : m.workspace_patient_erased();
  const number = patient.number === null ? null : m.workspace_number({ number: patient.number });
  return [patient.name, patient.birthDate, number].filter((part) => part !== null).join(' · ');
}
