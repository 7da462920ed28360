/**
 * One subsystem's workspace: its queue in five groups, the selected task, and moving tasks along the lifecycle. Given
 * an `Api`; touches no DOM. Every accepted command is followed by asking again, and so is every growth of the ledger.
 */
import type { Api } from '../../api.ts';
import type { ErrorCode, Response } from '../../../shared/contract/index.ts';
import type { TaskRow } from '../../../shared/contract/tasks.ts';
import type { TaskAction } from '../../../shared/domain/lifecycle.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import type { TaskId } from '../../../shared/ids.ts';
import type { Refusal } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/units.ts';

export type WorkspaceView = Response<'workspace.get'>;
export type TaskDetail = Response<'task.get'>;
export type ActRefusal = Refusal<ErrorCode<'task.act'>>;

/** In the order they are listed. */
export const GROUPS = ['running', 'next', 'waiting', 'held', 'ended'] as const;
export type GroupId = (typeof GROUPS)[number];

/** The list as it is drawn: a heading per group that has rows, and its rows. */
export type ListLine =
  | { readonly kind: 'group'; readonly key: string; readonly group: GroupId; readonly count: number }
  | { readonly kind: 'task'; readonly key: string; readonly group: GroupId; readonly row: TaskRow };

/** What the inspector shows. */
export type Inspected = 'task' | 'form' | 'nothing';

export class WorkspaceState {
  readonly subsystem: SubsystemId;
  view = $state.raw<WorkspaceView | null>(null);
  refusal = $state.raw<Refusal | null>(null);
  selectedId = $state<TaskId | null>(null);
  isFormOpen = $state(false);
  isActing = $state(false);
  actRefusal = $state.raw<ActRefusal | null>(null);
  #detail = $state.raw<TaskDetail | null>(null);

  readonly lines: readonly ListLine[] = $derived(this.view ? linesOf(this.view) : []);
  readonly rows: readonly TaskRow[] = $derived(
    this.lines.flatMap((line) => (line.kind === 'task' ? [line.row] : [])),
  );
  /** The selected task in full; null while it is being asked for. */
  readonly detail = $derived(this.#detail?.row.taskId === this.selectedId ? this.#detail : null);
  readonly selectedRow = $derived(this.rows.find((row) => row.taskId === this.selectedId) ?? null);
  readonly inspected: Inspected = $derived(
    this.isFormOpen ? 'form' : this.selectedId === null ? 'nothing' : 'task',
  );

  readonly #api: Api;
  #asked = 0;

  constructor(api: Api, subsystem: SubsystemId) {
    this.#api = api;
    this.subsystem = subsystem;
  }

  /** Asks for everything that is shown; answers that have been overtaken are dropped. */
  async load(): Promise<void> {
    const asked = ++this.#asked;
    const [reply] = await Promise.all([
      this.#api.query('workspace.get', { subsystem: this.subsystem }),
      this.#loadDetail(),
    ]);
    if (asked !== this.#asked) return;
    this.refusal = reply.ok ? null : reply.error;
    if (reply.ok) this.view = reply.value;
  }

  /** @returns a function that ends the subscription */
  follow(): () => void {
    return this.#api.on('ledger.changed', () => void this.load());
  }

  async select(taskId: TaskId): Promise<void> {
    this.isFormOpen = false;
    this.selectedId = taskId;
    this.actRefusal = null;
    await this.#loadDetail();
  }

  /** The row `by` lines below the selected one; the first or last one from outside the list. */
  async move(by: 1 | -1): Promise<TaskId | null> {
    const at = this.rows.findIndex((row) => row.taskId === this.selectedId);
    const next = this.rows[at === -1 ? (by === 1 ? 0 : this.rows.length - 1) : at + by];
    if (!next) return this.selectedId;
    await this.select(next.taskId);
    return next.taskId;
  }

  openForm(): void {
    this.isFormOpen = true;
    this.actRefusal = null;
  }

  /** Leaves the form for the selected task, or the task for nothing. */
  close(): void {
    if (this.isFormOpen) this.isFormOpen = false;
    else this.selectedId = null;
  }

  /**
   * @param at  when it truly happened; null for now
   * @returns whether it was done; if not, `actRefusal` says why and nothing has changed
   */
  async act(taskId: TaskId, action: TaskAction, at: Instant | null = null): Promise<boolean> {
    if (this.isActing) return false;
    this.isActing = true;
    const reply = await this.#api.command('task.act', { taskId, action, at });
    this.isActing = false;
    this.actRefusal = reply.ok ? null : reply.error;
    if (!reply.ok) {
      this.isFormOpen = false;
      this.selectedId = taskId; // the refusal is said beside the task it is about
    }
    await this.load();
    return reply.ok;
  }

  /** The selected task's action, if its state allows it: what a key does. */
  async actOnSelected(action: TaskAction): Promise<boolean> {
    const row = this.selectedRow;
    if (this.isFormOpen || !row?.actions.includes(action)) return false;
    return this.act(row.taskId, action);
  }

  async #loadDetail(): Promise<void> {
    const taskId = this.selectedId;
    if (taskId === null) return;
    const reply = await this.#api.query('task.get', { taskId });
    if (taskId !== this.selectedId) return;
    if (reply.ok) this.#detail = reply.value;
    else if (reply.error.code === 'unknown-task') this.selectedId = null;
  }
}

function linesOf(view: WorkspaceView): ListLine[] {
  return GROUPS.flatMap((group): ListLine[] => {
    const rows = view[group];
    if (rows.length === 0) return [];
    const heading: ListLine = { kind: 'group', key: `group-${group}`, group, count: rows.length };
    return [heading, ...rows.map((row): ListLine => ({ kind: 'task', key: row.taskId, group, row }))];
  });
}
