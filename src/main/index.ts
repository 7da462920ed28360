/**
 * The composition root: reads the command line, finds the ledger, gives the use cases their surroundings, then opens
 * the window or runs one verb. Everything before `whenReady` is what Chromium must know before it starts; nothing here
 * may be awaited at the top level, because Electron becomes ready only after this module has been evaluated.
 */
import { app, ipcMain, powerMonitor, safeStorage } from 'electron';
import { join } from 'node:path';
import type { LedgerProblem } from '../shared/contract/clinic.ts';
import type { BridgeRequest, ChannelName, Reply } from '../shared/contract/index.ts';
import { withDesk } from './bridge/desk-handlers.ts';
import { createDispatch, type Dispatch } from './bridge/dispatch.ts';
import { openGateway, tell } from './bridge/gateway.ts';
import {
  ownArguments,
  parseCommandLine,
  type CareRequest,
  type VerbRequest,
  type WindowRequest,
} from './cli/command-line.ts';
import { runCareVerb } from './cli/care-verbs.ts';
import { EXIT_CODES, type ExitCode } from './cli/exit-codes.ts';
import { needsHeadlessRun, runHeadless } from './cli/headless.ts';
import { runVerb } from './cli/verbs.ts';
import { isAllowed, openCheckpointKey, type CheckpointKey, type SystemEncryption } from './security/index.ts';
import { ledgerCare } from './usecases/care/index.ts';
import { createApplication } from './usecases/application.ts';
import { demonstrationClock } from './usecases/sample/demonstration.ts';
import type { Application, Handlers, Surroundings } from './usecases/handlers.ts';
import { exportBeside } from './usecases/reports/export-beside.ts';
import type { AboutFacts } from './window/about.ts';
import { APP_ORIGIN } from './window/app-files.ts';
import { registerAppScheme, serveApp } from './window/app-protocol.ts';
import { Desktop } from './window/desktop.ts';
import { catchFaults, stopOnFault, stopWithoutPage, type FaultOptions } from './window/faults.ts';
import { clinicSession, hardenProcess } from './window/hardening.ts';
import { locateLedger, type LedgerLocation } from './window/ledger-location.ts';
import { faultDetail, LogFile } from './window/log-file.ts';
import { PreferenceStore } from './window/preferences.ts';
import { runtimeFlavor } from './window/runtime-flavor.ts';
import { thisMachine } from './window/this-machine.ts';

const TICK_MS = 60_000;
const preload = join(import.meta.dirname, '../preload/index.cjs');
const rendererFolder = join(import.meta.dirname, '../renderer');
const terminal = {
  print: (line: string) => process.stdout.write(`${line}\n`),
  printError: (line: string) => process.stderr.write(`${line}\n`),
};

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
  if (!hasWindow) app.disableHardwareAcceleration();
  // Windows come and go (the print window does); when to end is decided below.
  app.on('window-all-closed', () => undefined);
  app
    .whenReady()
    .then(() => compose(request, faults))
    .catch((fault: unknown) => {
      stopOnFault('start-failed', fault, faults);
    });
}

async function compose(request: StartRequest, faults: FaultOptions): Promise<void> {
  serveApp(clinicSession(), rendererFolder);
  const location = locateLedger(thisMachine(app.getPath('userData')), request.ledgerPath);
  const about = {
    version: app.getVersion(),
    runtimeFlavor: runtimeFlavor(app.getAppPath(), process.versions.electron),
    electronVersion: process.versions.electron,
  };
  const desktop = makeDesktop(request, location.preferencesFolder, about, faults);
  if (request.kind === 'backup' && !request.opensSample) {
    return endWith(careFor(request, location, desktop), null, faults);
  }
  switch (request.kind) {
    case 'verify':
    case 'rebuild':
    case 'restore':
      return endWith(careFor(request, location, desktop), null, faults);
    default:
      return work(request, location, desktop, about, faults);
  }
}

/** A care verb works on the file itself; the application never opens. */
function careFor(request: CareRequest, location: LedgerLocation, desktop: Desktop): Promise<ExitCode> {
  return runCareVerb(request, {
    locale: desktop.locale ?? 'en',
    ledgerPath: request.opensSample ? location.sampleLedgerPath : location.ledgerPath,
    care: ledgerCare({ nowMs: Date.now }),
    ...terminal,
  });
}

