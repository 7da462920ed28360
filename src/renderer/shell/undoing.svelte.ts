/**
 * What this person did last, said for a few seconds with a way to take it back, and Ctrl+Z. Main knows what can be
 * taken back; here are only the words and the command they are about.
 */
import type { Api } from '../api.ts';
import { errorWords } from '../../shared/messages/error-words.ts';
import { m } from '../../shared/messages/index.ts';
import { isId, commandId as commandIdOf } from '../../shared/ids.ts';

interface Told {
  /** The command that can be taken back; null where there is nothing to take back. */
  readonly commandId: string | null;
  readonly kind: 'done' | 'error';
  /** Read when shown, so that the words follow a language switch. */
  readonly words: () => string;
}

/** Long enough to read two lines and reach for the button; Ctrl+Z works on. */
const SHOWN_MS = 12_000;

class Undoing {
  told = $state.raw<Told | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isBusy = false;

  /** @param words  what was done */
  offer(commandId: string, words: () => string): void {
    this.#show({ commandId, kind: 'done', words });
  }

  tell(words: () => string): void {
    this.#show({ commandId: null, kind: 'done', words });
  }

  close(): void {
    clearTimeout(this.#timer);
    this.told = null;
  }

  /** Takes back what is told, or else whatever this person did last. */
  async undo(api: Pick<Api, 'command'>): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    const id = this.told?.commandId ?? null;
    const commandId = id !== null && isId(id) ? commandIdOf(id) : null;
    const reply = await api.command('task.undo', { commandId });
    this.#isBusy = false;
    if (reply.ok) {
      const { what, taskIds } = reply.value;
      const count = taskIds.length;
      this.#show({
        commandId: null,
        kind: 'done',
        words: () =>
          what === 'setting'
            ? m.shell_undone_setting()
            : m.shell_undone({ tasks: m.common_tasks_count({ count }) }),
      });
    } else {
      const { error } = reply;
      this.#show({ commandId: null, kind: 'error', words: () => errorWords(error) });
    }
  }

  #show(told: Told): void {
    clearTimeout(this.#timer);
    this.told = told;
    this.#timer = setTimeout(() => (this.told = null), SHOWN_MS);
  }
}

export const undoing = new Undoing();
