/**
 * Holds the one open workplace, or why there is none. A ledger that cannot be written is opened for reading instead, and
 * for writing again as soon as it can be; while one is opened, whoever asks waits for it.
 */
import { warmReports } from './reports/warm-reports.ts';
import { fileSignature, findClinic, isReadOnlyCause, whyReadOnly } from '../ledger/index.ts';
import type { ReadOnlyCause } from '../ledger/index.ts';
import type { DraftRow } from '../security/index.ts';
import type { AppState, LedgerProblem } from '../../shared/contract/clinic.ts';
import type { StaffMember } from '../../shared/domain/clinic.ts';
import { refuse } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { appState } from './app-state.ts';
import { backUpOnClosing, backUpWhenDue } from './backup/scheduled-backup.ts';
import { signCheckpoint, signWhenDue } from './care/sign-checkpoint.ts';
import { isOtherInstallations, noteInstallation } from './installation/other-installation.ts';
import { DayListPrinter } from './day/print-day-list.ts';
import type { Surroundings } from './handlers.ts';
import { LookBackSession } from './look-back/session.ts';
import { keepErasuresInStep } from './patients/erase-patient.ts';
import { ExportScheduler } from './reports/scheduled-exports.ts';
import { writeSampleClinic } from './sample/write-sample-clinic.ts';
import { confirmWhatIsDue } from './tasks/confirm-due.ts';
import { Workplace } from './workplace.ts';

export interface OfficeOptions {
  readonly ledgerPath: string;
  /** The sample clinic's own file; never the clinic's. */
  readonly sampleLedgerPath: string;
  /** Begin in the sample clinic, made on first use. */
  readonly opensSample: boolean;
  /** The clock is a demonstration's: the clinic's own ledger is then never opened. */
  readonly isDemonstration?: boolean;
  /** A ledger that cannot be written is opened for reading, as a window does; true unless said otherwise. */
  readonly opensReadOnly?: boolean;
  readonly surroundings: Surroundings;
}

interface OpenOptions {
  readonly provesChain?: boolean;
}

/** What was typed while the key store could not be written, and whose store it belongs to. */
interface KeptDrafts {
  readonly path: string;
  readonly storeId: string;
  readonly rows: readonly DraftRow[];
}

export class Office {
  readonly #options: OfficeOptions;
  #place: Workplace | null = null;
  #problem: LedgerProblem | null = null;
  #path: string;
  #signature = '';
  /** Under way while a ledger is being opened or put in another's place. */
  #opening: Promise<void> | null = null;
  readonly lookBack = new LookBackSession();
  readonly #scheduler = new ExportScheduler();
  readonly #dayList = new DayListPrinter();

  constructor(options: OfficeOptions) {
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

  /** Why everything can be read and nothing entered, or null. */
  get readOnly(): ReadOnlyCause | null {
    return this.place?.readOnly ?? null;
  }

  /** Open, and nobody has set up a clinic in it yet. */
  get isEmpty(): boolean {
    return this.place !== null && findClinic(this.place.db) === null;
  }

  /** Open, and the last full verification found it not whole. */
  get isUnproven(): boolean {
    return this.place?.dailyProof.isUnproven ?? false;
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

  /** Resolves when no ledger is being opened. */
  async opened(): Promise<void> {
    while (this.#opening !== null) await this.#opening;
  }

  /** @param options.provesChain  as for `Workplace.open` */
  open(path: string, options: OpenOptions = {}): Promise<void> {
    return this.#alone(() => this.#openNow(path, options));
  }

  /** Closes what is open, does `work` while nobody can ask, and opens what lies at the path then. */
  whileClosed<Value>(work: () => Promise<Value>): Promise<Value> {
    return this.#alone(async () => {
      await this.close();
      try {
        return await work();
      } finally {
        await this.#openNow(this.#path, {});
      }
    });
  }

  /** What is shown is not what it was: every window asks again. */
  tellChange(): void {
    const length = this.#place?.ledger.head().seq ?? 0;
    this.#options.surroundings.emit('ledger.changed', { length });
  }

  /**
   * What somebody hopes for who asks again after a problem: the drive is back, the other copy is closed, there is room.
   * Costs a look at the disk while the ledger is read-only, and nothing where all is well.
   */
  async retry(): Promise<void> {
    if (this.problem === null && this.readOnly === null) return;
    await this.#alone(async () => {
      if (this.problem === null && !this.#mayHaveChanged()) return;
      // What failed is given up with its lock: whatever lies at the path is opened, or recovered, as at the start.
      await this.#openNow(this.#path, { provesChain: true });
    });
  }

