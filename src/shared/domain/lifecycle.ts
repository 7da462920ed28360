/**
 * The life of a task as one table: from, action, to. Screens read it to know a row's actions, use cases to refuse
 * the rest, tests to walk it, and the glossary prints it. There is no other place that knows a state's exits.
 */

export const TASK_STATES = [
  'waiting',
  'held',
  'tentative',
  'confirmed',
  'running',
  'finished',
  'released',
  'missed',
  'cancelled',
] as const;
export type TaskState = (typeof TASK_STATES)[number];

export const TASK_ACTIONS = [
  'hold',
  'resume',
  'plan',
  'unplan',
  'confirm',
  'start',
  'finish',
  'release',
  'miss',
  'undo-miss',
  'cancel',
  'preempt',
] as const;
export type TaskAction = (typeof TASK_ACTIONS)[number];

export interface Transition {
  readonly from: TaskState;
  readonly action: TaskAction;
  readonly to: TaskState;
  /** `planner` moves happen with an adopted plan; `staff` moves are somebody's decision. */
  readonly by: 'staff' | 'planner';
}

export const TRANSITIONS: readonly Transition[] = [
  { from: 'waiting', action: 'plan', to: 'tentative', by: 'planner' },
  { from: 'tentative', action: 'unplan', to: 'waiting', by: 'planner' },
  { from: 'waiting', action: 'hold', to: 'held', by: 'staff' },
  { from: 'tentative', action: 'hold', to: 'held', by: 'staff' },
  { from: 'held', action: 'resume', to: 'waiting', by: 'staff' },
  { from: 'tentative', action: 'confirm', to: 'confirmed', by: 'staff' },
  { from: 'tentative', action: 'start', to: 'running', by: 'staff' },
  { from: 'confirmed', action: 'start', to: 'running', by: 'staff' },
  { from: 'running', action: 'finish', to: 'finished', by: 'staff' },
  { from: 'confirmed', action: 'release', to: 'released', by: 'staff' },
  { from: 'confirmed', action: 'miss', to: 'missed', by: 'staff' },
  { from: 'missed', action: 'undo-miss', to: 'waiting', by: 'staff' },
  { from: 'waiting', action: 'cancel', to: 'cancelled', by: 'staff' },
  { from: 'held', action: 'cancel', to: 'cancelled', by: 'staff' },
  { from: 'tentative', action: 'cancel', to: 'cancelled', by: 'staff' },
  { from: 'confirmed', action: 'cancel', to: 'cancelled', by: 'staff' },
  { from: 'confirmed', action: 'preempt', to: 'waiting', by: 'staff' },
  { from: 'running', action: 'preempt', to: 'waiting', by: 'staff' },
];

/** The state `action` leads to from `from`, or null when the table has no such row. */
export function nextState(from: TaskState, action: TaskAction): TaskState | null {
  return TRANSITIONS.find((row) => row.from === from && row.action === action)?.to ?? null;
}

/** States in which a task still wants something from the planner. */
export const OPEN_STATES: readonly TaskState[] = ['waiting', 'held', 'tentative', 'confirmed', 'running'];

export function isOpen(state: TaskState): boolean {
  return OPEN_STATES.includes(state);
}
