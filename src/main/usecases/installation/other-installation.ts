/**
 * Whether a ledger was written by another installation than this one, found out before anything is written to it; and
 * what is noted and begun once a person has said whether it was moved here or copied. Nothing is asked on the machine
 * that wrote it last, whoever is logged in and whatever its folder is called now.
 */
import { realpathSync, statSync } from 'node:fs';
import { v7 } from 'uuid';
import {
  digest,
  findClinic,
  findEpochBeginning,
  findInstallation,
  INSTALLATION_KEY,
  openLedger,
  openReader,
  SYSTEM_ACTOR,
} from '../../ledger/index.ts';
import type { OpenRefusal, ReadDb, WriteRefusal } from '../../ledger/index.ts';
import type { Installation } from '../../security/index.ts';
import { commandId } from '../../../shared/ids.ts';
import { accept } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { Surroundings } from '../handlers.ts';
import type { Workplace } from '../workplace.ts';

/** The sample and a ledger without a clinic are nobody's; what cannot be read is told by opening it. */
export function isOtherInstallations(path: string, installation: Installation | null): boolean {
  if (installation === null) return false;
  const reader = openReader(path);
  if (!reader.ok) return false;
  try {
    const { db } = reader.value;
    const noted = isClinics(db) ? findInstallation(db) : null;
    if (noted === null) return false;
    const isSameMachine =
      noted.machine === null || installation.machine === null
        ? noted.id === installation.id
        : noted.machine === installation.machine;
    return !isSameMachine || isSecondCopy(db, path, installation);
  } finally {
    reader.value.close();
  }
}

function isClinics(db: ReadDb): boolean {
  return findClinic(db)?.isSample === false;
}

/** The same chain epoch lies elsewhere on this machine too, where it was opened last. */
function isSecondCopy(db: ReadDb, path: string, installation: Installation): boolean {
  const epoch = findEpochBeginning(db);
  const known = epoch && installation.placeOf(epoch.hash);
  if (epoch === null || known === null || isSameFile(known, path)) return false;
  const other = openReader(known);
  if (!other.ok) return false; // moved: there is nothing any more
  const isSameEpoch = findEpochBeginning(other.value.db)?.hash === epoch.hash;
  other.value.close();
  return isSameEpoch;
}

function isSameFile(left: string, right: string): boolean {
  try {
    const [one, other] = [statSync(left, { bigint: true }), statSync(right, { bigint: true })];
    return one.ino === other.ino && one.dev === other.dev;
  } catch {
    return false;
  }
}

/** Notes this installation as the one that writes, where none is noted yet, and where the ledger lies. */
export async function noteInstallation(place: Workplace): Promise<void> {
  const installation = place.surroundings.installation?.() ?? null;
  if (installation === null || !isClinics(place.db) || !place.ledger.observeClock()) return;
  if (findInstallation(place.db) === null) {
    const { id, machine } = installation;
    const note = commandId(`installation-${v7({ msecs: place.surroundings.nowMs() })}`);
    const noted = await place.command({ commandId: note, body: {}, actor: SYSTEM_ACTOR }, (tx) =>
      accept(tx.append('settings-changed', { key: INSTALLATION_KEY, value: { id, machine } })),
    );
    if (!noted.ok) return;
  }
  const epoch = findEpochBeginning(place.db);
  if (epoch !== null) installation.rememberPlace(epoch.hash, realpathSync(place.ledger.path));
}

/**
 * Begins the chain epoch that follows a move or a copy; it names the head and length of the chain until then. The ledger
 * is left closed.
 */
export async function beginHere(
  path: string,
  reason: 'moved' | 'copied',
  surroundings: Surroundings,
): Promise<Result<null, OpenRefusal | WriteRefusal>> {
  const opened = await openLedger({ path, clock: { nowMs: () => surroundings.nowMs() } });
  if (!opened.ok) return opened;
  const ledger = opened.value;
  const { hash, seq } = ledger.head();
  ledger.confirmClock(); // a person has just looked at this ledger: that it is old is no clock jump
  const begun = await ledger.startEpoch({ reason, previousHead: digest(hash), previousLength: seq });
  await ledger.close();
  return begun.ok ? accept(null) : begun;
}