async function work(
  request: WindowRequest | VerbRequest,
  location: LedgerLocation,
  desktop: Desktop,
  about: AboutFacts,
  faults: FaultOptions,
): Promise<void> {
  const surroundings = surroundingsOf(request, desktop, about, faults.log);
  const { ledgerPath, sampleLedgerPath } = location;
  const application = await createApplication({
    ledgerPath,
    sampleLedgerPath,
    // A verb works on the clinic's own books unless it is told otherwise, whatever the window had open.
    isDemonstration: request.isDemonstration,
    opensSample: request.opensSample || (request.kind === 'window' && desktop.opensSample),
    surroundings,
  });
  connectWindows(application, desktop, faults.log);
  if (request.kind === 'window') return showWindow(application, desktop, faults);
  const path = request.opensSample ? sampleLedgerPath : ledgerPath;
  const verb = finishVerb(request, application, { path, surroundings, desktop, log: faults.log });
  endWith(verb, application, faults);
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

function surroundingsOf(
  request: StartRequest,
  desktop: Desktop,
  { version, runtimeFlavor }: AboutFacts,
  log: LogFile,
): Surroundings {
  return {
    nowMs: request.isDemonstration ? demonstrationClock(Date.now) : Date.now,
    systemTimeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    systemLocale: desktop.locale,
    timeZoneData: process.versions.tz ?? 'unknown',
    version,
    runtimeFlavor,
    checkpointKey: () => (checkpointKey ??= readCheckpointKey(log)),
    emit: (event, payload) => {
      tell(desktop.register.mainContents(), event, payload);
    },
    // On the command line the folder is given, instead of asked for.
    chooseFolder: () =>
      request.kind === 'backup' ? Promise.resolve(request.outFolder) : desktop.chooseFolder(),
    chooseSavePath: (suggestedName) => desktop.chooseSavePath(suggestedName),
    printReport: (job) => desktop.printer.print(job),
    paper: {
      list: () => desktop.listPrinters(),
      print: (job, printer) => desktop.printer.printOnPaper(job, printer),
    },
    log: (entry) => {
      log.write(entry);
    },
  };
}

let checkpointKey: CheckpointKey | null = null;

/** Asked for when something is to be signed and not at the start: a key ring may ask its owner. */
function readCheckpointKey(log: LogFile): CheckpointKey | null {
  try {
    return openCheckpointKey(join(app.getPath('userData'), 'checkpoint-key.json'), systemEncryption());
  } catch (fault) {
    log.write({ code: 'checkpoint-key-unreadable', detail: faultDetail(fault) });
    return null;
  }
}

/** @returns null where Electron has no key ring behind it: what it calls basic text is no encryption */
function systemEncryption(): SystemEncryption | null {
  const isPlain = process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text';
  if (isPlain || !safeStorage.isEncryptionAvailable()) return null;
  return {
    encrypt: (text) => safeStorage.encryptString(text),
    decrypt: (bytes) => safeStorage.decryptString(bytes),
  };
}

function dispatchTo(handlers: Handlers, application: Application, log: LogFile): Dispatch {
  return createDispatch({
    handlers,
    person: () => application.person(),
    mayUse: (permission) => {
      const person = application.person();
      return person !== null && isAllowed(person.role, permission);
    },
    checksResponses: !app.isPackaged,
    reportFault: (channel, fault) => {
      log.write({ code: 'handler-failed', detail: `${channel} ${faultDetail(fault)}` });
    },
  });
}

/** Opens the one door between windows, the print window included, and the use cases. */
function connectWindows(application: Application, desktop: Desktop, log: LogFile): void {
  openGateway({
    ipcMain,
    rules: { roleOf: (id) => desktop.register.roleOf(id), origin: APP_ORIGIN },
    dispatch: dispatchTo(withDesk(application.handlers, desktop), application, log),
    log: (entry) => {
      log.write(entry);
    },
  });
}

function showWindow(application: Application, desktop: Desktop, faults: FaultOptions): void {
  const ticking = setInterval(() => {
    application.tick().catch((fault: unknown) => {
      faults.log.write({ code: 'tick-failed', detail: faultDetail(fault) });
    });
  }, TICK_MS);
  powerMonitor.on('resume', () => {
    application.wake();
  });
  let isEnding = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (isEnding) return;
    isEnding = true;
    clearInterval(ticking);
    const code = application.beforeClosing().then(() => problemExit(application));
    endWith(code, application, faults);
  });
  desktop.open(() => {
    app.quit();
  });
}

/** A window that could only tell about its ledger's problem ends with that problem's code. */
async function problemExit(application: Application): Promise<ExitCode> {
  const problem = await problemOf(application);
  return problem === null ? EXIT_CODES.done : EXIT_CODES[problem];
}

async function problemOf(application: Application): Promise<LedgerProblem | null> {
  const state = await application.handlers['app.state']({}, { commandId: null });
  return state.ok ? state.value.problem : 'ledger-io';
}

async function finishVerb(
  request: VerbRequest,
  application: Application,
  {
    path,
    surroundings,
    desktop,
    log,
  }: { path: string; surroundings: Surroundings; desktop: Desktop; log: LogFile },
): Promise<ExitCode> {
  const dispatch = dispatchTo(application.handlers, application, log);
  return runVerb(request, {
    locale: desktop.locale ?? 'en',
    problem: await problemOf(application),
    exportBeside: (asked) => exportBeside(path, asked, surroundings),
    async ask<N extends ChannelName>(channel: N, asked: BridgeRequest<N>) {
      return (await dispatch(channel, asked)) as Reply<N>; // the channel's own handler made it
    },
    ...terminal,
  });
}

/** Closes the ledger before the process ends, whatever the outcome was. @param application  null where none is open */
function endWith(outcome: Promise<ExitCode>, application: Application | null, faults: FaultOptions): void {
  outcome
    .finally(() => application?.close())
    .then((code) => {
      app.exit(code);
    })
    .catch((fault: unknown) => {
      stopOnFault('end-failed', fault, faults);
    });
}
