/**
 * One subsystem's workspace: its queue, the selected task or tasks, and moving them along the lifecycle. Given an
 * `Api`; touches no DOM. Every command is followed by asking again, and says how it can be taken back.
 */
import type { Api } from '../../api.ts';
import type { ErrorCode, Response } from '../../../shared/contract/index.ts';
import type { TaskRow } from '../../../shared/contract/tasks.ts';
import type { TaskAction, TaskState } from '../../../shared/domain/lifecycle.ts';
import { isOpen, TRANSITIONS } from '../../../shared/domain/lifecycle.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import type { TaskId } from '../../../shared/ids.ts';
import type { Refusal } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/units.ts';
import { format } from '../../format/format.svelte.ts';
import { parseClock, recentInstant } from '../../format/typed-time.ts';
import { KeptDraft } from '../../forms/kept-draft.svelte.ts';
import { undoing } from '../../shell/undoing.svelte.ts';
import type { Picking } from '../../ui/table-context.ts';
import { bulkWords, doneWords } from './done-words.ts';
import { IDS_MAX, QueueState, type QueuedId } from './queue.svelte.ts';
import type { TaskDetail } from './record-words.ts';

export type WorkspaceView = Response<'workspace.get'>;
export type ActRefusal = Refusal<ErrorCode<'task.act'>>;

/** What the inspector shows. */
export type Inspected = 'task' | 'tasks' | 'form' | 'nothing';

/** Actions that end a task for good without its work being done: asked about first. */
const FINAL_ACTIONS: readonly TaskAction[] = ['cancel', 'release'];
/** Actions that may be entered later with the time at which they truly happened. */
const TIMED_ACTIONS: readonly TaskAction[] = ['start', 'finish'];

/** An action that waits for a person's yes: over one task, or over all that are picked. */
export interface PendingAction {
  readonly row: TaskRow | null;
  readonly action: TaskAction;
  /** Tasks of its pathway after it that are still open and could be cancelled with it. */
  readonly following: number;
}

/** Whether staff may do this with a task in that state. */
function allows(state: TaskState, action: TaskAction): boolean {
  return TRANSITIONS.some((each) => each.from === state && each.action === action && each.by === 'staff');
}

export class WorkspaceState {
  readonly subsystem: SubsystemId;
  readonly queue: QueueState;
  view = $state.raw<WorkspaceView | null>(null);
  refusal = $state.raw<Refusal | null>(null);
  selectedId = $state<TaskId | null>(null);
  isFormOpen = $state(false);
  isActing = $state(false);
  actRefusal = $state.raw<ActRefusal | null>(null);
  /** The time of day at which the next action truly happened, as typed; empty for now. */
  atTyped = $state('');
  isAtUnreadable = $state(false);
  /** The time typed for the selected task. */
  readonly timeDraft;
  pending = $state.raw<PendingAction | null>(null);
  /** Several tasks picked at once, with their states; empty while only one is selected. */
  picked = $state.raw<ReadonlyMap<TaskId, TaskState>>(new Map());
  #detail = $state.raw<TaskDetail | null>(null);
  /** The row that Shift extends from. */
  #anchor: number | null = null;