  /** After a failure: a ledger that has become read-only goes on being read. */
  async fallBack(): Promise<void> {
    if (!isReadOnlyCause(this.problem)) return;
    await this.#alone(async () => {
      const { problem } = this;
      if (!isReadOnlyCause(problem) || this.#place === null) return;
      await this.#become(this.#path, () => this.#openForReading(this.#path, problem, { provesChain: true }));
    });
  }

  /** @param language  of the sample's patients, when it has to be made */
  async openSample(language: 'en' | 'zh'): Promise<void> {
    await this.open(this.#options.sampleLedgerPath);
    const { place } = this;
    if (place && place.readOnly === null && !findClinic(place.db)) await writeSampleClinic(place, language);
  }

  async leaveSample(): Promise<void> {
    await this.open(this.#options.ledgerPath);
  }

  async tick(): Promise<void> {
    if (this.readOnly !== null) await this.retry();
    const { place } = this;
    if (place === null || place.readOnly !== null) return;
    place.dailyProof.tick();
    await place.guarded(async () => {
      await confirmWhatIsDue(place);
      place.offers.consider(place.db, place.now());
    });
    await place.guarded(() => place.daySettling.run());
    if (findClinic(place.db)) {
      await place.guarded(() => this.#scheduler.run(place));
      await place.guarded(() => this.#dayList.run(place));
    }
    await place.guarded(() => noteInstallation(place));
    await place.guarded(() => signWhenDue(place));
    await backUpWhenDue(place);
    await this.fallBack();
  }

  /**
   * Settles the days that passed while nobody was here, and makes what will be asked for first quick to make. Only once
   * they are settled: a year that is measured from its books takes hundreds of megabytes and warms nothing.
   */
  async warm(): Promise<void> {
    const { place } = this;
    if (place === null) return;
    if (place.readOnly === null) await place.guarded(() => place.daySettling.run());
    await place.daySettling.finished();
    await place.guarded(() => warmReports(place, () => this.#place === place));
  }

  async settled(): Promise<void> {
    await this.#place?.offers.settled();
    await this.#place?.daySettling.finished();
  }

  async beforeClosing(): Promise<void> {
    const { place } = this;
    if (place === null || place.readOnly !== null) return;
    await place.guarded(() => signCheckpoint(place));
    await backUpOnClosing(place);
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
    const { path, place, seen, problem, readOnly } = this;
    const known = {
      path,
      place,
      seen,
      problem,
      readOnly,
      person: this.person(),
      lookBack: this.lookBack.state,
    };
    return appState(known, this.#options.surroundings);
  }

  /** Whether a ledger that is read-only can be written by now, or somebody else has written to it. */
  #mayHaveChanged(): boolean {
    if (this.readOnly === null) return false;
    return whyReadOnly(this.#path) === null || fileSignature(this.#path) !== this.#signature;
  }

  async #openNow(path: string, options: OpenOptions): Promise<void> {
    await this.#become(path, async () => {
      if (this.#isOthers(path)) return refuse('other-installation');
      const opened = await Workplace.open(path, this.#options.surroundings, options);
      const code = opened.ok ? null : opened.error.code;
      return isReadOnlyCause(code) ? this.#openForReading(path, code, options) : opened;
    });
  }

  /** Written by another installation: nothing is written before a person has said what it is. */
  #isOthers(path: string): boolean {
    const installation = this.#options.surroundings.installation?.() ?? null;
    return path !== this.#options.sampleLedgerPath && isOtherInstallations(path, installation);
  }

  /** A ledger without a clinic has nothing to be read: then the problem is what there is to tell. */
  async #openForReading(
    path: string,
    cause: ReadOnlyCause,
    options: OpenOptions,
  ): Promise<Result<Workplace, LedgerProblem>> {
    if (!(this.#options.opensReadOnly ?? true)) return refuse(cause);
    const opened = await Workplace.openReadOnly(path, this.#options.surroundings, cause, options);
    if (opened.ok) {
      if (findClinic(opened.value.db) !== null) return opened;
      await opened.value.close();
      return refuse(cause);
    }
    // What stood in the way of reading tells more only where it is another problem.
    return opened.error.code === 'folder-missing' ? refuse(cause) : opened;
  }

  /** Puts what `openIt` opens in the place of what is open, with the drafts that were typed meanwhile. */
  async #become(path: string, openIt: () => Promise<Result<Workplace, LedgerProblem>>): Promise<void> {
    const { surroundings } = this.#options;
    const drafts = this.#keptDrafts();
    await this.close();
    this.#path = path;
    const opened = await openIt();
    this.#place = opened.ok ? opened.value : null;
    this.#problem = opened.ok ? null : opened.error.code;
    if (!opened.ok) {
      surroundings.log({ code: opened.error.code });
      return;
    }
    const place = opened.value;
    this.#signature = fileSignature(path);
    if (place.readOnly !== null) surroundings.log({ code: place.readOnly, detail: 'read-only' });
    if (drafts?.path === path && drafts.storeId === place.keys.storeId)
      place.keys.drafts.putBack(drafts.rows);
    place.ledger.onCommit(({ lastSeq }) => {
      surroundings.emit('ledger.changed', { length: lastSeq });
      place.offers.renew(place.db, place.now());
      place.daySettling.soon();
    });
    if (place.readOnly === null) {
      await place.guarded(() => keepErasuresInStep(place));
      await place.guarded(() => noteInstallation(place));
    }
    this.tellChange();
  }

  #keptDrafts(): KeptDrafts | null {
    const place = this.#place;
    if (place === null || place.readOnly === null) return null;
    const { keys } = place;
    return { path: this.#path, storeId: keys.storeId, rows: keys.drafts.listSealed() };
  }

  /** Runs `work` alone; whoever asks meanwhile waits. */
  async #alone<Value>(work: () => Promise<Value>): Promise<Value> {
    await this.opened();
    const done = work();
    this.#opening = done.then(
      () => undefined,
      () => undefined,
    );
    try {
      return await done;
    } finally {
      this.#opening = null;
    }
  }
}
