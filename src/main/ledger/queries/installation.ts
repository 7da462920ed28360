/** Who writes the present chain epoch: the installation that was noted in it, and the epoch's own beginning. */
import { CLINIC_KINDS_SQL } from '../migrations/0058-fewer-pages.ts';
import type { ReadDb } from '../handles.ts';

/** The setting that an installation notes itself in. */
export const INSTALLATION_KEY = 'installation';

export interface InstallationIdentity {
  /** Random, one for each account's settings folder on a machine. */
  readonly id: string;
  /** Keyed digest of the machine's own id; null where the system does not tell it. */
  readonly machine: string | null;
}

interface EpochBeginning {
  readonly seq: number;
  /** Lower-case hexadecimal. */
  readonly hash: string;
}

const LAST_EPOCH = `
  SELECT seq, lower(hex(hash)) AS hash FROM entries
  WHERE kind = 'epoch-started' AND ${CLINIC_KINDS_SQL} ORDER BY seq DESC LIMIT 1`;

const NOTE_SINCE = `
  SELECT payload ->> '$.value.id' AS id, payload ->> '$.value.machine' AS machine FROM entries
  WHERE kind = 'settings-changed' AND ${CLINIC_KINDS_SQL} AND seq > :since AND payload ->> '$.key' = :key
  ORDER BY seq DESC LIMIT 1`;

/** The entry that began the present chain epoch: a ledger and its copy share it until one of them begins another. */
export function findEpochBeginning(db: ReadDb): EpochBeginning | null {
  return db.get<EpochBeginning>(LAST_EPOCH);
}

/** Null where none has been noted since the epoch began: after a restore or a recovery, or in an older ledger. */
export function findInstallation(db: ReadDb): InstallationIdentity | null {
  const since = findEpochBeginning(db)?.seq ?? 0;
  return db.get<InstallationIdentity>(NOTE_SINCE, { since, key: INSTALLATION_KEY });
}
