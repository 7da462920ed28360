/**
 * What each person did since the application was started, with how the tasks or the setting stood before: kept in memory
 * only, so that a restart takes nothing back by surprise. The newest is taken back first.
 */
import type { LedgerTx, TaskStand } from '../../ledger/index.ts';
import type { Response } from '../../../shared/contract/index.ts';
import type { CommandId, StaffId, TaskId } from '../../../shared/ids.ts';

export type What = Pick<Response<'task.undo'>, 'what' | 'action'>;

/** How a setting goes back to what it was. */
export interface SettingUndo {
  /** Whether nobody has changed it since. */
  isAsLeft(tx: LedgerTx): boolean;
  /** False where going back would break a promise that has been made since. */
  mayReturn(tx: LedgerTx): boolean;
  putBack(tx: LedgerTx): void;
}

/** One command of a person that can be taken back. */
export interface DoneCommand extends What {
  readonly commandId: CommandId;
  /** The entries that it wrote. */
  readonly firstSeq: number;
  readonly lastSeq: number;
  /** How each task stood before; null where the command entered it. */
  readonly stands: ReadonlyMap<TaskId, TaskStand | null>;
  /** Set where it changed a setting and no task. */
  readonly setting?: SettingUndo;
}

/** How many commands of a person are remembered. */
const REMEMBERED = 50;

/** Entries from one to another, both included. */
type Span = Pick<DoneCommand, 'firstSeq' | 'lastSeq'>;

export class UndoBook {
  readonly #done = new Map<StaffId, DoneCommand[]>();
  /** What has been taken back, and the entries that took it back: together they changed nothing. */
  readonly #void: Span[] = [];

  remember(person: StaffId, done: DoneCommand): void {
    this.#done.set(person, [...(this.#done.get(person) ?? []), done].slice(-REMEMBERED));
  }

  last(person: StaffId): DoneCommand | null {
    return this.#done.get(person)?.at(-1) ?? null;
  }

  /** @param reversal  the entries that took the command back */
  takenBack(person: StaffId, done: DoneCommand, reversal: Span): void {
    this.#done.set(person, this.#done.get(person)?.filter((other) => other !== done) ?? []);
    this.#void.push({ firstSeq: done.firstSeq, lastSeq: done.lastSeq }, reversal);
  }

  /** Whether the entry is part of what was done and taken back again. */
  isVoid(seq: number): boolean {
    return this.#void.some(({ firstSeq, lastSeq }) => firstSeq <= seq && seq <= lastSeq);
  }
}
