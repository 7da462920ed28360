/**
 * The five kinds of work that compete for a clinic's pools: rows of one table, not five classes. Everything that
 * differs between them by nature stands here; everything a clinic may change (policy, shares) is a setting.
 */

export const POLICIES = ['demand', 'priority', 'utilization'] as const;
export type PolicyId = (typeof POLICIES)[number];

export const SUBSYSTEM_IDS = ['records', 'imaging', 'insurance', 'research', 'monitoring'] as const;
export type SubsystemId = (typeof SUBSYSTEM_IDS)[number];

export interface Subsystem {
  readonly id: SubsystemId;
  /** The letter of its load: E = Σ eᵢ/tᵢ. */
  readonly symbol: 'E' | 'I' | 'H' | 'D' | 'M';
  readonly defaultPolicy: PolicyId;
  /** Whether a task of this subsystem is about a patient. */
  readonly isAboutPatient: boolean;
  /** Whether the code of a kind of work is a modality, which staff tell their tasks apart by. */
  readonly hasModality: boolean;
  /** Whether a task can say how often what it watches is read. */
  readonly hasInterval: boolean;
}

export const SUBSYSTEMS: readonly Subsystem[] = [
  {
    id: 'records',
    symbol: 'E',
    defaultPolicy: 'demand',
    isAboutPatient: true,
    hasModality: false,
    hasInterval: false,
  },
  {
    id: 'imaging',
    symbol: 'I',
    defaultPolicy: 'priority',
    isAboutPatient: true,
    hasModality: true,
    hasInterval: false,
  },
  {
    id: 'insurance',
    symbol: 'H',
    defaultPolicy: 'utilization',
    isAboutPatient: true,
    hasModality: false,
    hasInterval: false,
  },
  {
    id: 'research',
    symbol: 'D',
    defaultPolicy: 'demand',
    isAboutPatient: false,
    hasModality: false,
    hasInterval: false,
  },
  {
    id: 'monitoring',
    symbol: 'M',
    defaultPolicy: 'priority',
    isAboutPatient: true,
    hasModality: false,
    hasInterval: true,
  },
];

const BY_ID = new Map(SUBSYSTEMS.map((row) => [row.id, row]));

/** The table's row for `id`. */
export function getSubsystem(id: SubsystemId): Subsystem {
  const row = BY_ID.get(id);
  if (!row) throw new RangeError(`unknown subsystem ${id}`);
  return row;
}

/** What a task is described by, in the order of its form; `code` is the modality, which its kind of work brings along. */
export const TASK_FIELDS = [
  'kind',
  'code',
  'patient',
  'needs',
  'duration',
  'urgency',
  'interval',
  'start',
  'due',
  'after',
  'reference',
  'note',
] as const;
export type TaskField = (typeof TASK_FIELDS)[number];

/** The fields that tasks of a subsystem have, in the order of the form. */
export function taskFieldsOf(subsystem: SubsystemId): readonly TaskField[] {
  const { isAboutPatient, hasModality, hasInterval } = getSubsystem(subsystem);
  const own: Partial<Record<TaskField, boolean>> = {
    patient: isAboutPatient,
    code: hasModality,
    interval: hasInterval,
  };
  return TASK_FIELDS.filter((field) => own[field] ?? true);
}
