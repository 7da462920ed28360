/**
 * The one writer of a ledger. Commands pass one at a time: entry, projections and reply are committed together or not
 * at all. After an I/O, full-disk or corruption error nothing more is written until `reopen` has verified the file: a
 * commit after a failed sync may be reported as done and be lost. Reads go through a connection that cannot write.
 */
import type { CommandId, StaffId } from '../../shared/ids.ts';
import { accept, refuse } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { instant } from '../../shared/units.ts';
import type { Instant } from '../../shared/units.ts';
import type { EntryWriter } from './append.ts';
import { findCommand, rememberCommand } from './commands.ts';
import type { Connection } from './connection.ts';
import type { EntryKind, EntryPayloads } from './entry-kinds/index.ts';
import type { ReadDb, WriteDb } from './handles.ts';
import type { HybridClock } from './hybrid-clock.ts';
import type { Head } from './queries/head.ts';
import type { Digest } from './sealed.ts';
import { isRetryable, storageFailureOf } from './sqlite-failure.ts';
import type { StorageFailure } from './sqlite-failure.ts';

export interface Command {
  readonly commandId: CommandId;
  /** Keyed digest of the canonical request body (`KeyStore.digest`). */
  readonly bodyDigest: Digest;
  /** The person at the desk, or `SYSTEM_ACTOR`. */
  readonly actor: StaffId;
}

/**
 * Why a ledger is not opened. Precedence is the order here. `params`: `version` with `ledger-newer`, `seq` with
 * `ledger-damaged` where known.
 */
export type OpenRefusal =
  | 'folder-missing'
  | 'ledger-missing'
  | 'not-a-ledger'
  | 'ledger-newer'
  | 'storage-unsuitable'
  | StorageFailure;

/** Precedence of the refusals of `write` is their order here. */
export type WriteRefusal = 'ledger-closed' | StorageFailure | 'command-id-reused' | 'clock-jump';

/** What a command's work may do. It is dead once the work has ended. */
export interface LedgerTx {
  /** The wall clock when the command began: UTC seconds. */
  readonly now: Instant;
  /** Reads that see what this transaction has written. */
  readonly db: ReadDb;
  /**
   * Appends an entry and applies it to the projections.
   * @param options.effective  when it happened; `now` unless said otherwise
   * @returns its sequence number
   * @throws ZodError or ProjectionConflict when it does not fit (caller bug)
   */
  append<Kind extends EntryKind>(
    kind: Kind,
    payload: EntryPayloads[Kind],
    options?: { readonly effective?: Instant },
  ): number;
}

/** A commit that has happened: entries `firstSeq` to `lastSeq`. */
export interface Commit {
  readonly firstSeq: number;
  readonly lastSeq: number;
}

/** What one opening of the file consists of; `reopen` makes a new one. */
export interface OpenFile {
  readonly writer: Connection;
  readonly reader: Connection;
  readonly writeDb: WriteDb;
  readonly txDb: ReadDb;
  readonly readDb: ReadDb;
  readonly entries: EntryWriter;
  readonly clock: HybridClock;
}

export type LedgerState =
  | { readonly status: 'open' }
  | { readonly status: 'failed'; readonly failure: StorageFailure }
  | { readonly status: 'closed' };

type Work<Reply, Code extends string> = (tx: LedgerTx) => Result<Reply, Code> | Promise<Result<Reply, Code>>;

export class Ledger {
  readonly path: string;
  #file: OpenFile;
  #state: LedgerState = { status: 'open' };
  #queue: Promise<unknown> = Promise.resolve();
  readonly #listeners = new Set<(commit: Commit) => void>();
  readonly #openAgain: () => Promise<Result<OpenFile, OpenRefusal>>;
  readonly #release: () => void;

  /**
   * Use `openLedger`.
   * @param openAgain  opens the same file once more and verifies it
   * @param release  gives the writer's lock back
   */
  constructor(
    path: string,
    file: OpenFile,
    openAgain: () => Promise<Result<OpenFile, OpenRefusal>>,
    release: () => void,
  ) {
    this.path = path;
    this.#file = file;
    this.#openAgain = openAgain;
    this.#release = release;
  }

  get state(): LedgerState {
    return this.#state;
  }

  /** Committed rows only; cannot write. Taken anew for each use: `reopen` replaces it. */
  get db(): ReadDb {
    return this.#file.readDb;
  }

  /** The last committed entry, or the last of the transaction that is being written. */
  head(): Head {
    return this.#file.entries.head();
  }

