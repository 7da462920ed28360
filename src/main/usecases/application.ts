/**
 * The application: which ledger is open, and a handler for every channel of the contract. Opens the clinic's own
 * ledger or the sample's, never both; a ledger that cannot be opened leaves a problem for the window to explain.
 */
import { findClinic, listStaff } from '../ledger/index.ts';
import type { AppState, LedgerProblem } from '../../shared/contract/clinic.ts';
import type { StaffMember } from '../../shared/domain/clinic.ts';
import { DEFAULT_IDENTIFIERS } from '../../shared/domain/day-list.ts';
import { accept, refuse } from '../../shared/result.ts';
import { backupHandlers } from './backup/handlers.ts';
import { backUpOnClosing, backUpWhenDue } from './backup/scheduled-backup.ts';
import { DayListPrinter } from './day/print-day-list.ts';
import { confirmClock } from './clinic/confirm-clock.ts';
import { createClinic } from './clinic/create-clinic.ts';
import { recoveryHandlers } from './care/recovery.ts';
import { signCheckpoint, signWhenDue } from './care/sign-checkpoint.ts';
import { readIdentifiers, setIdentifiers } from './clinic/identifiers.ts';
import { setClinic, setSubsystem } from './clinic/settings.ts';
import { setWorkKind } from './clinic/set-work-kind.ts';
import { setStaff, switchPerson } from './clinic/staff.ts';
import type { Application, Handlers, Surroundings } from './handlers.ts';
import { commitImport } from './imports/commit-import.ts';
import { previewImport } from './imports/preview-import.ts';
import { ImportRun } from './imports/read-export.ts';
import { listImports, reverseImport } from './imports/reverse-import.ts';
import { LookBackSession, refusingInThePast } from './look-back/session.ts';
import { ledgerHandlers } from './ledger/handlers.ts';
import { readSubsystems } from './planning/books.ts';
import { planHandlers } from './plan-handlers.ts';
import { pathwayHandlers } from './pathways/index.ts';
import { listPools } from './pools/list-pools.ts';
import { setPool } from './pools/set-pool.ts';
import { findTasks } from './queue/find-tasks.ts';
import { findInQueue, getQueue, getQueueIds } from './queue/get-queue.ts';
import { getViews, setViews } from './queue/saved-views.ts';
import { reportHandlers } from './reports/handlers.ts';
import { ExportScheduler } from './reports/scheduled-exports.ts';
import { writeSampleClinic } from './sample/write-sample-clinic.ts';
import { actOnTask } from './tasks/act-on-task.ts';
import { actOnTasks } from './tasks/act-on-tasks.ts';
import { amendTask } from './tasks/amend-task.ts';
import { getDraft, getWorkKinds, searchPatients, setDraft } from './tasks/form-support.ts';
import { getTask } from './tasks/get-task.ts';
import { getToday, waitingCounts } from './tasks/get-today.ts';
import { getWorkspace } from './tasks/get-workspace.ts';
import { quoteTask } from './tasks/quote-task.ts';
import { rescheduleTask, undoReschedule } from './tasks/reschedule-task.ts';
import { undoTask } from './tasks/undo-task.ts';
import { quoteSeries, submitSeries } from './tasks/task-series.ts';
import { submitTask } from './tasks/submit-task.ts';
import { confirmWhatIsDue } from './tasks/confirm-due.ts';
import { getTimeline } from './timeline/get-timeline.ts';
import { printTimeline } from './timeline/print-timeline.ts';
import { getVerdict } from './timeline/get-verdict.ts';
import type { Usecase } from './usecase.ts';
import { within } from './usecase.ts';
import { Workplace } from './workplace.ts';

export interface ApplicationOptions {
  readonly ledgerPath: string;
  /** The sample clinic's own file; never the clinic's. */
  readonly sampleLedgerPath: string;
  /** Begin in the sample clinic, made on first use. */
  readonly opensSample: boolean;
  /** The clock is a demonstration's: the clinic's own ledger is then never opened. */
  readonly isDemonstration?: boolean;
  readonly surroundings: Surroundings;
}

export async function createApplication(options: ApplicationOptions): Promise<Application> {
  const office = new Office(options);
  if (options.opensSample || options.isDemonstration)
    await office.openSample(options.surroundings.systemLocale ?? 'en');
  else await office.open(options.ledgerPath);
  return {
    handlers: handlersOf(office, options),
    person: () => office.person(),
    tick: () => office.tick(),
    wake: () => office.wake(),
    settled: () => office.settled(),
    beforeClosing: () => office.beforeClosing(),
    close: () => office.close(),
  };
}

