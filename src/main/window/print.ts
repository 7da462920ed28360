/**
 * Prints a report to PDF: a hidden window shows `print.html`, which asks the bridge for its job, lays it out and marks
 * its document ready; then Chromium prints it, tagged for screen readers, with a footer on each page. One job at a time,
 * so that the page can only ever be given its own. Works without any display (`--ozone-platform=headless`).
 */
import { BrowserWindow } from 'electron';
import type { WebContents } from 'electron';
import { APP_ORIGIN } from './app-files.ts';
import { pagePreferences } from './hardening.ts';
import type { PrintFooter } from './print-footer.ts';
import { footerTemplate } from './print-footer.ts';
import type { WindowRegister } from './window-register.ts';

const READY_WITHIN_MS = 60_000;
const READY_CHECK_MS = 50;
/** A4 with 16 mm all round; Chromium counts in inches. */
const MARGIN_INCHES = 16 / 25.4;

export class PrintTimeout extends Error {
  override readonly name = 'PrintTimeout';
}

export class Printer<Job> {
  readonly #preload: string;
  readonly #register: WindowRegister;
  readonly #footerOf: (job: Job) => PrintFooter;
  #queue: Promise<unknown> = Promise.resolve();
  #job: Job | null = null;

  constructor(options: {
    readonly preload: string;
    readonly register: WindowRegister;
    readonly footerOf: (job: Job) => PrintFooter;
  }) {
    this.#preload = options.preload;
    this.#register = options.register;
    this.#footerOf = options.footerOf;
  }

  /** What the print page is to show; null when nothing is being printed. */
  get job(): Job | null {
    return this.#job;
  }

  /**
   * @returns the bytes of a PDF
   * @throws PrintTimeout when the page does not become ready within a minute
   */
  print(job: Job): Promise<Uint8Array> {
    const printed = this.#queue.then(() => this.#printNow(job));
    this.#queue = printed.catch(() => undefined);
    return printed;
  }

  async #printNow(job: Job): Promise<Uint8Array> {
    const window = new BrowserWindow({
      show: false,
      width: 794,
      height: 1123,
      webPreferences: { ...pagePreferences(this.#preload), offscreen: true, backgroundThrottling: false },
    });
    this.#register.add(window.webContents, 'print');
    this.#job = job;
    try {
      await window.loadURL(`${APP_ORIGIN}/print.html`);
      await pageReady(window.webContents);
      return await window.webContents.printToPDF({
        pageSize: 'A4',
        margins: { top: MARGIN_INCHES, bottom: MARGIN_INCHES, left: MARGIN_INCHES, right: MARGIN_INCHES },
        printBackground: true,
        generateTaggedPDF: true,
        generateDocumentOutline: true,
        displayHeaderFooter: true,
        headerTemplate: '<span></span>',
        footerTemplate: footerTemplate(this.#footerOf(job)),
      });
    } finally {
      this.#job = null;
      window.destroy();
    }
  }
}

/** The page says so itself; asking costs nothing that its policy forbids. */
async function pageReady(contents: WebContents): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!(await isReady(contents))) {
    if (Date.now() > deadline) throw new PrintTimeout();
    await new Promise((resolve) => setTimeout(resolve, READY_CHECK_MS));
  }
}

async function isReady(contents: WebContents): Promise<boolean> {
  const mark: unknown = await contents.executeJavaScript('document.documentElement.dataset.ready');
  return mark === 'true';
}
