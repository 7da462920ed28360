/**
 * Whose the bar under the pointer, or in the hand, is: asked for one task at a time, a moment after the pointer rests on
 * it, and forgotten with it. Bars themselves carry no names.
 */
import type { Api } from '../../api.ts';
import type { TaskId } from '../../../shared/ids.ts';
import type { Instant } from '../../../shared/units.ts';
import { whyInRow } from '../../format/reason.ts';
import { wordsOf } from '../../format/sentence.ts';
import { identityLine } from '../../format/task-words.ts';

const REST_MS = 250;

export class TaskIdentity {
  /** Both identifiers; empty until known, or where it is about no patient. */
  line = $state('');
  /** Why it waits; empty until known, or where nothing holds it up. */
  why = $state('');
  /** Whether the pointer has rested long enough to tell more. */
  isResting = $state(false);
  readonly #api: Api;
  readonly #now: () => Instant;
  #taskId: TaskId | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(api: Api, now: () => Instant) {
    this.#api = api;
    this.#now = now;
  }

  /** @param taskId  null when nothing is pointed at any more */
  about(taskId: TaskId | null): void {
    if (taskId === this.#taskId) return;
    this.#taskId = taskId;
    this.line = '';
    this.why = '';
    this.isResting = false;
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (taskId !== null) this.#timer = setTimeout(() => void this.#ask(taskId), REST_MS);
  }

  async #ask(taskId: TaskId): Promise<void> {
    this.isResting = true;
    const reply = await this.#api.query('task.get', { taskId });
    if (taskId !== this.#taskId || !reply.ok) return;
    const { row } = reply.value;
    this.line = identityLine(row);
    const why = whyInRow(row, this.#now());
    this.why = why ? wordsOf(why) : '';
  }
}
