/**
 * The entry: reads the command line, makes what Chromium must know before it starts, and opens the window. What works
 * behind it (`composition.ts`) is loaded while the page is on its way; questions that come earlier wait. Nothing here may
 * be awaited at the top level, because Electron becomes ready only after this module has been evaluated. See decision 0255.
 */
import { app, ipcMain } from 'electron';
import { join } from 'node:path';
import type { Dispatch } from './bridge/dispatch.ts';
import { openGateway, tell } from './bridge/gateway.ts';
import { ownArguments, parseCommandLine } from './cli/command-line.ts';
import { EXIT_CODES } from './cli/exit-codes.ts';
import { needsHeadlessRun, runHeadless } from './cli/headless.ts';
import type { CareRequest, VerbRequest, WindowRequest } from './cli/requests.ts';
import type { End } from './composition.ts';
import type { AboutFacts } from './window/about.ts';
import { APP_ORIGIN } from './window/app-files.ts';
import { registerAppScheme, serveApp } from './window/app-protocol.ts';
import { Desktop } from './window/desktop.ts';
import { catchFaults, stopOnFault, stopWithoutPage, type FaultOptions } from './window/faults.ts';
import { mayHaveGraphics } from './window/graphics.ts';
import { clinicSession, hardenProcess } from './window/hardening.ts';
import { locateLedger } from './window/ledger-location.ts';
import { faultDetail, LogFile } from './window/log-file.ts';
import { PreferenceStore } from './window/preferences.ts';
import { runtimeFlavor } from './window/runtime-flavor.ts';
import { thisMachine } from './window/this-machine.ts';

const preload = join(import.meta.dirname, '../preload/index.cjs');
const rendererFolder = join(import.meta.dirname, '../renderer');

main();

function main(): void {
  const request = parseCommandLine(ownArguments(process.argv, app.isPackaged), process.cwd());
  switch (request.kind) {
    case 'help':
      process.stdout.write(request.text);
      return process.exit(EXIT_CODES.done);
    case 'usage-error':
      process.stderr.write(request.text);
      return process.exit(EXIT_CODES.usage);
    case 'window':
      return start(request);
    default:
      if (!needsHeadlessRun(process.platform, process.argv)) return start(request);
      return process.exit(runHeadless(process.execPath, process.argv) ?? EXIT_CODES.internal);
  }
}

type StartRequest = WindowRequest | VerbRequest | CareRequest;

function start(request: StartRequest): void {
  const logFolder = join(app.getPath('userData'), 'logs');
  const log = new LogFile(logFolder, Date.now);
  const hasWindow = request.kind === 'window';
  const faults: FaultOptions = { log, logFolder, exitCode: EXIT_CODES.internal, hasWindow };
  catchFaults(faults);
  hardenProcess();
  registerAppScheme();
  if (!hasWindow || !mayHaveGraphics(process.platform)) app.disableHardwareAcceleration();
  // Windows come and go (the print window does); when to end is decided below.
  app.on('window-all-closed', () => undefined);
  app
    .whenReady()
    .then(() => begin(request, faults))
    .catch((fault: unknown) => {
      stopOnFault('start-failed', fault, faults);
    });
}

/** The page is asked for first, and given its files; the ledger is opened while they are being compiled. */
async function begin(request: StartRequest, faults: FaultOptions): Promise<void> {
  const firstFiles = serveApp(clinicSession(), rendererFolder);
  const location = locateLedger(thisMachine(app.getPath('userData')), request.ledgerPath);
  const about = {
    version: app.getVersion(),
    runtimeFlavor: runtimeFlavor(app.getAppPath(), process.versions.electron),
    electronVersion: process.versions.electron,
  };
  const desktop = makeDesktop(request, location.preferencesFolder, about, faults);
  const answerWith = connectWindows(desktop, faults.log);
  if (request.kind === 'window') {
    desktop.open(() => {
      app.quit();
    });
  }
  // The page waits for its files only. This process works while the page's does: its code is loaded while that begins,
  // and the ledger opened while that compiles and renders.
  const [page, files] = request.kind === 'window' ? [firstFiles.page(), firstFiles.all()] : [null, null];
  const composed = Promise.all([Promise.resolve(page).then(() => import('./composition.ts')), files]).then(
    ([{ compose }]) => compose(request, { location, desktop, about, faults, answerWith }),
  );
  if (request.kind === 'window') endAfter(composed);
  await composed;
}

/** A window that is closed before the ledger is open waits for it, so that the ledger is closed as ever. */
function endAfter(composed: Promise<End | null>): void {
  let isEnding = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (isEnding) return;
    isEnding = true;
    // A failed composition stops the process by itself.
    composed.then(
      (end) => end?.(),
      () => undefined,
    );
  });
}

/** Opens the one door between windows and the use cases. @returns who is to be told what answers behind it */
function connectWindows(desktop: Desktop, log: LogFile): (dispatch: Dispatch) => void {
  let answerWith: (dispatch: Dispatch) => void = () => undefined;
  const answering = new Promise<Dispatch>((resolve) => (answerWith = resolve));
  openGateway({
    ipcMain,
    rules: { roleOf: (id) => desktop.register.roleOf(id), origin: APP_ORIGIN },
    dispatch: async (channel, request) => (await answering)(channel, request),
    log: (entry) => {
      log.write(entry);
    },
  });
  return answerWith;
}

function makeDesktop(
  request: StartRequest,
  preferencesFolder: string,
  about: AboutFacts,
  faults: FaultOptions,
): Desktop {
  const preferences = new PreferenceStore(preferencesFolder, (fault) => {
    faults.log.write({ code: 'preferences-not-saved', detail: faultDetail(fault) });
  });
  const desktop: Desktop = new Desktop({
    preferences,
    preload,
    about,
    locale: request.locale,
    theme: request.theme,
    sendMenuCommand: (name) => {
      tell(desktop.register.mainContents(), 'menu.command', { name });
    },
    reportFailure: (code, reason) => {
      stopWithoutPage(code, reason, faults);
    },
  });
  return desktop;
}
