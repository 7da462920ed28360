/**
 * A change of a pool, a policy or another setting that its person may take back: the same kind of entry says again what
 * held before, as long as nobody has changed it since.
 */
import type { EntryPayloads, LedgerTx, ReadDb } from '../../ledger/index.ts';
import {
  canonicalJson,
  findClinic,
  findPathway,
  findPool,
  findSetting,
  findWorkKind,
} from '../../ledger/index.ts';
import type { CommonError } from '../../../shared/contract/channel.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import type { PathwayId, PoolId, WorkKindId } from '../../../shared/ids.ts';
import type { Refusal, Result } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/units.ts';
import { readSubsystems } from '../planning/books.ts';
import { unitsMayGo } from '../pools/units-may-go.ts';
import type { SettingUndo } from '../tasks/undo-book.ts';
import type { CommandOf, Workplace } from '../workplace.ts';

/** One setting: how to read it, and how to say it again. */
export interface Restorable<Value> {
  /** Null where it has never been set: then there is nothing to go back to. */
  read(db: ReadDb, now: Instant): Value | null;
  /** Whether going back would break a promise. */
  mayReturn?(tx: LedgerTx, before: Value): boolean;
  write(tx: LedgerTx, before: Value): void;
}

export function poolSetting(id: PoolId): Restorable<EntryPayloads['pool-set']> {
  return {
    read: (db, now) => findPool(db, id, now),
    mayReturn: (tx, before) => unitsMayGo(tx, before).ok,
    write: (tx, before) => void tx.append('pool-set', before),
  };
}

export function subsystemSetting(id: SubsystemId): Restorable<EntryPayloads['subsystem-set']> {
  return {
    // A policy that nobody has set is the default one, and goes back to that.
    read: (db) => readSubsystems(db).find(({ subsystem }) => subsystem === id) ?? null,
    write: (tx, before) => void tx.append('subsystem-set', before),
  };
}

/** The clinic's name, zone and triage levels. */
export const CLINIC_SETTING: Restorable<EntryPayloads['clinic-set']> = {
  read: (db) => findClinic(db),
  write: (tx, before) => void tx.append('clinic-set', before),
};

export function workKindSetting(id: WorkKindId): Restorable<EntryPayloads['work-kind-set']> {
  return {
    read: (db) => findWorkKind(db, id),
    write: (tx, before) => void tx.append('work-kind-set', before),
  };
}

export function pathwaySetting(id: PathwayId): Restorable<EntryPayloads['pathway-set']> {
  return {
    read: (db) => findPathway(db, id),
    write: (tx, before) => void tx.append('pathway-set', before),
  };
}

/** A setting under a key. @param none  what holds while nobody has set it */
export function keyedSetting(
  key: string,
  none: EntryPayloads['settings-changed']['value'],
): Restorable<EntryPayloads['settings-changed']> {
  return {
    read: (db) => ({ key, value: (findSetting(db, key) ?? none) as typeof none }), // the projector wrote it from a checked payload
    write: (tx, before) => void tx.append('settings-changed', before),
  };
}

/** Runs a command that changes one setting, and remembers how it stood before. */
export async function undoableSetting<Value, Outcome extends Result<unknown>>(
  place: Workplace,
  command: CommandOf,
  setting: Restorable<Value>,
  work: (tx: LedgerTx) => Outcome,
): Promise<Outcome | { readonly ok: false; readonly error: Refusal<CommonError> }> {
  let undo: SettingUndo | null = null;
  const person = place.person()?.id ?? null;
  const reply = await place.command<Outcome>(command, (tx) => {
    const before = setting.read(tx.db, tx.now);
    const outcome = work(tx);
    const left = canonicalJson(setting.read(tx.db, tx.now));
    if (before !== null && canonicalJson(before) !== left) {
      undo = {
        isAsLeft: (later) => canonicalJson(setting.read(later.db, later.now)) === left,
        mayReturn: (later) => setting.mayReturn?.(later, before) ?? true,
        putBack: (later) => setting.write(later, before),
      };
    }
    return outcome;
  });
  if (reply.ok && person !== null && undo !== null) {
    place.undoBook.remember(person, {
      what: 'setting',
      action: null,
      commandId: command.commandId,
      firstSeq: 0,
      lastSeq: 0,
      stands: new Map(),
      setting: undo,
    });
  }
  return reply;
}