  /** The selected task in full; null while it is being asked for. */
  readonly detail = $derived(this.#detail?.row.taskId === this.selectedId ? this.#detail : null);
  readonly selectedRow = $derived.by(
    () => this.queue.rows.find((row) => row.taskId === this.selectedId) ?? this.detail?.row ?? null,
  );
  readonly pickedIds: ReadonlySet<string> = $derived(new Set(this.picked.keys()));
  /** What can be done with some of the picked tasks, and with how many. */
  readonly bulkActions: readonly { readonly action: TaskAction; readonly count: number }[] = $derived(
    [...new Set(TRANSITIONS.filter(({ by }) => by === 'staff').map(({ action }) => action))]
      .filter((action) => action !== 'preempt')
      .map((action) => ({
        action,
        count: [...this.picked.values()].filter((state) => allows(state, action)).length,
      }))
      .filter(({ count }) => count > 0),
  );
  readonly inspected: Inspected = $derived(
    this.isFormOpen ? 'form' : this.picked.size > 1 ? 'tasks' : this.selectedId === null ? 'nothing' : 'task',
  );

  readonly #api: Api;
  #asked = 0;

  constructor(api: Api, subsystem: SubsystemId) {
    this.#api = api;
    this.subsystem = subsystem;
    this.queue = new QueueState(api, subsystem);
    const restore = ({ at }: { at: string }) => (this.atTyped = at);
    this.timeDraft = new KeptDraft(api, { typed: () => ({ at: this.atTyped }), restore });
  }

  /** Asks for everything that is shown; answers that have been overtaken are dropped. */
  async load(): Promise<void> {
    const asked = ++this.#asked;
    const [reply, refusal] = await Promise.all([
      this.#api.query('workspace.get', { subsystem: this.subsystem }),
      this.queue.load(),
      this.#loadDetail(),
    ]);
    if (asked !== this.#asked) return;
    this.refusal = reply.ok ? refusal : reply.error;
    if (reply.ok) this.view = reply.value;
  }

  async select(taskId: TaskId): Promise<void> {
    this.isFormOpen = false;
    this.picked = new Map();
    if (taskId !== this.selectedId) this.#turnTo(taskId);
    await this.#loadDetail();
  }

  /** The line picked by a press or a key, alone, besides others, or with all between it and the one before. */
  async pick({ index, toggles, extends: isExtended }: Picking): Promise<void> {
    const { queue } = this;
    const from = this.selectedId === null ? -1 : queue.indexOf(this.selectedId);
    const isUp = from >= 0 && index < queue.lineOfRow(from);
    const row = queue.rowOfLine(index) - (queue.isHeading(index) && isUp ? 1 : 0);
    if (isExtended) {
      this.#anchor ??= from >= 0 ? from : row;
      await this.#pickRange(this.#anchor, row);
      return;
    }
    this.#anchor = row;
    const task = queue.rowAt(row) ?? (await queue.fetchRow(row));
    if (!task) return;
    if (toggles) await this.#toggle(task);
    else await this.select(task.taskId);
  }

  /**
   * Every task of the list that is not ended, up to as many as one action may be over; where all are ended, those: a
   * list of the missed is picked whole.
   */
  async pickAll(): Promise<void> {
    this.#anchor = 0;
    await this.#pickRange(0, Math.min(this.queue.total, IDS_MAX) - 1, (tasks) => {
      const open = tasks.filter(({ state }) => isOpen(state));
      return open.length > 0 ? open : tasks;
    });
  }

  /** The row `by` lines below the selected one; the first or last one from outside the list. */
  async move(by: 1 | -1): Promise<TaskId | null> {
    const { queue } = this;
    /* A row that is here is selected at once: the next key may already be for it. */
    const known = this.selectedId === null ? -1 : queue.indexOf(this.selectedId);
    const at = known >= 0 || this.selectedId === null ? known : await queue.find(this.selectedId);
    const next = at === null || at < 0 ? (by === 1 ? 0 : queue.total - 1) : at + by;
    const row = queue.rowAt(next) ?? (await queue.fetchRow(next));
    if (!row) return this.selectedId;
    this.#anchor = next;
    await this.select(row.taskId);
    return row.taskId;
  }

  openForm(): void {
    this.isFormOpen = true;
    this.#forgetRefusal();
  }

