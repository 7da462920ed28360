/**
 * The one writer of a ledger. Commands pass one at a time: entry, projections and reply are committed together or not
 * at all. After an I/O, full-disk or corruption error nothing more is written until `reopen` has verified the file: a
 * commit after a failed sync may be reported as done and be lost. Reads go through a connection that cannot write.
 */
import { accept, refuse } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { instant } from '../../shared/units.ts';
import { backUp } from './backup.ts';
import type { BackupDone, BackupOptions, BackupRefusal } from './backup.ts';
import { findCommand, rememberCommand } from './commands.ts';
import type { Command, Commit, LedgerTx, Work, WriteRefusal } from './command.ts';
import { appendEpoch } from './epochs.ts';
import type { EpochStart } from './epochs.ts';
import type { ReadDb } from './handles.ts';
import type { LedgerState, OpenFile, OpenRefusal } from './open-file.ts';
import type { Head } from './queries/head.ts';
import { rebuildProjections } from './rebuild.ts';
import type { ReplayOptions } from './replay.ts';
import { settleDay } from './settled-days.ts';
import type { Stretch } from './settled-days.ts';
import type { SettledReport } from './settled-reports.ts';
import { keepReport } from './settled-reports.ts';
import { isRetryable, storageFailureOf } from './sqlite-failure.ts';
import type { ReadOnlyCause } from './write-probe.ts';

export interface OpenedAs {
  readonly path: string;
  /** Where other connections of this application read it: its own path, or a copy where it can only be read so. */
  readonly readPath?: string;
  /** Why it is open for reading only; null or missing: it is written as well. */
  readonly readOnly?: ReadOnlyCause | null;
  /** Opens the same file once more and verifies it. */
  readonly openAgain: () => Promise<Result<OpenFile, OpenRefusal>>;
  /** Gives the writer's lock back. */
  readonly release: () => void;
}

export class Ledger {
  readonly path: string;
  readonly readPath: string;
  /** How it stands while nothing has failed. */
  readonly #whole: LedgerState;
  #file: OpenFile;
  #state: LedgerState;
  #queue: Promise<unknown> = Promise.resolve();
  readonly #listeners = new Set<(commit: Commit) => void>();
  readonly #openAgain: () => Promise<Result<OpenFile, OpenRefusal>>;
  readonly #release: () => void;

  /** Use `openLedger` or `openLedgerReadOnly`. */
  constructor(file: OpenFile, { path, readPath = path, readOnly = null, openAgain, release }: OpenedAs) {
    this.path = path;
    this.readPath = readPath;
    this.#file = file;
    this.#whole = readOnly === null ? { status: 'open' } : { status: 'read-only', failure: readOnly };
    this.#state = this.#whole;
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

  /** The computer woke up: what passed while it slept is a pause, up to the longest one, and no jump. */
  allowPause(): void {
    this.#file.clock.allowPause();
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

  /**
   * Copies the ledger to `target` while commands go on; see `backUp`. An older copy there is replaced only by one that
   * has been verified.
   */
  backupTo(target: string, options: BackupOptions = {}): Promise<Result<BackupDone, BackupRefusal>> {
    return backUp(this.path, target, options);
  }

  /** Makes every projection anew from the entries. @returns how many entries were applied */
  rebuild(options: ReplayOptions = {}): Promise<Result<number, WriteRefusal>> {
    return this.#inTurn(() =>
      this.#guarded(async () => {
        this.#file.writer.exec('BEGIN IMMEDIATE');
        const count = await rebuildProjections(this.#file.writeDb, options);
        this.#file.writer.exec('COMMIT');
        return accept(count);
      }),
    );
  }

  /** Sums days that are over, each at most a local day long; those that are settled stay as they are. */
  settle(days: readonly Stretch[]): Promise<Result<null, WriteRefusal>> {
    return this.#inTurn(() =>
      this.#guarded(async () => {
        this.#file.writer.exec('BEGIN IMMEDIATE');
        for (const day of days) settleDay(this.#file.writeDb, day);
        this.#file.writer.exec('COMMIT');
        return accept(null);
      }),
    );
  }

  /**
   * Keeps what a report says of days that are over. `measure` reads within the transaction that keeps its answer, so
   * nothing comes between; null keeps nothing.
   */
  settleReports(
    days: readonly Stretch[],
    measure: (db: ReadDb, day: Stretch) => SettledReport | null,
  ): Promise<Result<null, WriteRefusal>> {
    return this.#inTurn(() =>
      this.#guarded(async () => {
        const { writer, writeDb } = this.#file;
        writer.exec('BEGIN IMMEDIATE');
        for (const day of days) {
          const report = measure(writeDb, day);
          if (report) keepReport(writeDb, day, report);
        }
        writer.exec('COMMIT');
        return accept(null);
      }),
    );
  }

  /** Begins a new chain epoch after a restore, a recovery or a copy, naming the chain that it continues from. */
  startEpoch(start: EpochStart): Promise<Result<Head, WriteRefusal>> {
    return this.#inTurn(() =>
      this.#guarded(async () => {
        const { writer, entries, clock } = this.#file;
        writer.exec('BEGIN IMMEDIATE');
        appendEpoch(entries, clock.nowSeconds(), start);
        writer.exec('COMMIT');
        return accept(this.head());
      }),
    );
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
      this.#state = this.#whole;
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

  #writeNow<Reply, Code extends string>(
    command: Command,
    work: Work<Reply, Code>,
  ): Promise<Result<Reply, Code | WriteRefusal>> {
    return this.#guarded(async (): Promise<Result<Reply, Code | WriteRefusal>> => {
      const answered = this.#answeredBefore<Reply>(command);
      if (answered) return answered;
      const jump = this.#file.clock.observe();
      if (jump) return refuse('clock-jump', { believedMs: jump.believedMs, nowMs: jump.nowMs }, true);
      const before = this.head();
      const result = await this.#transact(command, work);
      const commit = { firstSeq: before.seq + 1, lastSeq: this.head().seq };
      queueMicrotask(() => this.#announce(commit));
      return result;
    });
  }

  /** Runs what writes; whatever goes wrong is rolled back, and a failure of the storage ends writing. */
  async #guarded<Value, Code extends string>(
    task: () => Promise<Result<Value, Code>>,
  ): Promise<Result<Value, Code | WriteRefusal>> {
    if (this.#state.status === 'closed') return refuse('ledger-closed');
    if (this.#state.status !== 'open') {
      return refuse(this.#state.failure, {}, isRetryable(this.#state.failure));
    }
    const before = this.head();
    try {
      return await task();
    } catch (error) {
      const failure = storageFailureOf(error);
      if (failure !== null && failure !== 'ledger-busy') this.#state = { status: 'failed', failure };
      this.#rollBack(before);
      if (failure === null) throw error;
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
    try {
      if (writer.inTransaction) writer.exec('ROLLBACK');
    } catch (error) {
      this.#state = { status: 'failed', failure: storageFailureOf(error) ?? 'ledger-io' };
    }
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