/** Holds the one open workplace, or why there is none. */
class Office {
  readonly #options: ApplicationOptions;
  #place: Workplace | null = null;
  #problem: LedgerProblem | null = null;
  #path: string;
  #isRetrying = false;
  readonly lookBack = new LookBackSession();
  readonly #scheduler = new ExportScheduler();
  readonly #dayList = new DayListPrinter();

  constructor(options: ApplicationOptions) {
    this.#options = options;
    this.#path = options.ledgerPath;
  }

  /** Null while the ledger could not be opened, or has failed and not been opened anew. */
  get place(): Workplace | null {
    return this.#place?.problem === null ? this.#place : null;
  }

  /** The workplace as it is looked at: now, or as of an instant. */
  get seen(): Workplace | null {
    return this.lookBack.seenFrom(this.place);
  }

  /** Why there is no ledger to work on, or null: it could not be opened, or failed while it was open. */
  get problem(): LedgerProblem | null {
    return this.#place?.problem ?? this.#problem;
  }

  /** Open, and nobody has set up a clinic in it yet. */
  get isEmpty(): boolean {
    return this.place !== null && findClinic(this.place.db) === null;
  }

  get path(): string {
    return this.#path;
  }

  person(): StaffMember | null {
    return this.place?.person() ?? null;
  }

  get isInSample(): boolean {
    return this.#path === this.#options.sampleLedgerPath;
  }

  get isDemonstration(): boolean {
    return this.#options.isDemonstration ?? false;
  }

