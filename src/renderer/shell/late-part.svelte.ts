/**
 * A part of the window that the first screen does not show. Its code comes when it is wanted, and all of them once the
 * first screen stands, so that nobody waits for it then. See decision 0303.
 */
import { notices } from './notices.svelte.ts';
import { readiness } from './readiness.ts';

export class LatePart<Part> {
  #current = $state.raw<Part | null>(null);
  readonly #fetch: () => Promise<{ readonly default: Part }>;

  constructor(fetch: () => Promise<{ readonly default: Part }>) {
    this.#fetch = fetch;
    everyPart.push(this);
  }

  /** Null while its code is on the way. */
  get current(): Part | null {
    return this.#current;
  }

  /**
   * Loaded once. Code that cannot be read is told of, and asked for again when it is wanted again.
   * @param otherwise  called when it could not be read
   */
  want(otherwise?: () => void): void {
    if (this.#current !== null) return;
    const loading = this.load();
    loading.catch(() => {
      notices.refuse({ code: 'internal', retryable: false, params: {} });
      otherwise?.();
    });
    void readiness.during(loading);
  }

  /** @throws when the code cannot be read: the installation is damaged */
  async load(): Promise<void> {
    this.#current ??= (await this.#fetch()).default;
  }
}

const everyPart: LatePart<unknown>[] = [];

/** All of them, when the window has nothing else to do; what fails here fails again when it is wanted. */
export async function loadPartsWhenIdle(): Promise<void> {
  for (const part of everyPart) {
    await new Promise((resolve) => requestIdleCallback(resolve));
    await part.load().catch(() => undefined);
  }
}
