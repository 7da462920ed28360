/** A form's refusal as far as it is about one of its fields: kept until the next try, said at that field. */
import type { Refusal } from '../../shared/result.ts';
import { errorWords } from '../../shared/messages/error-words.ts';
import { refusedFieldOf, type FormCommand } from './refused-fields.ts';

export class FieldRefusal {
  readonly #command: FormCommand;
  #refusal = $state.raw<Refusal | null>(null);

  constructor(command: FormCommand) {
    this.#command = command;
  }

  /** @returns whether it is about a field, and so will be said there and nowhere else */
  take(refusal: Refusal): boolean {
    this.#refusal = refusedFieldOf(this.#command, refusal.code) === null ? null : refusal;
    return this.#refusal !== null;
  }

  clear(): void {
    this.#refusal = null;
  }

  /** The words of what was refused at this field; null when nothing was. */
  at(field: string): string | null {
    const refusal = this.#refusal;
    if (refusal === null || refusedFieldOf(this.#command, refusal.code) !== field) return null;
    return errorWords(refusal);
  }
}