  /** @param options.provesChain  as for `Workplace.open` */
  async open(path: string, options: { readonly provesChain?: boolean } = {}): Promise<void> {
    await this.close();
    this.#path = path;
    const opened = await Workplace.open(path, this.#options.surroundings, options);
    this.#place = opened.ok ? opened.value : null;
    this.#problem = opened.ok ? null : opened.error.code;
    if (!opened.ok) {
      this.#options.surroundings.log({ code: opened.error.code });
      return;
    }
    const place = opened.value;
    place.ledger.onCommit(({ lastSeq }) => {
      this.#options.surroundings.emit('ledger.changed', { length: lastSeq });
      place.offers.renew(place.db, place.now());
    });
    this.tellChange();
  }

  /** What is shown is not what it was: every window asks again. */
  tellChange(): void {
    const length = this.#place?.ledger.head().seq ?? 0;
    this.#options.surroundings.emit('ledger.changed', { length });
  }

  /** What somebody hopes for who asks again after a problem: the drive is back, the other copy is closed. */
  async retry(): Promise<void> {
    if (this.problem === null || this.#isRetrying) return;
    this.#isRetrying = true;
    try {
      // What failed is given up with its lock: whatever lies at the path is opened, or recovered, as at the start.
      await this.open(this.#path, { provesChain: true });
    } finally {
      this.#isRetrying = false;
    }
  }

  /** @param language  of the sample's patients, when it has to be made */
  async openSample(language: 'en' | 'zh'): Promise<void> {
    await this.open(this.#options.sampleLedgerPath);
    if (this.place && !findClinic(this.place.db)) await writeSampleClinic(this.place, language);
  }

  async leaveSample(): Promise<void> {
    await this.open(this.#options.ledgerPath);
  }

  async tick(): Promise<void> {
    const { place } = this;
    place?.dailyProof.tick();
    await place?.guarded(async () => {
      await confirmWhatIsDue(place);
      place.offers.consider(place.db, place.now());
    });
    await place?.guarded(() => place.daySettling.run());
    if (place && findClinic(place.db)) {
      await place.guarded(() => this.#scheduler.run(place));
      await place.guarded(() => this.#dayList.run(place));
    }
    await place?.guarded(() => signWhenDue(place));
    if (place) await backUpWhenDue(place);
  }

  async settled(): Promise<void> {
    await this.#place?.offers.settled();
  }

  async beforeClosing(): Promise<void> {
    const { place } = this;
    await place?.guarded(() => signCheckpoint(place));
    if (place) await backUpOnClosing(place);
  }

  wake(): void {
    this.#place?.ledger.allowPause();
  }

  async close(): Promise<void> {
    const place = this.#place;
    this.lookBack.end();
    this.#place = null;
    await place?.close();
  }

  state(): AppState {
    const { place } = this;
    const { surroundings } = this.#options;
    const head = place?.ledger.head() ?? null;
    return {
      version: surroundings.version,
      runtimeFlavor: surroundings.runtimeFlavor,
      ledgerPath: this.#path,
      problem: this.problem,
      clinic: place ? findClinic(place.db) : null,
      locale: surroundings.systemLocale,
      theme: 'system',
      systemTimeZone: surroundings.systemTimeZone,
      staff: place ? listStaff(place.db) : [],
      person: this.person(),
      subsystems: place ? readSubsystems(place.db) : [],
      identifiers: place ? readIdentifiers(place.db) : DEFAULT_IDENTIFIERS,
      waitingCounts: this.seen ? waitingCounts(this.seen.db) : NOBODY_WAITS,
      head: head && { epoch: head.epoch, length: head.seq, hash: head.hash },
      lookBack: this.lookBack.state,
    };
  }
}

const NOBODY_WAITS: AppState['waitingCounts'] = {
  records: 0,
  imaging: 0,
  insurance: 0,
  research: 0,
  monitoring: 0,
};

function handlersOf(office: Office, options: ApplicationOptions): Handlers {
  const now = () => office.place;
  const current = () => office.seen;
  const imports = new ImportRun();
  const handlers: Handlers = {
    ...officeHandlers(office),
    ...recoveryHandlers(office, options.surroundings),
    ...planHandlers(current),
    ...pathwayHandlers(current),
    'clinic.create': within(current, createClinic),
    'clinic.set': within(current, setClinic),
    'identifiers.set': within(current, setIdentifiers),
    'person.switch': within(current, switchPerson),
    'staff.set': within(current, setStaff),
    'subsystem.set': within(current, setSubsystem),
    'clock.confirm': within(now, confirmClock),
    ...backupHandlers(now),
    'workspace.get': within(current, getWorkspace),
    'today.get': within(current, getToday),
    'task.get': within(current, getTask),
    'task.quote': within(current, quoteTask),
    'task.submit': within(current, submitTask),
    'task.quote-series': within(current, quoteSeries),
    'task.submit-series': within(current, submitSeries),
    'task.amend': within(current, amendTask),
    'task.act': within(current, actOnTask),
    'task.reschedule': within(current, rescheduleTask),
    'task.undo-reschedule': within(current, undoReschedule),
    'timeline.get': within(current, getTimeline),
    'timeline.print': within(current, printTimeline),
    'timeline.verdict': within(current, getVerdict),
    'task.act-many': within(current, actOnTasks),
    'task.undo': within(current, undoTask),
    'queue.get': within(current, getQueue),
    'queue.ids': within(current, getQueueIds),
    'queue.find': within(current, findInQueue),
    'views.get': within(current, getViews),
    'views.set': within(current, setViews),
    'task.find': within(current, findTasks),
    'work-kind.set': within(current, setWorkKind),
    'work-kind.list': within(current, getWorkKinds),
    'patient.search': within(current, searchPatients),
    'draft.get': within(current, getDraft),
    'draft.set': within(current, setDraft),
    'pool.list': within(current, listPools),
    'pool.set': within(current, setPool),
    'import.choose-folder': within(current, chooseFolder),
    'import.preview': within(current, previewImport(imports)),
    'import.commit': within(current, commitImport(imports)),
    'import.cancel': () => {
      imports.cancel();
      return Promise.resolve(accept({}));
    },
    'import.list': within(current, listImports),
    'import.reverse': within(current, reverseImport),
    ...ledgerHandlers(current),
    ...reportHandlers(current),
  };
  return refusingInThePast(handlers, office.lookBack);
}

const chooseFolder: Usecase<'import.choose-folder'> = async (place) =>
  accept({ folder: await place.surroundings.chooseFolder() });

type OfficeChannel =
  'app.state' | 'look-back.set' | 'sample.open' | 'sample.leave' | 'preference.set' | 'print.job';

/** Channels about the application rather than about an open ledger. Looks and print jobs belong to the window. */
function officeHandlers(office: Office): Pick<Handlers, OfficeChannel> {
  return {
    'app.state': async () => {
      await office.retry();
      return accept(office.state());
    },
    'look-back.set': ({ to }) => {
      const live = office.place;
      const answer = live === null ? refuse('ledger-unavailable' as const) : office.lookBack.set(live, to);
      if (live !== null && answer.ok) office.tellChange();
      return Promise.resolve(answer);
    },
    'sample.open': async ({ language }) => {
      await office.openSample(language);
      return accept({});
    },
    'sample.leave': async () => {
      if (!office.isInSample) return refuse('not-a-sample');
      if (office.isDemonstration) return refuse('demonstration');
      await office.leaveSample();
      return accept({});
    },
    'preference.set': () => Promise.resolve(accept({})),
    'print.job': () => Promise.resolve(refuse('no-print-job')),
  };
}
