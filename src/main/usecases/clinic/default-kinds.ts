/** The kind of work that a new task of each subsystem begins with: a setting of the clinic, kept in the ledger. */
import type { LedgerTx, ReadDb } from '../../ledger/index.ts';
import { findSetting, listWorkKinds } from '../../ledger/index.ts';
import { defaultKindsField } from '../../../shared/contract/clinic.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import { SUBSYSTEM_IDS } from '../../../shared/domain/subsystem.ts';
import type { WorkKind } from '../../../shared/domain/task.ts';
import type { WorkKindId } from '../../../shared/ids.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { Usecase } from '../usecase.ts';
import { commandOf } from '../usecase.ts';
import type { Restorable } from './undoable-setting.ts';
import { undoableSetting } from './undoable-setting.ts';

const KEY = 'default-kinds';

export type DefaultKinds = Readonly<Partial<Record<SubsystemId, WorkKindId>>>;

/** Those that were set. */
export function readDefaultKinds(db: ReadDb): DefaultKinds {
  const parsed = defaultKindsField.safeParse(findSetting(db, KEY));
  return parsed.success ? parsed.data : {};
}

/** In a clinic's first entries: the first kind of each subsystem. */
export function writeFirstDefaults(tx: LedgerTx, kinds: readonly WorkKind[]): void {
  writeDefaults(tx, Object.fromEntries([...kinds].reverse().map(({ subsystem, id }) => [subsystem, id])));
}

export const setDefaultKind: Usecase<'subsystem.set-default'> = (place, request, call) =>
  undoableSetting(place, commandOf(call, request), defaultOf(request.subsystem), (tx) => {
    const { subsystem, workKindId } = request;
    const kind = listWorkKinds(tx.db).find(({ id }) => id === workKindId);
    if (workKindId !== null && kind?.subsystem !== subsystem) return refuse('unknown-work-kind');
    writeDefault(tx, subsystem, workKindId);
    return accept({});
  });

/** One subsystem's: what the others begin with may have changed since. */
function defaultOf(subsystem: SubsystemId): Restorable<{ readonly kind: WorkKindId | null }> {
  return {
    read: (db) => ({ kind: readDefaultKinds(db)[subsystem] ?? null }),
    write: (tx, { kind }) => {
      writeDefault(tx, subsystem, kind);
    },
  };
}

function writeDefault(tx: LedgerTx, subsystem: SubsystemId, kind: WorkKindId | null): void {
  const { [subsystem]: _before, ...others } = readDefaultKinds(tx.db);
  writeDefaults(tx, kind === null ? others : { ...others, [subsystem]: kind });
}

function writeDefaults(tx: LedgerTx, defaults: DefaultKinds): void {
  const value: Record<string, string> = {};
  for (const id of SUBSYSTEM_IDS) {
    const kind = defaults[id];
    if (kind !== undefined) value[id] = kind;
  }
  tx.append('settings-changed', { key: KEY, value });
}
