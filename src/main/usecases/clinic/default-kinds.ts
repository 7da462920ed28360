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
  place.command(commandOf(call, request), (tx) => {
    const { subsystem, workKindId } = request;
    const kind = listWorkKinds(tx.db).find(({ id }) => id === workKindId);
    if (workKindId !== null && kind?.subsystem !== subsystem) return refuse('unknown-work-kind');
    const { [subsystem]: _before, ...others } = readDefaultKinds(tx.db);
    writeDefaults(tx, workKindId === null ? others : { ...others, [subsystem]: workKindId });
    return accept({});
  });

function writeDefaults(tx: LedgerTx, defaults: DefaultKinds): void {
  const value: Record<string, string> = {};
  for (const id of SUBSYSTEM_IDS) {
    const kind = defaults[id];
    if (kind !== undefined) value[id] = kind;
  }
  tx.append('settings-changed', { key: KEY, value });
}
