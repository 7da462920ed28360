/**
 * Prints a report: a hidden window shows `print.html`, which asks the bridge for its job, lays it out and marks its
 * document ready. For paper Chromium then prints it to PDF, tagged for screen readers, with a footer on each page; as a
 * page it has left itself as one HTML file, which is read. One job at a time, so that the page can only ever be given
 * its own. Works without any display (`--ozone-platform=headless`).
 */
import { BrowserWindow } from 'electron';
import type { WebContents } from 'electron';
import type { PrintMedium } from '../../shared/domain/report.ts';
import { APP_ORIGIN } from './app-files.ts';
import { pagePreferences } from './hardening.ts';
import type { PrintFooter } from './print-footer.ts';
import { footerTemplate } from './print-footer.ts';
import type { WindowRegister } from './window-register.ts';

/** Where the page leaves its file (`src/renderer/print/self-contained.ts`). */
const READ_FILE = "document.getElementById('page-file').textContent";

const PRINTED_WITHIN_MS = 60_000;
const READY_CHECK_MS = 50;
/** A4 with 16 mm all round; Chromium counts in inches. */
const MARGIN_INCHES = 16 / 25.4;
/** A4 at 96 dots to the inch. */
const A4_PIXELS = { short: 794, long: 1123 };
/** A page for a browser is laid out where its whole sheet has room, so that charts are drawn as large as they are shown. */
const PAGE_PIXELS = 1123;

/** The page crashed, or took longer than a minute. */
export class PrintFailure extends Error {
  override readonly name = 'PrintFailure';
}

interface Printable {
  readonly medium: PrintMedium;
  readonly isLandscape?: boolean;
}

export class Printer<Job extends Printable> {
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
   * @returns the bytes of a PDF, or of an HTML file in UTF-8
   * @throws PrintFailure when the page crashes or takes longer than a minute
   */
  print(job: Job): Promise<Uint8Array> {
    return this.#inTurn(job, (contents) =>
      job.medium === 'page'
        ? pageFile(contents)
        : printPage(contents, this.#footerOf(job), job.isLandscape ?? false),
    );
  }

  /**
   * Prints on a printer without asking.
   * @param printer  its system name; null for the system's own choice
   * @throws PrintFailure as above, and when the system refuses
   */
  printOnPaper(job: Job, printer: string | null): Promise<void> {
    return this.#inTurn(job, (contents) => printSilently(contents, printer, job.isLandscape ?? false));
  }

  #inTurn<Made>(job: Job, make: (contents: WebContents) => Promise<Made>): Promise<Made> {
    const printed = this.#queue.then(() => this.#printNow(job, make));
    this.#queue = printed.catch(() => undefined);
    return printed;
  }

  async #printNow<Made>(job: Job, make: (contents: WebContents) => Promise<Made>): Promise<Made> {
    const upright = job.medium === 'page' ? PAGE_PIXELS : A4_PIXELS.short;
    const window = new BrowserWindow({
      show: false,
      width: job.isLandscape ? A4_PIXELS.long : upright,
      height: job.isLandscape ? A4_PIXELS.short : A4_PIXELS.long,
      webPreferences: { ...pagePreferences(this.#preload), offscreen: true, backgroundThrottling: false },
    });
    this.#register.add(window.webContents, 'print');
    this.#job = job;
    const failure = failureOf(window.webContents);
    try {
      return await Promise.race([
        this.#laidOut(window.webContents).then(() => make(window.webContents)),
        failure.promise,
      ]);
    } finally {
      failure.forget();
      this.#job = null;
      window.destroy();
    }
  }

  async #laidOut(contents: WebContents): Promise<void> {
    await contents.loadURL(`${APP_ORIGIN}/print.html`);
    while (!(await isReady(contents))) {
      await new Promise((resolve) => setTimeout(resolve, READY_CHECK_MS));
    }
  }
}

async function pageFile(contents: WebContents): Promise<Uint8Array> {
  const text: unknown = await contents.executeJavaScript(READ_FILE);
  if (typeof text !== 'string') throw new PrintFailure();
  return new TextEncoder().encode(text);
}

async function printPage(
  contents: WebContents,
  footer: PrintFooter,
  landscape: boolean,
): Promise<Uint8Array> {
  return contents.printToPDF({
    pageSize: 'A4',
    landscape,
    preferCSSPageSize: landscape, // else the style sheet's upright page would win
    margins: { top: MARGIN_INCHES, bottom: MARGIN_INCHES, left: MARGIN_INCHES, right: MARGIN_INCHES },
    printBackground: true,
    generateTaggedPDF: true,
    generateDocumentOutline: true,
    displayHeaderFooter: true,
    headerTemplate: '<span></span>',
    footerTemplate: footerTemplate(footer),
  });
}

/** A crashed spooler may never answer; the job's own time limit ends the wait. */
function printSilently(contents: WebContents, printer: string | null, landscape: boolean): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  contents.print(
    {
      silent: true,
      printBackground: true,
      pageSize: 'A4',
      landscape,
      ...(printer !== null && { deviceName: printer }),
    },
    (isPrinted) => {
      if (isPrinted) resolve();
      else reject(new PrintFailure());
    },
  );
  return promise;
}

/** The page marks itself; asking costs nothing that its policy forbids. */
async function isReady(contents: WebContents): Promise<boolean> {
  const mark: unknown = await contents.executeJavaScript('document.documentElement.dataset.ready');
  return mark === 'true';
}

/** A page that has crashed answers nothing any more, so its end has to be watched beside it. */
function failureOf(contents: WebContents): { readonly promise: Promise<never>; forget(): void } {
  const { promise, reject } = Promise.withResolvers<never>();
  const fail = (): void => {
    reject(new PrintFailure());
  };
  const timer = setTimeout(fail, PRINTED_WITHIN_MS);
  contents.once('render-process-gone', fail);
  contents.once('did-fail-load', fail);
  return {
    promise,
    forget: () => {
      clearTimeout(timer);
    },
  };
}
