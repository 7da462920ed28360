/** Day close: what nobody pressed a button for, with one choice each. Given an `Api`; touches no DOM. */
import type { Api } from '../../api.ts';
import type { DayChoice } from '../../../shared/contract/day.ts';
import type { Response } from '../../../shared/contract/index.ts';
import type { TaskId } from '../../../shared/ids.ts';
import { m } from '../../../shared/messages/index.ts';
import type { DecisionListener } from './decisions.svelte.ts';

type Day = Response<'day.get'>;

export class DayCloseState {
  day = $state.raw<Day | null>(null);
  isOpen = $state(false);
  isBusy = $state(false);
  /** What was chosen otherwise than "as planned". */
  #choices = $state.raw<ReadonlyMap<TaskId, DayChoice>>(new Map());

  readonly count = $derived(this.day?.rows.length ?? 0);

  readonly #api: Api;
  readonly #tell: DecisionListener;

  constructor(api: Api, tell: DecisionListener) {
    this.#api = api;
    this.#tell = tell;
  }

  async load(): Promise<void> {
    const reply = await this.#api.query('day.get', {});
    if (reply.ok) this.day = reply.value;
    else this.#tell.refuse(reply.error);
  }

  choiceOf(taskId: TaskId): DayChoice {
    return this.#choices.get(taskId) ?? 'as-planned';
  }

  choose(taskId: TaskId, choice: DayChoice): void {
    this.#choices = new Map([...this.#choices, [taskId, choice]]);
  }

  async close(): Promise<void> {
    if (this.isBusy || !this.day) return;
    this.isBusy = true;
    const choices = this.day.rows.map(({ row }) => ({
      taskId: row.taskId,
      choice: this.choiceOf(row.taskId),
    }));
    const reply = await this.#api.command('day.close', { choices });
    if (reply.ok) {
      const { assumed, missed, left } = reply.value;
      this.#tell.done(() => m.today_close_done({ assumed, missed, left: left.length }));
      this.#choices = new Map();
      this.isOpen = false;
    } else this.#tell.refuse(reply.error);
    await this.load();
    this.isBusy = false;
  }
}
