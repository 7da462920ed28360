/**
 * The choices at a ledger that does not open: the newest backup that is proven, the longest valid chain, a copy for
 * support. Refused while the ledger opens, but for restoring a backup on a first run, where there is nothing to lose,
 * and for the copy of a ledger that a verification found not whole.
 * Afterwards the ledger is opened as at the start.
 */
import { copyFileSync, existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { suffixOf } from '../../ledger/index.ts';
import type { RestorePreview } from '../../ledger/index.ts';
import type { LedgerProblem } from '../../../shared/contract/clinic.ts';
import type { Response } from '../../../shared/contract/index.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import { instant } from '../../../shared/units.ts';
import type { Handlers, Surroundings } from '../handlers.ts';
import { previewCare, restoreCare } from './restore-ledger.ts';
import type { CareRefusal } from './restore-ledger.ts';
import { previewSalvageCare, salvageCare } from './salvage-ledger.ts';

/** What recovery needs of whoever opens ledgers. */
export interface Opener {
  readonly path: string;
  readonly problem: LedgerProblem | null;
  /** Open, and nobody has set up a clinic in it: there is nothing to lose. */
  readonly isEmpty: boolean;
  /** Open, and the last full verification found it not whole. */
  readonly isUnproven: boolean;
  open(path: string): Promise<void>;
  /** Gives the ledger's lock to `work`, and opens again whatever is there then. */
  whileClosed<Value>(work: () => Promise<Value>): Promise<Value>;
}

type RecoveryChannel =
  | 'recovery.choose-backup'
  | 'recovery.restore'
  | 'recovery.preview-salvage'
  | 'recovery.salvage'
  | 'recovery.save-copy';

/** Backups are named by `backup.make`: `clinic.ledger.2026-11-18.backup`. */
const BACKUP_NAME = /\.backup$/;
const RESTORABLE: readonly (LedgerProblem | null)[] = ['ledger-damaged', 'keys-missing', 'keys-damaged'];

export function recoveryHandlers(
  opener: Opener,
  surroundings: Surroundings,
): Pick<Handlers, RecoveryChannel> {
  const clock = { nowMs: () => surroundings.nowMs() };
  let chosen: string | null = null;
  /** The ledger that was open while its copy was saved: opened anew, it has not been verified yet. */
  let copied: string | null = null;
  const mayRestore = (): boolean => opener.isEmpty || RESTORABLE.includes(opener.problem);
  return {
    'recovery.choose-backup': async () => {
      if (!mayRestore()) return refuse('not-damaged');
      const folder = await surroundings.chooseFolder();
      if (folder === null) return accept({ preview: null });
      const isFirstRun = opener.isEmpty;
      const found = await opener.whileClosed(() =>
        newestProven(folder, (backup) => previewCare({ backup, ledgerPath: opener.path, clock })),
      );
      if (!found.ok) return found;
      chosen = found.value.backup;
      const preview = previewOf(chosen, found.value.preview);
      return accept({ preview: isFirstRun ? { ...preview, lostEntries: 0, isSameLedger: true } : preview });
    },
    'recovery.restore': async () => {
      if (!mayRestore()) return refuse('not-damaged');
      if (chosen === null) return refuse('no-backup-chosen');
      const backup = chosen;
      const restored = await opener.whileClosed(() =>
        restoreCare({ backup, ledgerPath: opener.path, clock }),
      );
      if (!restored.ok) return restored;
      surroundings.log({ code: 'ledger-restored' });
      return accept({ length: restored.value.seq });
    },
    'recovery.preview-salvage': async () => {
      if (opener.problem !== 'ledger-damaged') return refuse('not-damaged');
      const preview = await previewSalvageCare(opener.path);
      return preview.ok ? accept({ preview: preview.value }) : preview;
    },
    'recovery.salvage': async ({ keeps }) => {
      if (opener.problem !== 'ledger-damaged') return refuse('not-damaged');
      const saved = await opener.whileClosed(() => salvageCare({ ledgerPath: opener.path, clock, keeps }));
      if (!saved.ok) return saved;
      surroundings.log({ code: 'ledger-salvaged' });
      return accept({ length: saved.value.seq });
    },
    'recovery.save-copy': async () => {
      const isFaulty = opener.problem === 'ledger-damaged' || opener.isUnproven || copied === opener.path;
      if (!isFaulty) return refuse('not-damaged');
      const folder = await surroundings.chooseFolder();
      if (folder === null) return accept({ path: null });
      const save = () => saveCopy(opener.path, folder, suffixOf(clock, 'damaged'));
      // Of an open ledger only while it is closed: closing a second handle on its file would free SQLite's locks.
      if (opener.problem !== null) return save();
      copied = opener.path;
      return opener.whileClosed(() => Promise.resolve(save()));
    },
  };
}

interface Found {
  readonly backup: string;
  readonly preview: RestorePreview;
}

/** The newest backup in `folder` that can be restored; else why the newest of all cannot. */
async function newestProven(
  folder: string,
  previewed: (backup: string) => Promise<Result<RestorePreview, CareRefusal>>,
): Promise<Result<Found, CareRefusal>> {
  if (!existsSync(folder)) return refuse('folder-missing', {}, true);
  const backups = readdirSync(folder)
    .filter((name) => BACKUP_NAME.test(name))
    .map((name) => join(folder, name))
    .sort((left, right) => statSync(right).mtimeMs - statSync(left).mtimeMs);
  let newest: Result<never, CareRefusal> = refuse('not-a-backup');
  for (const [at, backup] of backups.entries()) {
    const preview = await previewed(backup);
    if (preview.ok) return accept({ backup, preview: preview.value });
    if (at === 0) newest = preview;
  }
  return newest;
}

type PreviewView = NonNullable<Response<'recovery.choose-backup'>['preview']>;

export function previewOf(
  backup: string,
  { backup: head, live, isEarlierState, lostEntries }: RestorePreview,
): PreviewView {
  return {
    name: basename(backup),
    length: head.seq,
    lastRecordedAt: head.recorded === null ? null : instant(Math.floor(head.recorded.ms / 1000)),
    lostEntries,
    isSameLedger: live === null || isEarlierState,
  };
}

/** The ledger and its log as they are; never the keys. */
function saveCopy(
  path: string,
  folder: string,
  suffix: string,
): Result<{ path: string }, 'file-not-writable'> {
  const target = join(folder, basename(path) + suffix);
  try {
    for (const log of ['', '-wal']) if (existsSync(path + log)) copyFileSync(path + log, target + log);
    return accept({ path: target });
  } catch {
    return refuse('file-not-writable', {}, true);
  }
}
