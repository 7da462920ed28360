/** Day close: what nobody pressed a button for, with one choice each. Given an `Api`; touches no DOM. */
import type { Api } from '../../api.ts';
import type { DayChoice } from '../../../shared/contract/day.ts';
import type { Response } from '../../../shared/contract/index.ts';
import type { TaskId } from '../../../shared/ids.ts';
import { m } from '../../../shared/messages/index.ts';
import { KeptDraft } from '../../forms/kept-draft.svelte.ts';
import type { DecisionListener } from './decisions.svelte.ts';

type Day = Response<'day.get'>;
interface KeptChoices {
  readonly choices: readonly (readonly [TaskId, DayChoice])[];
}

export class DayCloseState {
  day = $state.raw<Day | null>(null);
  isOpen = $state(false);
  isBusy = $state(false);
  /** What was chosen otherwise than "as planned". */
  #choices = $state.raw<ReadonlyMap<TaskId, DayChoice>>(new Map());

  readonly count = $derived(this.day?.rows.length ?? 0);

  readonly draft: KeptDraft<KeptChoices>;
  readonly #api: Api;
  readonly #tell: DecisionListener;

  constructor(api: Api, tell: DecisionListener) {
    this.#api = api;
    this.#tell = tell;
    this.draft = new KeptDraft<KeptChoices>(api, {
      typed: () => ({ choices: [...this.#choices] }),
      restore: ({ choices }) => (this.#choices = new Map(choices)),
    });
  }

  async toggle(): Promise<void> {
    this.isOpen = !this.isOpen;
    if (this.isOpen) await this.draft.open('day-close', { isNew: true });
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
    const others = [...this.#choices].filter(([id]) => id !== taskId);
    this.#choices = new Map(choice === 'as-planned' ? others : [...others, [taskId, choice]]);
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
      this.draft.drop();
      this.isOpen = false;
    } else this.#tell.refuse(reply.error);
    await this.load();
    this.isBusy = false;
  }
}
