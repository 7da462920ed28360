/**
 * One open ledger with its keys: what every use case works on. Opens both or neither, runs commands so that each has
 * an id, a digest of its body and a person, and after a storage failure reopens and verifies before going on.
 */
import type {
  Clock,
  Head,
  Ledger,
  LedgerTx,
  LookBackAt,
  OpenRefusal,
  ReadDb,
  ReadOnlyCause,
  WriteRefusal,
} from '../ledger/index.ts';
import {
  canonicalJson,
  findPatient,
  isOfDatabase,
  listPatients,
  openLedger,
  openLedgerReadOnly,
  storageFailureOf,
  SYSTEM_ACTOR,
  whyReadOnly,
} from '../ledger/index.ts';
import type { KeyStore, KeyStoreRefusal } from '../security/index.ts';
import { KeyStoreDamaged, openKeyStore, openKeyStoreInMemory, personAtDesk } from '../security/index.ts';
import type { CommonError } from '../../shared/contract/channel.ts';
import type { LedgerProblem } from '../../shared/contract/clinic.ts';
import type { StaffMember } from '../../shared/domain/clinic.ts';
import type { CommandId, PatientId, StaffId } from '../../shared/ids.ts';
import type { Refusal, Result } from '../../shared/result.ts';
import { accept, refuse } from '../../shared/result.ts';
import type { Instant } from '../../shared/units.ts';
import { instant } from '../../shared/units.ts';
import { DaySettling } from './clinic/settle-days.ts';
import { DailyProof } from './care/daily-proof.ts';
import type { Surroundings } from './handlers.ts';
import { IdentityBook } from './identities.ts';
import { PastView } from './look-back/past-view.ts';
import { Offers } from './planning/offers.ts';
import { Proposals } from './planning/proposals.ts';
import { Quoting } from './planning/quoting.ts';
import { Rescheduling } from './planning/rescheduling.ts';
import { QueueBook } from './queue/queue-book.ts';
import { UndoBook } from './tasks/undo-book.ts';

/** What a command is and who gives it. */
export interface CommandOf {
  readonly commandId: CommandId;
  /** The validated request; its keyed digest tells the same command from another with its id. */
  readonly body: unknown;
  /** Unless said otherwise the person at the desk; before there is one, the system. */
  readonly actor?: StaffId;
}

/** What the files themselves can be wrong in. */
export type FileProblem = Exclude<LedgerProblem, 'other-installation'>;

/** What a window or a terminal is told of a ledger that is not opened. */
export const PROBLEM_OF: Readonly<Record<OpenRefusal | KeyStoreRefusal, FileProblem>> = {
  'folder-missing': 'folder-missing',
  'ledger-on-network': 'ledger-on-network',
  'ledger-missing': 'folder-missing',
  'not-a-ledger': 'not-a-ledger',
  'ledger-newer': 'ledger-newer',
  'storage-unsuitable': 'ledger-io',
  'ledger-damaged': 'ledger-damaged',
  'ledger-read-only': 'ledger-read-only',
  'ledger-busy': 'ledger-busy',
  'disk-full': 'disk-full',
  'ledger-io': 'ledger-io',
  'key-store-missing': 'keys-missing',
  'not-a-key-store': 'keys-damaged',
  'key-store-newer': 'ledger-newer',
  'key-store-damaged': 'keys-damaged',
};

const COMMON_OF: Readonly<Record<WriteRefusal, CommonError>> = {
  'ledger-closed': 'ledger-unavailable',
  'ledger-damaged': 'ledger-unavailable',
  'ledger-busy': 'ledger-unavailable',
  'ledger-read-only': 'ledger-read-only',
  'disk-full': 'disk-full',
  'ledger-io': 'ledger-io',
  'command-id-reused': 'command-id-reused',
  'clock-jump': 'clock-jump',
};

export class Workplace {
  readonly ledger: Ledger;
  readonly identities: IdentityBook;
  readonly quoting: Quoting;
  readonly proposals: Proposals;
  readonly offers: Offers;
  readonly rescheduling: Rescheduling;
  readonly undoBook = new UndoBook();
  readonly dailyProof: DailyProof;
  readonly queues: QueueBook;
  readonly daySettling: DaySettling;
  readonly surroundings: Surroundings;
  /** Set where this is the workplace as of an instant: reads answer as of then, and nothing is written. */
  readonly past: PastView | null;
  readonly #live: Workplace | null;
  #keys: KeyStore;
  #lost: LedgerProblem | null = null;
  #reopening: Promise<void> | null = null;

