/** Tasks that another could come after, by what is typed, a moment after the last key; overtaken answers are dropped. */
import type { Api } from '../../api.ts';
import type { TaskRow } from '../../../shared/contract/tasks.ts';
import type { TaskState } from '../../../shared/domain/lifecycle.ts';

const PAUSE_MS = 250;
/** Work that was given up never ends. */
const GIVEN_UP: readonly TaskState[] = ['cancelled', 'released', 'missed'];

export class EarlierFinder {
  found = $state.raw<readonly TaskRow[]>([]);
  /** What is typed, until a task is chosen. */
  typed = $state('');
  readonly #api: Api;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  search(typed: string): void {
    clearTimeout(this.#timer);
    const asked = ++this.#asked;
    if (typed.trim() === '') {
      this.found = [];
      return;
    }
    this.#timer = setTimeout(async () => {
      const reply = await this.#api.query('task.find', { text: typed.trim() });
      if (!reply.ok || asked !== this.#asked) return;
      this.found = reply.value.rows.filter((row) => !GIVEN_UP.includes(row.state));
    }, PAUSE_MS);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#asked += 1;
    this.found = [];
    this.typed = '';
  }
}
