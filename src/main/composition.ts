/**
 * What works behind the window: gives the use cases their surroundings, opens the ledger, and answers the window's
 * questions or runs one verb. Loaded by `index.ts` while the page is already on its way; the only place where the layers
 * are put together. See decision 0255.
 */
import { app, powerMonitor, safeStorage } from 'electron';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LedgerProblem } from '../shared/contract/clinic.ts';
import type { BridgeRequest, ChannelName, Reply } from '../shared/contract/index.ts';
import { withDesk } from './bridge/desk-handlers.ts';
import { createDispatch, type Dispatch } from './bridge/dispatch.ts';
import { tell } from './bridge/gateway.ts';
import { Warming } from './bridge/warming.ts';
import type { CareRequest, VerbRequest, WindowRequest } from './cli/requests.ts';
import { runCareVerb } from './cli/care-verbs.ts';
import { EXIT_CODES, type ExitCode } from './cli/exit-codes.ts';
import { runVerb } from './cli/verbs.ts';
import { opensSlowly } from './ledger/index.ts';
import {
  isAllowed,
  openCheckpointKey,
  openInstallation,
  type CheckpointKey,
  type Installation,
  type SystemEncryption,
} from './security/index.ts';
import { ledgerCare } from './usecases/care/index.ts';
import { createApplication } from './usecases/application.ts';
import { demonstrationClock } from './usecases/sample/demonstration.ts';
import type { Application, Handlers, Surroundings } from './usecases/handlers.ts';
import { exportBeside } from './usecases/reports/export-beside.ts';
import type { AboutFacts } from './window/about.ts';
import type { Desktop } from './window/desktop.ts';
import { stopOnFault, type FaultOptions } from './window/faults.ts';
import type { LedgerLocation } from './window/ledger-location.ts';
import { faultDetail, type LogFile } from './window/log-file.ts';
import { machineId } from './window/machine-id.ts';

const TICK_MS = 60_000;
/** When the window has come up, where nobody has gone to Reports before. */
const WARM_MS = 4000;
const terminal = {
  print: (line: string) => process.stdout.write(`${line}\n`),
  printError: (line: string) => process.stderr.write(`${line}\n`),
};

/** What stands already when the composition begins: Chromium, and in a window's case the window. */
export interface Start {
  readonly location: LedgerLocation;
  readonly desktop: Desktop;
  readonly about: AboutFacts;
  readonly faults: FaultOptions;
  /** Told once who answers the windows' questions, the print window's included; they wait until then. */
  readonly answerWith: (dispatch: Dispatch) => void;
}

/** Does the work once the window has gone that has to be done then, and ends the process. */
export type End = () => void;

/** @returns for a window, how it ends; null for a verb, which ends the process by itself */
export async function compose(
  request: WindowRequest | VerbRequest | CareRequest,
  start: Start,
): Promise<End | null> {
  if (request.kind === 'backup' && !request.opensSample) {
    endWith(careFor(request, start), null, start.faults);
    return null;
  }
  switch (request.kind) {
    case 'verify':
    case 'rebuild':
    case 'restore':
    case 'recover':
      endWith(careFor(request, start), null, start.faults);
      return null;
    default:
      return work(request, start);
  }
}

/** A care verb works on the file itself; the application never opens. */
function careFor(request: CareRequest, { location, desktop }: Start): Promise<ExitCode> {
  return runCareVerb(request, {
    locale: desktop.locale ?? 'en',
    ledgerPath: request.opensSample ? location.sampleLedgerPath : location.ledgerPath,
    care: ledgerCare({ nowMs: Date.now }),
    ...terminal,
  });
}

async function work(request: WindowRequest | VerbRequest, start: Start): Promise<End | null> {
  const { desktop, faults } = start;
  const { ledgerPath, sampleLedgerPath } = start.location;
  // A page that asks before the ledger is open is answered afterwards: until then nothing has changed for it.
  let isOpen = false;
  const opensSample = request.opensSample || (request.kind === 'window' && desktop.opensSample);
  if (request.kind === 'window')
    await sayOpeningFirst(desktop, opensSample ? sampleLedgerPath : ledgerPath, opensSample);
  const surroundings = surroundingsOf(request, start, () => isOpen);
  const application = await createApplication({
    ledgerPath,
    sampleLedgerPath,
    // A verb works on the clinic's own books unless it is told otherwise, whatever the window had open.
    isDemonstration: request.isDemonstration,
    opensReadOnly: request.kind === 'window',
    opensSample,
    surroundings,
  });
  isOpen = true;
  const dispatch = dispatchTo(withDesk(application.handlers, desktop), application, faults.log);
  if (request.kind === 'window') {
    const warming = new Warming(() => {
      noted(application.warm(), faults);
    });
    start.answerWith(warming.after(dispatch));
    return keepGoing(application, faults, warming);
  }
  start.answerWith(dispatch);
  const path = request.opensSample ? sampleLedgerPath : ledgerPath;
  const verb = finishVerb(request, application, { path, surroundings, desktop, log: faults.log });
  endWith(verb, application, faults);
  return null;
}

/** Where opening will take long, the window says so first: afterwards this process is busy, and nothing is drawn. */
async function sayOpeningFirst(desktop: Desktop, path: string, isSample: boolean): Promise<void> {
  const isToBeMade = isSample && !existsSync(path);
  if (isToBeMade || opensSlowly(path)) await desktop.saysOpening();
}

/** @param isOpen  whether the windows have anything to be told about yet */
function surroundingsOf(
  request: WindowRequest | VerbRequest,
  { desktop, about: { version, runtimeFlavor }, faults: { log } }: Start,
  isOpen: () => boolean,
): Surroundings {
  return {
    nowMs: request.isDemonstration ? demonstrationClock(Date.now) : Date.now,
    systemTimeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    systemLocale: desktop.locale,
    timeZoneData: process.versions.tz ?? 'unknown',
    version,
    runtimeFlavor,
    installation: () => (installation ??= readInstallation(log)),
    checkpointKey: () => (checkpointKey ??= readCheckpointKey(log)),
    emit: (event, payload) => {
      if (isOpen()) tell(desktop.register.mainContents(), event, payload);
    },
    // On the command line the folder is given, instead of asked for.
    chooseFolder: () =>
      request.kind === 'backup' ? Promise.resolve(request.outFolder) : desktop.chooseFolder(),
    chooseBackup: () => desktop.chooseBackup(),
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

let installation: Installation | null = null;

/** Where it cannot be kept, nothing is noted in ledgers and nobody is asked. */
function readInstallation(log: LogFile): Installation | null {
  try {
    return openInstallation(join(app.getPath('userData'), 'installation.json'), machineId(process.platform));
  } catch (fault) {
    log.write({ code: 'installation-unreadable', detail: faultDetail(fault) });
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

function noted(work: Promise<void>, { log }: FaultOptions): void {
  work.catch((fault: unknown) => {
    log.write({ code: 'tick-failed', detail: faultDetail(fault) });
  });
}

/** What goes on by itself while a window is open. */
function keepGoing(application: Application, faults: FaultOptions, warming: Warming): End {
  const ticking = setInterval(() => {
    noted(application.tick(), faults);
  }, TICK_MS);
  warming.within(WARM_MS);
  powerMonitor.on('resume', () => {
    application.wake();
    noted(application.tick(), faults); // what fell due meanwhile
  });
  return () => {
    clearInterval(ticking);
    warming.end();
    const code = application.beforeClosing().then(() => problemExit(application));
    endWith(code, application, faults);
  };
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
