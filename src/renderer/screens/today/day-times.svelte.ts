/**
 * True times typed from the paper list, row by row as they stand there (`0905`). The list stays as it was read until
 * they are entered, and what is typed is kept as a draft. Given an `Api`; touches no DOM.
 */
import type { Api } from '../../api.ts';
import type { DayListView } from '../../../shared/contract/day.ts';
import type { Request, Response } from '../../../shared/contract/index.ts';
import type { TaskRow } from '../../../shared/contract/tasks.ts';
import type { TaskId } from '../../../shared/ids.ts';
import { dayNumberOf, instantOfWall } from '../../../shared/local-time.ts';
import { errorWords } from '../../../shared/messages/error-words.ts';
import { m } from '../../../shared/messages/index.ts';
import type { Refusal } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/units.ts';
import { format } from '../../format/format.svelte.ts';
import { parseClock } from '../../format/typed-time.ts';
import { KeptDraft } from '../../forms/kept-draft.svelte.ts';
import { undoing } from '../../shell/undoing.svelte.ts';

export type TimeField = 'start' | 'end';
export interface TypedTimes {
  start: string;
  end: string;
}
type RefusedCode = Response<'day.enter-times'>['refused'][number]['code'];
type Sent = Request<'day.enter-times'>['times'][number];

export class DayTimes {
  day = $state.raw<DayListView | null>(null);
  typed = $state<Record<string, TypedTimes>>({});
  isBusy = $state(false);
  /** Why main did not take a task's times; said at the task until they are changed. */
  #refused = $state.raw<ReadonlyMap<TaskId, RefusedCode>>(new Map());
  /** Fields are not called wrong while somebody is still typing in them. */
  #left = $state.raw<ReadonlySet<string>>(new Set());

  readonly #rows = $derived(
    new Map(
      (this.day?.groups ?? []).flatMap(({ rows }) => rows.map(({ row }) => [row.taskId, row] as const)),
    ),
  );
  /** Rows in which something stands. */
  readonly #begun = $derived(
    [...this.#rows.values()].filter(({ taskId }) => {
      const times = this.typed[taskId];
      return times !== undefined && times.start.trim() + times.end.trim() !== '';
    }),
  );
  readonly count = $derived(this.#begun.length);

  readonly #api: Api;
  readonly #refuse: (refusal: Refusal) => void;
  /** What is typed for the day that is open; times of rows in which nothing stands are left out. */
  readonly draft: KeptDraft<{ typed: readonly (readonly [TaskId, TypedTimes])[] }>;

  constructor(api: Api, refuse: (refusal: Refusal) => void) {
    this.#api = api;
    this.#refuse = refuse;
    this.draft = new KeptDraft<{ typed: readonly (readonly [TaskId, TypedTimes])[] }>(api, {
      typed: () => this.day && { typed: this.#typedTimes() },
      restore: ({ typed }) => {
        for (const { taskId } of this.#rows.values()) this.typed[taskId] = { start: '', end: '' };
        for (const [taskId, times] of typed) this.typed[taskId] = { ...times };
      },
    });
  }

  /** Reads the list of a local day, and what was typed for it before. */
  async open(date: string): Promise<void> {
    const reply = await this.#api.query('day.list', { date, withMoved: true });
    if (!reply.ok) return this.#refuse(reply.error);
    const isOther = this.day?.date !== date;
    this.day = reply.value;
    if (isOther) {
      this.typed = {};
      this.#left = new Set();
      this.#refused = new Map();
    }
    for (const { taskId } of this.#rows.values()) this.typed[taskId] ??= { start: '', end: '' };
    if (isOther) await this.draft.open(`day-times:${date}`, { isNew: true });
  }

  close(): void {
    this.draft.leave();
    this.day = null;
  }

  type(taskId: TaskId, field: TimeField, typed: string): void {
    const times = this.typed[taskId];
    if (!times || !this.day) return;
    times[field] = typed;
    this.#refused = new Map([...this.#refused].filter(([id]) => id !== taskId));
  }

  #typedTimes(): (readonly [TaskId, TypedTimes])[] {
    return this.#begun.flatMap(({ taskId }) => {
      const times = this.typed[taskId];
      return times ? [[taskId, { ...times }] as const] : [];
    });
  }

  leaveField(taskId: TaskId, field: TimeField): void {
    this.#left = new Set([...this.#left, `${taskId} ${field}`]);
  }

  /** What is wrong with a field somebody has left, in words; null where nothing is. */
  problem(row: TaskRow, field: TimeField): string | null {
    const refused = this.#refused.get(row.taskId);
    if (refused !== undefined) {
      return field === 'end' || row.state === 'running' ? errorWords({ code: refused, params: {} }) : null;
    }
    if (!this.#left.has(`${row.taskId} ${field}`)) return null;
    return this.#problemOf(row, field);
  }

  #problemOf(row: TaskRow, field: TimeField): string | null {
    const typed = this.typed[row.taskId];
    if (!typed) return null;
    const text = typed[field].trim();
    if (text !== '' && parseClock(text) === null) return m.today_times_unreadable();
    const isStartMissing = field === 'start' && text === '' && typed.end.trim() !== '';
    return isStartMissing && row.state !== 'running' ? m.today_times_start_missing() : null;
  }

  /** Sends every row in which something stands, unless one of them is wrong: that one is named. */
  async save(): Promise<boolean> {
    if (this.isBusy || this.count === 0) return false;
    this.#left = new Set(this.#begun.flatMap(({ taskId }) => [`${taskId} start`, `${taskId} end`]));
    const isWrong = (row: TaskRow): boolean =>
      this.#problemOf(row, 'start') !== null || this.#problemOf(row, 'end') !== null;
    if (this.#begun.some(isWrong)) return false;
    this.isBusy = true;
    const commandId = crypto.randomUUID();
    const times = this.#begun.map((row) => this.#timesOf(row));
    const reply = await this.#api.command('day.enter-times', { times }, commandId);
    this.isBusy = false;
    if (!reply.ok) {
      this.#refuse(reply.error);
      return false;
    }
    const { done, refused } = reply.value;
    for (const taskId of done) this.typed[taskId] = { start: '', end: '' };
    this.#refused = new Map(refused.map(({ taskId, code }) => [taskId, code] as const));
    if (refused.length === 0) this.draft.restart();
    const words = () => m.today_times_done({ tasks: m.common_tasks_count({ count: done.length }) });
    if (done.length > 0) undoing.offer(commandId, words);
    if (this.day) await this.open(this.day.date);
    return refused.length === 0;
  }

  /** An end before its start is one after midnight. */
  #timesOf(row: TaskRow): Sent {
    const typed = this.typed[row.taskId] ?? { start: '', end: '' };
    const start = row.state === 'running' ? null : this.#instantOf(typed.start, 0);
    const end = this.#instantOf(typed.end, 0);
    const began = start ?? row.start;
    const isNextDay = end !== null && began !== null && end < began;
    return { taskId: row.taskId, start, end: isNextDay ? this.#instantOf(typed.end, 1) : end };
  }

  #instantOf(typed: string, daysLater: number): Instant | null {
    const minute = parseClock(typed);
    if (minute === null || !this.day) return null;
    return instantOfWall(dayNumberOf(this.day.date) + daysLater, minute, format.timeZone);
  }
}
