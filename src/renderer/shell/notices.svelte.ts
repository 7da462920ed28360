/**
 * What the application has to tell, above the screen it concerns. A refusal is told once: the same code again replaces
 * the first. Notices go when they are closed or when another screen is shown.
 */
import { errorWords } from '../../shared/messages/error-words.ts';
import type { Refusal } from '../../shared/result.ts';

export interface NoticeEntry {
  readonly id: string;
  readonly kind: 'error' | 'warning' | 'done' | 'info';
  /** Read when shown, so that the words follow a language switch. */
  readonly words: () => string;
  /** What was refused, where the notice is about that. */
  readonly refusal?: Refusal;
  /** What can be done about it right there: undo. */
  readonly action?: { readonly label: () => string; readonly run: () => void };
}

class Notices {
  list = $state.raw<readonly NoticeEntry[]>([]);

  /** Shows the words of a refused request. */
  refuse(refusal: Refusal): void {
    this.show({ id: refusal.code, kind: 'error', words: () => errorWords(refusal), refusal });
  }

  /** @param id  names the subject; the same subject again replaces what was told about it */
  done(id: string, words: () => string): void {
    this.show({ id, kind: 'done', words });
  }

  show(entry: NoticeEntry): void {
    this.list = [...this.list.filter((other) => other.id !== entry.id), entry];
  }

  close(id: string): void {
    this.list = this.list.filter((entry) => entry.id !== id);
  }

  clear(): void {
    this.list = [];
  }
}

export const notices = new Notices();
