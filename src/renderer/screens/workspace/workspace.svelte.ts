/**
 * One subsystem's workspace: its queue in six groups, the selected task, and moving tasks along the lifecycle. Given
 * an `Api`; touches no DOM. Every command is followed by asking again.
 */
import type { Api } from '../../api.ts';
import type { ErrorCode, Response } from '../../../shared/contract/index.ts';
import type { TaskRow } from '../../../shared/contract/tasks.ts';
import type { TaskAction } from '../../../shared/domain/lifecycle.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import type { TaskId } from '../../../shared/ids.ts';
import type { Refusal } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/units.ts';
import { format } from '../../format/format.svelte.ts';
import { parseClock, recentInstant } from '../../format/typed-time.ts';

export type WorkspaceView = Response<'workspace.get'>;
export type TaskDetail = Response<'task.get'>;
export type ActRefusal = Refusal<ErrorCode<'task.act'>>;

/** In the order they are listed. */
export const GROUPS = ['running', 'next', 'waiting', 'later', 'held', 'ended'] as const;
export type GroupId = (typeof GROUPS)[number];

/** The list as it is drawn: a heading per group that has rows, and its rows. */
export type ListLine =
  | { readonly kind: 'group'; readonly key: string; readonly group: GroupId; readonly count: number }
  | { readonly kind: 'task'; readonly key: string; readonly group: GroupId; readonly row: TaskRow };

/** What the inspector shows. */
export type Inspected = 'task' | 'form' | 'nothing';

/** Actions that end a task for good without its work being done: asked about first. */
const FINAL_ACTIONS: readonly TaskAction[] = ['cancel', 'release'];
/** Actions that may be entered later with the time at which they truly happened. */
const TIMED_ACTIONS: readonly TaskAction[] = ['start', 'finish'];

/** An action that waits for a person's yes. */
export interface PendingAction {
  readonly row: TaskRow;
  readonly action: TaskAction;
}

export class WorkspaceState {
  readonly subsystem: SubsystemId;
  view = $state.raw<WorkspaceView | null>(null);
  refusal = $state.raw<Refusal | null>(null);
  selectedId = $state<TaskId | null>(null);
  isFormOpen = $state(false);
  isActing = $state(false);
  actRefusal = $state.raw<ActRefusal | null>(null);
  /** The time of day at which the next action truly happened, as typed; empty for now. */
  atTyped = $state('');
  isAtUnreadable = $state(false);
  pending = $state.raw<PendingAction | null>(null);
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

  async select(taskId: TaskId): Promise<void> {
    this.isFormOpen = false;
    if (taskId !== this.selectedId) this.#forgetAct();
    this.selectedId = taskId;
    await this.#loadDetail();
  }

  /** A heading takes no selection: it goes on to the row beyond, in the direction it came from. */
  async passHeading(key: string): Promise<void> {
    const heading = this.lines.findIndex((line) => line.key === key);
    const selected = this.lines.findIndex((line) => line.key === this.selectedId);
    await this.move(heading > selected ? 1 : -1);
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
    this.#forgetAct();
  }

  /** Leaves the form for the selected task, or the task for nothing. */
  close(): void {
    if (this.isFormOpen) this.isFormOpen = false;
    else this.selectedId = null;
  }

  /**
   * What a button, a menu or a key asks for: done at once, or after a yes where something is lost. The time typed in
   * the inspector counts for the selected task only.
   * @returns whether it was done
   */
  async request(row: TaskRow, action: TaskAction): Promise<boolean> {
    if (!row.actions.includes(action)) return false;
    const isTimed = TIMED_ACTIONS.includes(action) && row.taskId === this.selectedId;
    const at = isTimed ? this.#typedInstant() : null;
    this.isAtUnreadable = at === undefined;
    if (at === undefined) return false;
    if (FINAL_ACTIONS.includes(action)) {
      this.pending = { row, action };
      return false;
    }
    return this.act(row.taskId, action, at);
  }

  async answerPending(isYes: boolean): Promise<void> {
    const { pending } = this;
    this.pending = null;
    if (pending && isYes) await this.act(pending.row.taskId, pending.action);
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
    if (reply.ok) this.#forgetAct();
    else {
      this.actRefusal = reply.error;
      this.isFormOpen = false;
      this.selectedId = taskId; // the refusal is said beside the task it is about
    }
    await this.load();
    return reply.ok;
  }

  #forgetAct(): void {
    this.actRefusal = null;
    this.atTyped = '';
    this.isAtUnreadable = false;
  }

  /** Null for now, undefined while what is typed is no time. */
  #typedInstant(): Instant | null | undefined {
    if (this.atTyped.trim() === '') return null;
    const minute = parseClock(this.atTyped);
    if (minute === null || !this.view) return undefined;
    return recentInstant(minute, this.view.now, format.timeZone);
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