  private constructor(
    ledger: Ledger,
    keys: KeyStore,
    surroundings: Surroundings,
    then: { readonly live: Workplace; readonly past: PastView } | null = null,
  ) {
    this.ledger = ledger;
    this.#keys = keys;
    this.surroundings = surroundings;
    this.#live = then?.live ?? null;
    this.past = then?.past ?? null;
    this.identities = new IdentityBook(() => this.keys);
    this.queues = new QueueBook(this.identities);
    this.quoting = new Quoting(surroundings.timeZoneData);
    this.proposals = new Proposals(surroundings.timeZoneData);
    this.offers = new Offers(surroundings.timeZoneData, {
      changed: () => surroundings.emit('offer.changed', {}),
      failed: (fault) => surroundings.log({ code: 'search-failed', detail: String(fault) }),
    });
    this.rescheduling = new Rescheduling(surroundings.timeZoneData);
    const onChange = (): void => surroundings.emit('ledger.changed', { length: ledger.head().seq });
    this.daySettling = then?.live.daySettling ?? new DaySettling(this);
    this.dailyProof = then?.live.dailyProof ?? new DailyProof(ledger.readPath, surroundings, onChange);
  }

  /**
   * Opens the ledger at `path`, making it where there is none, and its key store.
   * @param options.provesChain  verifies every entry first: after the ledger has failed
   */
  static async open(
    path: string,
    surroundings: Surroundings,
    options: { readonly provesChain?: boolean } = {},
  ): Promise<Result<Workplace, LedgerProblem>> {
    const clock = { nowMs: () => surroundings.nowMs() };
    const opened = await openLedger({ path, clock, ...options });
    if (!opened.ok) return refuse(PROBLEM_OF[opened.error.code]);
    const cause = whyReadOnly(path); // a full disk lets a file be opened, and refuses the first command
    if (cause === null) return Workplace.#withKeys(opened.value, surroundings, openKeysOf);
    await opened.value.close();
    return refuse(PROBLEM_OF[cause]);
  }

  /**
   * Opens a ledger that cannot be written, for reading: every command is refused, and drafts are kept in memory.
   * @param cause  why it cannot be written
   * @param options.provesChain  as above
   */
  static async openReadOnly(
    path: string,
    surroundings: Surroundings,
    cause: ReadOnlyCause,
    options: { readonly provesChain?: boolean } = {},
  ): Promise<Result<Workplace, LedgerProblem>> {
    const clock = { nowMs: () => surroundings.nowMs() };
    const opened = await openLedgerReadOnly({ path, clock, cause, ...options });
    if (!opened.ok) return refuse(PROBLEM_OF[opened.error.code]);
    return Workplace.#withKeys(opened.value, surroundings, openKeysInMemory);
  }