  /** Leaves the form for the selected task, several tasks for the last one, or the task for nothing. */
  close(): void {
    if (this.isFormOpen) this.isFormOpen = false;
    else if (this.picked.size > 1) this.picked = new Map();
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
      const following = action === 'cancel' ? await this.#openFollowing(row.taskId) : 0;
      this.pending = { row, action, following };
      return false;
    }
    return this.act(row.taskId, action, at);
  }

  /** The same over all that are picked. */
  async requestAll(action: TaskAction): Promise<boolean> {
    if (!this.bulkActions.some((each) => each.action === action)) return false;
    if (FINAL_ACTIONS.includes(action)) {
      this.pending = { row: null, action, following: 0 };
      return false;
    }
    return this.actOnPicked(action);
  }

  /** @param withFollowing  cancels those of its pathway after it as well */
  async answerPending(isYes: boolean, withFollowing = false): Promise<void> {
    const { pending } = this;
    this.pending = null;
    if (!pending || !isYes) return;
    if (pending.row && withFollowing) await this.#cancelFrom(pending.row);
    else if (pending.row) await this.act(pending.row.taskId, pending.action);
    else await this.actOnPicked(pending.action);
  }

  /**
   * @param at  when it truly happened; null for now
   * @returns whether it was done; if not, `actRefusal` says why and nothing has changed
   */
  async act(taskId: TaskId, action: TaskAction, at: Instant | null = null): Promise<boolean> {
    if (this.isActing) return false;
    this.isActing = true;
    const row =
      this.selectedRow?.taskId === taskId
        ? this.selectedRow
        : this.queue.rows.find((each) => each.taskId === taskId);
    const commandId = crypto.randomUUID();
    const reply = await this.#api.command('task.act', { taskId, action, at }, commandId);
    this.isActing = false;
    if (reply.ok) {
      this.#forgetAct();
      undoing.offer(commandId, () => doneWords(action, row ?? null));
    } else {
      this.isFormOpen = false;
      if (taskId !== this.selectedId) this.#turnTo(taskId);
      this.actRefusal = reply.error; // the refusal is said beside the task it is about
    }
    await this.load();
    return reply.ok;
  }

  /** One action over all that are picked; a line says what was done and names those that did not allow it. */
  async actOnPicked(action: TaskAction): Promise<boolean> {
    if (this.isActing) return false;
    this.isActing = true;
    const commandId = crypto.randomUUID();
    const taskIds = [...this.picked.keys()];
    const reply = await this.#api.command('task.act-many', { taskIds, action, at: null }, commandId);
    this.isActing = false;
    if (reply.ok) {
      const { done, refused } = reply.value;
      const rows = this.queue.rows;
      const named = refused.map((each) => rows.find(({ taskId }) => taskId === each.taskId) ?? null);
      const words = () => bulkWords(action, done.length, named);
      if (done.length > 0) undoing.offer(commandId, words);
      else undoing.tell(words);
      this.picked = new Map();
    } else this.refusal = reply.error;
    await this.load();
    return reply.ok;
  }

  async #toggle(task: TaskRow): Promise<void> {
    const picked = new Map(this.picked);
    const row = this.selectedRow;
    if (picked.size === 0 && row) picked.set(row.taskId, row.state);
    if (!picked.delete(task.taskId)) picked.set(task.taskId, task.state);
    const [only] = picked.keys();
    if (picked.size === 1 && only) await this.select(only);
    else {
      this.selectedId = task.taskId;
      this.isFormOpen = false;
      this.picked = picked;
    }
  }

  async #pickRange(
    anchor: number,
    row: number,
    choose: (tasks: readonly QueuedId[]) => readonly QueuedId[] = (tasks) => tasks,
  ): Promise<void> {
    const tasks = choose(await this.queue.ids(anchor, row));
    const end = row < anchor ? tasks.at(0) : tasks.at(-1);
    if (!end) return;
    if (tasks.length === 1) {
      await this.select(end.taskId);
      return;
    }
    this.isFormOpen = false;
    this.selectedId = end.taskId;
    this.picked = new Map(tasks.map(({ taskId, state }) => [taskId, state]));
  }

  async #openFollowing(taskId: TaskId): Promise<number> {
    const reply = await this.#api.query('pathway.chain', { taskId });
    const tasks = reply.ok ? (reply.value.chain?.tasks ?? []) : [];
    const at = tasks.findIndex((task) => task.taskId === taskId);
    return tasks.slice(at + 1).filter((task) => task.mayCancel).length;
  }

  async #cancelFrom(row: TaskRow): Promise<void> {
    if (this.isActing) return;
    this.isActing = true;
    const commandId = crypto.randomUUID();
    const reply = await this.#api.command('pathway.cancel', { taskId: row.taskId }, commandId);
    this.isActing = false;
    if (reply.ok) {
      this.#forgetAct();
      undoing.offer(commandId, () => doneWords('cancel', row));
    } else this.actRefusal = reply.error;
    await this.load();
  }

  /** Another task is selected: the time typed for the one before is kept, and comes back with it. */
  #turnTo(taskId: TaskId): void {
    this.timeDraft.leave();
    this.selectedId = taskId;
    this.atTyped = '';
    this.#forgetRefusal();
    void this.timeDraft.open(`task-time:${taskId}`);
  }

  /** It was done: the time belongs to what was done. */
  #forgetAct(): void {
    this.atTyped = '';
    this.timeDraft.restart();
    this.#forgetRefusal();
  }

  #forgetRefusal(): void {
    this.actRefusal = null;
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
