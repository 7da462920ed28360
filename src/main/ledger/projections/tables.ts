/**
 * Which tables are projections, in an order in which they can be filled (parents first), with the columns that order
 * their rows. `commands` is compared by what entries say of it; its replies are a memory and no projection.
 */
export interface ProjectionTable {
  readonly name: string;
  /** Columns that identify a row. */
  readonly key: readonly string[];
  /** Columns that no entry tells. */
  readonly memory: readonly string[];
  readonly clearSql: string;
}

function table(name: string, ...key: readonly string[]): ProjectionTable {
  return {
    name,
    key,
    memory: [],
    clearSql: `DELETE FROM ${name}`,
  };
}

export const PROJECTION_TABLES: readonly ProjectionTable[] = [
  table('clinic', 'id'),
  table('settings', 'key'),
  table('staff', 'staff_id'),
  table('desk', 'id'),
  table('subsystems', 'subsystem'),
  table('pools', 'pool_id'),
  table('pool_versions', 'pool_id', 'effective_seconds', 'seq'),
  table('work_kinds', 'work_kind_id'),
  table('pathways', 'pathway_id'),
  table('patients', 'patient_id'),
  table('imports', 'batch_id'),
  table('closed_days', 'local_date'),
  table('tasks', 'task_key'),
  table('task_needs', 'task_key', 'position'),
  table('bookings', 'task_key', 'run', 'segment', 'position'),
  table('reasons', 'task_key'),
  table('wait_causes', 'task_key', 'seq', 'from_at'),
  table('declined_proposals', 'subject'),
  table('task_entries', 'task_key', 'seq'),
  table('preemptions', 'seq'),
  table('pathway_tasks', 'task_key'),
  table('export_runs', 'schedule_id', 'due'),
];

/** Those whose rows belong to a task, by its `task_key`. */
export const TASK_TABLES = [
  'tasks',
  'task_needs',
  'task_entries',
  'bookings',
  'reasons',
  'wait_causes',
  'preemptions',
  'pathway_tasks',
] as const;

/** What entries say of commands. */
export const COMMAND_TABLE: ProjectionTable = {
  name: 'commands',
  key: ['command_id'],
  memory: ['body_digest', 'reply', 'checksum'],
  clearSql: `DELETE FROM commands WHERE command_id NOT IN
    (SELECT command_id FROM entries WHERE command_id IS NOT NULL)`,
};