  static async #withKeys(
    ledger: Ledger,
    surroundings: Surroundings,
    openKeys: typeof openKeysOf,
  ): Promise<Result<Workplace, LedgerProblem>> {
    const keys = openKeys(ledger, { nowMs: () => surroundings.nowMs() });
    if (keys.ok) return accept(new Workplace(ledger, keys.value, surroundings));
    await ledger.close();
    return keys;
  }

  /** The keys as they were opened last: `reopen` replaces them. */
  get keys(): KeyStore {
    return this.#live?.keys ?? this.#keys;
  }

  /** Why nothing can be read or written here, or null: the storage failed, and opening anew did not help. */
  get problem(): LedgerProblem | null {
    const { state } = this.ledger;
    return this.#lost ?? (state.status === 'failed' ? PROBLEM_OF[state.failure] : null);
  }

  /** Why everything can be read here and nothing written, or null. */
  get readOnly(): ReadOnlyCause | null {
    const { state } = this.ledger;
    return state.status === 'read-only' ? state.failure : null;
  }

  /** The same books as of an instant, for reading. `past` is to be closed. */
  asOf(asked: LookBackAt): Workplace {
    const past = new PastView(this.ledger, asked);
    return new Workplace(this.ledger, this.keys, this.surroundings, { live: this, past });
  }

  /** Committed rows only. */
  get db(): ReadDb {
    return this.past?.db ?? this.ledger.db;
  }

  now(): Instant {
    return this.past?.now ?? instant(Math.floor(this.surroundings.nowMs() / 1000));
  }

  /** The end of the chain that everything here was read from. */
  head(): Head {
    return this.past?.head ?? this.ledger.head();
  }

  /** Whoever is at the desk now, also when the books of another time are open. */
  person(): StaffMember | null {
    return personAtDesk(this.ledger.db);
  }

  knowsPatient(id: PatientId): boolean {
    return findPatient(this.db, id)?.identity != null;
  }

  /**
   * Runs one command in the ledger. Storage failures become refusals of every channel; the ledger is then opened anew
   * and verified before it takes another command.
   */
  async command<Outcome extends Result<unknown>>(
    command: CommandOf,
    work: (tx: LedgerTx) => Outcome | Promise<Outcome>,
  ): Promise<Outcome | { readonly ok: false; readonly error: Refusal<CommonError> }> {
    if (this.past) return refuse('looking-back');
    const result: Result<unknown> = await this.ledger.write<unknown, string>(
      {
        commandId: command.commandId,
        bodyDigest: this.keys.digest(canonicalJson(command.body)),
        actor: command.actor ?? this.person()?.id ?? SYSTEM_ACTOR,
      },
      work,
    );
    if (result.ok) return result as Outcome; // what `work` returned, now or when the command came first
    if (this.ledger.state.status === 'failed') {
      this.surroundings.log({ code: result.error.code });
      await this.reopen();
    }
    const { code, params, retryable } = result.error;
    if (isWriteRefusal(code)) return refuse(COMMON_OF[code], params, retryable);
    return result as Outcome; // a refusal of `work` itself
  }

  /** Waits for what is being written, then gives both files back. */
  async close(): Promise<void> {
    await this.daySettling.stop();
    await this.dailyProof.stop();
    await this.offers.close();
    await this.ledger.close();
    this.keys.close();
  }

  /**
   * Runs whatever reads or writes outside a command as well. A failure of the storage becomes a refusal, once both files
   * have been opened anew; anything else is thrown on.
   */
  async guarded<Outcome>(
    work: () => Outcome | Promise<Outcome>,
  ): Promise<Outcome | { readonly ok: false; readonly error: Refusal<CommonError> }> {
    try {
      return await work();
    } catch (error) {
      const code = commonErrorOf(error) ?? (this.problem === null ? null : 'ledger-unavailable');
      if (code === null) throw error;
      this.surroundings.log({ code });
      await this.reopen();
      return refuse(code, {}, true);
    }
  }

  /** Closes both files, opens them again and verifies them whole. Afterwards `problem` says whether that has helped. */
  reopen(): Promise<void> {
    this.#reopening ??= this.#reopenNow().finally(() => (this.#reopening = null));
    return this.#reopening;
  }

  async #reopenNow(): Promise<void> {
    this.#lost = (this.readOnly === null ? whyReadOnly(this.ledger.path) : null) ?? (await this.#openBoth());
    this.surroundings.log({ code: this.#lost ?? 'ledger-reopened' });
    if (this.#lost !== null) this.surroundings.emit('ledger.changed', { length: 0 }); // the window asks, and is told the problem
  }

  async #openBoth(): Promise<LedgerProblem | null> {
    const ledger = await this.ledger.reopen();
    return ledger.ok ? this.#reopenKeys() : problemOf(ledger.error.code);
  }

  #reopenKeys(): LedgerProblem | null {
    if (this.readOnly !== null) return null; // they are in memory, with what was typed since
    this.#keys.close();
    const keys = openKeysOf(this.ledger, { nowMs: () => this.surroundings.nowMs() });
    if (keys.ok) this.#keys = keys.value;
    return keys.ok ? null : keys.error.code;
  }
}

/** Every row of it is checked. A missing key store is made only for a ledger without patients. */
function openKeysOf(ledger: Ledger, clock: Clock): Result<KeyStore, LedgerProblem> {
  try {
    const mayCreate = listPatients(ledger.db, null).length === 0;
    const keys = openKeyStore({ ledgerPath: ledger.path, clock, mayCreate });
    return keys.ok ? keys : refuse(PROBLEM_OF[keys.error.code]);
  } catch (error) {
    const failure = storageFailureOf(error);
    if (failure === null) throw error;
    return refuse(PROBLEM_OF[failure]);
  }
}

function openKeysInMemory(ledger: Ledger, clock: Clock): Result<KeyStore, LedgerProblem> {
  const keys = openKeyStoreInMemory(ledger.path, clock);
  return keys.ok ? keys : refuse(PROBLEM_OF[keys.error.code]);
}

function problemOf(code: OpenRefusal | 'ledger-closed'): LedgerProblem {
  return code === 'ledger-closed' ? 'ledger-io' : PROBLEM_OF[code];
}

/** What a write that was refused tells of the ledger. */
export function problemOfWriting(code: OpenRefusal | WriteRefusal): LedgerProblem {
  const isOfCommand = code === 'ledger-closed' || code === 'command-id-reused' || code === 'clock-jump';
  return isOfCommand ? 'ledger-io' : PROBLEM_OF[code];
}

/** What an error of either file is called on every channel; null for any other. */
function commonErrorOf(error: unknown): CommonError | null {
  if (error instanceof KeyStoreDamaged) return 'ledger-unavailable';
  const failure = isOfDatabase(error) ? storageFailureOf(error) : null;
  return failure === null ? null : COMMON_OF[failure];
}

function isWriteRefusal(code: string): code is WriteRefusal {
  return Object.hasOwn(COMMON_OF, code);
}
