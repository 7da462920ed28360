/**
 * When the first page has got its files, so that the main process can do its own work while the page's process compiles
 * and renders, and not while the page waits for a file. Knows what a page asks for from its HTML. See decision 0265.
 */
import type { FileAnswer } from './app-files.ts';

/** Work goes on at the latest after this long: a page that has failed asks for nothing. */
const LATE_MS = 1_000;

export class FirstFiles {
  readonly #awaited = new Set<string>();
  #hasPage = false;
  #tell: () => void = () => undefined;
  readonly #answered = new Promise<void>((resolve) => (this.#tell = resolve));

  /** @param url  of a request that has just been answered */
  answered(url: string, { mimeType, data }: FileAnswer): void {
    const { href } = new URL(url);
    if (!this.#hasPage && mimeType === 'text/html') {
      this.#hasPage = true;
      for (const file of filesOf(data.toString('utf8'), href)) this.#awaited.add(file);
    }
    this.#awaited.delete(href);
    if (this.#hasPage && this.#awaited.size === 0) this.#tell();
  }

  /** Resolves when the first page and every file that its HTML names have been answered, or are not asked for. */
  async all(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, LATE_MS)));
    await Promise.race([this.#answered, late]);
    clearTimeout(timer);
  }
}

/** What a built page's links and scripts name, as absolute URLs. */
function filesOf(html: string, base: string): string[] {
  return [...html.matchAll(/<(?:link|script)\b[^>]*?\s(?:href|src)="([^"]+)"/g)].map(
    ([, name = '']) => new URL(name, base).href,
  );
}
