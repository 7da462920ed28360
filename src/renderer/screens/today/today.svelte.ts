/**
 * Today: what runs, what is next, what is stuck, and the pools over the next hours. Given an `Api`; touches no DOM.
 * Rows are acted on one at a time, each by its own button, and everything is asked again afterwards.
 */
import type { Api } from '../../api.ts';
import type { Response } from '../../../shared/contract/index.ts';
import type { TaskRow } from '../../../shared/contract/tasks.ts';
import type { TaskId } from '../../../shared/ids.ts';
import type { Refusal } from '../../../shared/result.ts';

export type TodayView = Response<'today.get'>;

/** In the order of urgency for whoever looks: what needs a person first. */
export const TODAY_GROUPS = ['stuck', 'running', 'next'] as const;
export type TodayGroup = (typeof TODAY_GROUPS)[number];

/** Stuck tasks shown before the rest is folded away, so that what runs stays in sight. */
const STUCK_SHOWN = 6;

export class TodayState {
  view = $state.raw<TodayView | null>(null);
  /** The row whose button was pressed and not yet answered. */
  actingOn = $state<TaskId | null>(null);

  isStuckOpen = $state(false);

  /** A stuck task that runs, or is next, is listed once: under what is stuck. Running work ends soonest first. */
  readonly groups = $derived.by(() => {
    const { view } = this;
    if (!view) return [];
    const stuck = new Set(view.stuck.map((row) => row.taskId));
    const others = (rows: readonly TaskRow[]) => rows.filter((row) => !stuck.has(row.taskId));
    const rowsOf: Readonly<Record<TodayGroup, readonly TaskRow[]>> = {
      stuck: view.stuck,
      running: others(view.running).sort((left, right) => (left.end ?? Infinity) - (right.end ?? Infinity)),
      next: others(view.next),
    };
    return TODAY_GROUPS.map((group) => ({ group, rows: rowsOf[group] })).filter(
      ({ rows }) => rows.length > 0,
    );
  });
  /** How many stuck tasks are folded away. */
  readonly foldedCount = $derived(
    this.isStuckOpen ? 0 : Math.max(0, (this.view?.stuck.length ?? 0) - STUCK_SHOWN),
  );
  readonly isEmpty = $derived(this.view !== null && this.groups.length === 0);

  readonly #api: Api;
  readonly #refuse: (refusal: Refusal) => void;

  /** @param refuse  told of every refusal; the screen shows it as a notice */
  constructor(api: Api, refuse: (refusal: Refusal) => void) {
    this.#api = api;
    this.#refuse = refuse;
  }

  shownRows(group: TodayGroup, rows: readonly TaskRow[]): readonly TaskRow[] {
    return group === 'stuck' ? rows.slice(0, rows.length - this.foldedCount) : rows;
  }

  async load(): Promise<void> {
    const reply = await this.#api.query('today.get', {});
    if (reply.ok) this.view = reply.value;
    else this.#refuse(reply.error);
  }

  /** Does what the row's button says, as of now. */
  async act(row: TaskRow): Promise<void> {
    if (row.primaryAction === null || this.actingOn !== null) return;
    this.actingOn = row.taskId;
    const request = { taskId: row.taskId, action: row.primaryAction, at: null };
    const reply = await this.#api.command('task.act', request);
    if (!reply.ok) this.#refuse(reply.error);
    await this.load();
    this.actingOn = null;
  }
}
