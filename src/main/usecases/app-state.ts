/** What a window knows of the application as a whole, also while there is no ledger to work on. */
import { findClinic, findKnownZone, listStaff } from '../ledger/index.ts';
import type { AppState } from '../../shared/contract/clinic.ts';
import { DEFAULT_IDENTIFIERS } from '../../shared/domain/day-list.ts';
import { readLastBackup } from './backup/last-backup.ts';
import { readIdentifiers } from './clinic/identifiers.ts';
import type { Surroundings } from './handlers.ts';
import { readSubsystems } from './planning/books.ts';
import { waitingCounts } from './tasks/get-today.ts';
import type { Workplace } from './workplace.ts';

/** What the office tells of itself. */
export interface Known extends Pick<AppState, 'problem' | 'readOnly' | 'person' | 'lookBack'> {
  readonly path: string;
  /** Null while no ledger is open. */
  readonly place: Workplace | null;
  /** The same as it is looked at: now, or as of an instant. */
  readonly seen: Workplace | null;
}

const NOBODY_WAITS: AppState['waitingCounts'] = {
  records: 0,
  imaging: 0,
  insurance: 0,
  research: 0,
  monitoring: 0,
};

export function appState(known: Known, surroundings: Surroundings): AppState {
  const { path, place, seen, problem, readOnly, person, lookBack } = known;
  const head = place?.ledger.head() ?? null;
  return {
    version: surroundings.version,
    runtimeFlavor: surroundings.runtimeFlavor,
    ledgerPath: path,
    problem,
    readOnly,
    clinic: place ? findClinic(place.db) : null,
    locale: surroundings.systemLocale,
    theme: 'system',
    systemTimeZone: surroundings.systemTimeZone,
    foundTimeZone: problem === null ? null : foundTimeZone(path),
    staff: place ? listStaff(place.db) : [],
    person,
    subsystems: place ? readSubsystems(place.db) : [],
    identifiers: place ? readIdentifiers(place.db) : DEFAULT_IDENTIFIERS,
    waitingCounts: seen ? waitingCounts(seen.db) : NOBODY_WAITS,
    head: head && { epoch: head.epoch, length: head.seq, hash: head.hash },
    lookBack,
  };
}

/** The clinic's, as the ledger at `path` still says it, or else its last backup. */
export function foundTimeZone(path: string): string | null {
  const inLedger = findKnownZone(path);
  if (inLedger !== null) return inLedger;
  const backup = readLastBackup(path);
  return backup && findKnownZone(backup.path);
}
