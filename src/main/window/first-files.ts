/**
 * When the first page has its files, so that the main process can do its own work while the page's process compiles and
 * renders, and not while the page waits for a file: what this process has answered still passes through it until it has
 * been delivered. Knows what a page asks for from its HTML. See decisions 0265 and 0300.
 */
import type { FileAnswer } from './app-files.ts';

/** Work goes on at the latest after this long: a page that has failed asks for nothing. */
const LATE_MS = 1_000;

export class FirstFiles {
  readonly #awaited = new Set<string>();
  #pageUrl: string | null = null;
  #tellPage: () => void = () => undefined;
  #tellAll: () => void = () => undefined;
  readonly #pageDelivered = new Promise<void>((resolve) => (this.#tellPage = resolve));
  readonly #allDelivered = new Promise<void>((resolve) => (this.#tellAll = resolve));

  /** @param url  of a request that is about to be answered */
  answered(url: string, { mimeType, data }: FileAnswer): void {
    if (this.#pageUrl !== null || mimeType !== 'text/html') return;
    const { href } = new URL(url);
    this.#pageUrl = href;
    this.#awaited.add(href);
    for (const file of filesOf(data.toString('utf8'), href)) this.#awaited.add(file);
  }

  /**
   * @param url  of a request whose answer has come to its end in the page's process
   * @returns whether the first page now has all its files
   */
  delivered(url: string): boolean {
    const { href } = new URL(url);
    if (this.#pageUrl === null) return false;
    this.#awaited.delete(href);
    if (href === this.#pageUrl) this.#tellPage();
    if (this.#awaited.size > 0) return false;
    this.#tellAll();
    return true;
  }

  /** Resolves when the first page's HTML has been delivered, or is not asked for. */
  page(): Promise<void> {
    return orLate(this.#pageDelivered);
  }

  /** Resolves when the first page and every file that its HTML names have been delivered, or are not asked for. */
  all(): Promise<void> {
    return orLate(this.#allDelivered);
  }
}

async function orLate(delivered: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, LATE_MS)));
  await Promise.race([delivered, late]);
  clearTimeout(timer);
}

/** What a built page's links and scripts name, as absolute URLs. */
function filesOf(html: string, base: string): string[] {
  return [...html.matchAll(/<(?:link|script)\b[^>]*?\s(?:href|src)="([^"]+)"/g)].map(
    ([, name = '']) => new URL(name, base).href,
  );
}