  /** Calls `listener` after every commit that wrote entries. @returns the way to stop it */
  onCommit(listener: (commit: Commit) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Reads the wall clock, as a running application does every minute. @returns false: a person must confirm it */
  observeClock(): boolean {
    return this.#file.clock.observe() === null;
  }

  /** A person has said that the wall clock is right: `clock-jump` is lifted. */
  confirmClock(): void {
    this.#file.clock.confirm();
  }

  /**
   * Does one command: waits its turn, runs `work`, commits when it accepts and rolls everything back when it refuses or
   * throws. `work` may await between appends: other commands wait, reads go on with what was committed before.
   * @returns what `work` returned; for an accepted command that is sent again, its first reply
   * @throws what `work` throws, unless it is a storage failure
   */
  write<Reply, Code extends string>(
    command: Command,
    work: Work<Reply, Code>,
  ): Promise<Result<Reply, Code | WriteRefusal>> {
    return this.#inTurn(() => this.#writeNow(command, work));
  }

  /** Runs `task` when no command is being written, and lets none begin before it has ended (a backup's snapshot). */
  inTurn<Value>(task: () => Promise<Value>): Promise<Value> {
    return this.#inTurn(task);
  }

  /**
   * After a failure: closes, opens and verifies the whole chain. The ledger takes commands again only if all is well.
   * What was acknowledged before the failure is there; a command whose answer was a failure may be sent again.
   */
  reopen(): Promise<Result<Head, OpenRefusal | 'ledger-closed'>> {
    return this.#inTurn(async () => {
      if (this.#state.status === 'closed') return refuse('ledger-closed');
      this.#state =
        this.#state.status === 'failed' ? this.#state : { status: 'failed', failure: 'ledger-io' };
      this.#closeFile();
      const again = await this.#openAgain();
      if (!again.ok) {
        return again;
      }
      this.#file = again.value;
      this.#state = { status: 'open' };
      return accept(this.head());
    });
  }

  /** Waits for the command in work, then closes. Safe to call twice. */
  close(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#state.status === 'closed') return;
      this.#state = { status: 'closed' };
      this.#closeFile();
      this.#release();
    });
  }

  #inTurn<Value>(task: () => Promise<Value>): Promise<Value> {
    const turn = this.#queue.then(task);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  async #writeNow<Reply, Code extends string>(
    command: Command,
    work: Work<Reply, Code>,
  ): Promise<Result<Reply, Code | WriteRefusal>> {
    if (this.#state.status === 'closed') return refuse('ledger-closed');
    if (this.#state.status === 'failed')
      return refuse(this.#state.failure, {}, isRetryable(this.#state.failure));
    const before = this.head();
    try {
      const answered = this.#answeredBefore<Reply>(command);
      if (answered) return answered;
      const jump = this.#file.clock.observe();
      if (jump) return refuse('clock-jump', { believedMs: jump.believedMs, nowMs: jump.nowMs }, true);
      const result = await this.#transact(command, work);
      if (!result.ok) return result;
      const commit = { firstSeq: before.seq + 1, lastSeq: this.head().seq };
      queueMicrotask(() => this.#announce(commit));
      return result;
    } catch (error) {
      this.#rollBack(before);
      const failure = storageFailureOf(error);
      if (failure === null) throw error;
      if (failure !== 'ledger-busy') this.#state = { status: 'failed', failure };
      return refuse(failure, {}, isRetryable(failure));
    }
  }

  #answeredBefore<Reply>(command: Command): Result<Reply, 'command-id-reused'> | null {
    const memory = findCommand(this.#file.txDb, command.commandId);
    if (memory === null) return null;
    if (memory.reply === null || memory.bodyDigest !== command.bodyDigest) return refuse('command-id-reused');
    return accept(JSON.parse(memory.reply) as Reply); // what the same command answered, so its own type
  }

  async #transact<Reply, Code extends string>(
    command: Command,
    work: Work<Reply, Code>,
  ): Promise<Result<Reply, Code>> {
    const { writer, writeDb, entries } = this.#file;
    const before = entries.head();
    writer.exec('BEGIN IMMEDIATE');
    const tx = this.#openTx(command);
    let result: Result<Reply, Code>;
    try {
      result = await work(tx.handle);
    } finally {
      tx.end();
    }
    if (tx.failure() !== null) throw tx.failure();
    const lastSeq = entries.head().seq;
    if (!result.ok || lastSeq === before.seq) {
      this.#rollBack(before);
      return result;
    }
    rememberCommand(writeDb, command.commandId, {
      firstSeq: before.seq + 1,
      lastSeq,
      bodyDigest: command.bodyDigest,
      reply: JSON.stringify(result.value ?? null),
    });
    writer.exec('COMMIT');
    return result;
  }

  /** A handle that dies with its command, and remembers a failed append so that it cannot be committed over. */
  #openTx(command: Command): { handle: LedgerTx; end: () => void; failure: () => unknown } {
    const { entries, clock, txDb } = this.#file;
    const author = { actor: command.actor, commandId: command.commandId };
    const now = instant(clock.nowSeconds());
    let isOver = false;
    let failure: unknown = null;
    const handle: LedgerTx = {
      now,
      db: txDb,
      append: (kind, payload, options) => {
        if (isOver) throw new Error('the command is over');
        try {
          return entries.append(kind, payload, options?.effective ?? now, author);
        } catch (error) {
          failure ??= error;
          throw error;
        }
      },
    };
    return { handle, end: () => (isOver = true), failure: () => failure };
  }

  #rollBack(before: Head): void {
    const { writer, entries } = this.#file;
    entries.rewind(before);
    if (writer.inTransaction) writer.exec('ROLLBACK');
  }

  #announce(commit: Commit): void {
    if (commit.lastSeq < commit.firstSeq) return;
    for (const listener of this.#listeners) listener(commit);
  }

  #closeFile(): void {
    this.#file.reader.close();
    this.#file.writer.close();
  }
}
