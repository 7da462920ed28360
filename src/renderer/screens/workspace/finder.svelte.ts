/** What is found by what is typed, a moment after the last key; an answer that has been overtaken is dropped. */

const PAUSE_MS = 250;

export class Finder<Found> {
  found = $state.raw<readonly Found[]>([]);
  readonly #ask: (typed: string) => Promise<readonly Found[] | null>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  /** @param ask  null where it was refused: what was found before stays */
  constructor(ask: (typed: string) => Promise<readonly Found[] | null>) {
    this.#ask = ask;
  }

  search(typed: string): void {
    clearTimeout(this.#timer);
    const asked = ++this.#asked;
    if (typed.trim() === '') {
      this.found = [];
      return;
    }
    this.#timer = setTimeout(async () => {
      const found = await this.#ask(typed.trim());
      if (found && asked === this.#asked) this.found = found;
    }, PAUSE_MS);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#asked += 1;
    this.found = [];
  }
}
