/**
 * When the page can be looked at: `data-ready="true"` stands on the root element while no screen waits for its first
 * data and every face is loaded. Printing, capturing and tests wait for it.
 */
import { tick } from 'svelte';

export class Readiness {
  readonly #root: HTMLElement;
  #pending = 0;
  #round = 0;
  #tellFirst: () => void = () => undefined;
  /** Resolves when the first screen can be looked at. */
  readonly first = new Promise<void>((resolve) => (this.#tellFirst = resolve));

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  /** Not ready while `work` lasts; it may fail, then there is nothing more to wait for. */
  async during(work: Promise<unknown>): Promise<void> {
    this.#pending += 1;
    this.#round += 1;
    delete this.#root.dataset['ready'];
    await work.catch(() => undefined);
    this.#pending -= 1;
    await this.#settle(this.#round);
  }

  async #settle(round: number): Promise<void> {
    await tick();
    await nextFrame();
    await document.fonts.ready;
    if (this.#pending > 0 || round !== this.#round) return;
    this.#root.dataset['ready'] = 'true';
    this.#tellFirst();
  }
}

/** A hidden window paints no frames; then a short wait stands for one. */
function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(resolve, 100);
    requestAnimationFrame(() => {
      clearTimeout(late);
      resolve();
    });
  });
}

export const readiness = new Readiness(document.documentElement);
