/**
 * Keeps the longest valid chain of a damaged ledger that is not open anywhere: first what would be left out, told in the
 * words of the history, then the deed. The damaged file is set aside, never removed; the keys stay where they are.
 */
import { existsSync } from 'node:fs';
import { previewSalvage, recoverLedger } from '../../ledger/index.ts';
import type { Clock, Head, LostEntry, ReadDb, RestoreRefusal, SalvagePreview } from '../../ledger/index.ts';
import { storageFailureOf } from '../../ledger/index.ts';
import type { HistoryEntry } from '../../../shared/contract/ledger.ts';
import { LOST_ENTRIES_TOLD } from '../../../shared/contract/recovery.ts';
import type { SalvagePreviewView } from '../../../shared/contract/recovery.ts';
import { ENTRY_KIND_NAMES } from '../../../shared/domain/entry-kind.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import { instant } from '../../../shared/units.ts';
import { describe } from '../ledger/get-history.ts';

export type SalvageRefusal =
  'ledger-busy' | 'ledger-damaged' | 'folder-missing' | 'disk-full' | 'ledger-read-only' | 'ledger-io';

const REFUSAL_OF: Readonly<Record<RestoreRefusal, SalvageRefusal>> = {
  'backup-unproven': 'ledger-damaged',
  'ledger-missing': 'ledger-damaged',
  'not-a-ledger': 'ledger-damaged',
  'ledger-newer': 'ledger-damaged',
  'ledger-damaged': 'ledger-damaged',
  'folder-missing': 'folder-missing',
  'ledger-on-network': 'folder-missing',
  'storage-unsuitable': 'ledger-io',
  'disk-full': 'disk-full',
  'ledger-read-only': 'ledger-read-only',
  'ledger-busy': 'ledger-busy',
  'ledger-io': 'ledger-io',
};

/** A file of which nothing can be read. */
const NOTHING: SalvagePreviewView = {
  keeps: 0,
  keptUntil: null,
  lostEntries: null,
  lostUntil: null,
  readableEntries: 0,
  kinds: [],
  told: [],
};

export async function previewSalvageCare(path: string): Promise<Result<SalvagePreviewView, SalvageRefusal>> {
  if (!existsSync(path)) return accept(NOTHING); // its keys are there: it was a ledger once
  try {
    const found = await previewSalvage(path, tellLost);
    return accept(found === null ? NOTHING : viewOf(found, found.seen));
  } catch (error) {
    const failure = storageFailureOf(error);
    if (failure === null) throw error;
    return refuse(failure, {}, true);
  }
}

/** @param keeps  how many entries the preview said @returns the head of the new chain epoch */
export async function salvageCare({
  ledgerPath,
  clock,
  keeps,
}: {
  readonly ledgerPath: string;
  readonly clock: Clock;
  readonly keeps: number;
}): Promise<Result<Head, SalvageRefusal | 'salvage-changed'>> {
  const saved = await recoverLedger({ path: ledgerPath, clock, keeps });
  if (saved.ok) return saved;
  const { code, retryable } = saved.error;
  return code === 'salvage-changed' ? refuse(code, {}, true) : refuse(REFUSAL_OF[code], {}, retryable);
}

function viewOf(found: SalvagePreview, told: SalvagePreviewView['told']): SalvagePreviewView {
  const { kept, lostEntries, readableEntries, lostUntilMs } = found;
  return {
    keeps: kept.seq,
    keptUntil: secondsOf(kept.recorded?.ms ?? null),
    lostEntries,
    lostUntil: secondsOf(lostUntilMs),
    readableEntries,
    kinds: [...found.kinds]
      .map(([kind, count]) => ({ kind, count }))
      .sort((left, right) => right.count - left.count || (left.kind < right.kind ? -1 : 1)),
    told,
  };
}

function secondsOf(ms: number | null): SalvagePreviewView['keptUntil'] {
  return ms === null ? null : instant(Math.floor(ms / 1000));
}

/** Nobody sits at the desk, so nobody's patients are named. */
const NOBODY = { of: () => new Map<never, never>() };

function tellLost(db: ReadDb, lost: readonly LostEntry[]): SalvagePreviewView['told'] {
  return lost.slice(0, LOST_ENTRIES_TOLD).map((one) => ({ seq: one.entry.seq, said: saidBy(db, one) }));
}

/** The names come from tables that may be damaged as well: an entry that cannot be told is told by its number. */
function saidBy(db: ReadDb, { entry, isAsWritten }: LostEntry): HistoryEntry | null {
  if (!isAsWritten || !ENTRY_KIND_NAMES.some((kind) => kind === entry.kind)) return null;
  try {
    return describe({ db, identities: NOBODY }, [entry])[0] ?? null;
  } catch {
    return null; // whatever it was: the file is known to be damaged, and only a label is missing
  }
}
