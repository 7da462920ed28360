/**
 * Care of a ledger by its path, without a window and without a person at the desk: what a technician does from the
 * command line. Whoever may write the file may do this; the application's own rights hold only inside the application.
 */
import { dirname } from 'node:path';
import { isOnNetwork, openReader } from '../../ledger/index.ts';
import type { Clock, Head, OpenRefusal, RestorePreview, WriteRefusal } from '../../ledger/index.ts';
import type { LedgerProblem } from '../../../shared/contract/clinic.ts';
import type { SalvagePreviewView } from '../../../shared/contract/recovery.ts';
import type { LedgerVerdict } from '../../../shared/domain/ledger-verdict.ts';
import { refuse } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import { foundTimeZone } from '../app-state.ts';
import { PROBLEM_OF } from '../workplace.ts';
import type { BackupFault, BackupMade } from '../backup/run-backup.ts';
import { backUpLedger } from './backup-ledger.ts';
import { rebuildLedger } from './rebuild-ledger.ts';
import { previewCare, restoreCare } from './restore-ledger.ts';
import type { CareRefusal } from './restore-ledger.ts';
import { previewSalvageCare, salvageCare } from './salvage-ledger.ts';
import { verifyLedger } from './verify-ledger.ts';

export type { RestorePreview } from '../../ledger/index.ts';

type FileRefusal = LedgerProblem | 'ledger-missing';

type RecoverRefusal = FileRefusal | 'not-damaged' | 'salvage-changed';

export interface LedgerCare {
  verify(path: string): Promise<Result<LedgerVerdict, FileRefusal>>;
  /** @returns how many entries were applied */
  rebuild(path: string): Promise<Result<number, FileRefusal>>;
  /** Verified, with its keys, into `folder`; beside an open window too. */
  backup(path: string, folder: string): Promise<Result<BackupMade, FileRefusal | BackupFault>>;
  previewRestore(backup: string, ledgerPath: string): Promise<Result<RestorePreview, CareRefusal>>;
  /** What keeping the longest valid chain would leave out; refused where nothing is wrong with the file. */
  previewRecover(path: string): Promise<Result<SalvagePreviewView, RecoverRefusal>>;
  /** @param keeps  how many entries the preview said @returns the head of the new chain epoch */
  recover(path: string, keeps: number): Promise<Result<Head, RecoverRefusal>>;
  /** The clinic's time zone as the ledger or its last backup says it; null where neither can be read. */
  timeZoneOf(path: string): string | null;
  /** @returns the head of the new chain epoch */
  restore(backup: string, ledgerPath: string): Promise<Result<Head, CareRefusal>>;
}

export function ledgerCare(clock: Clock): LedgerCare {
  return {
    verify: async (path) => told(await verifyLedger(path)),
    rebuild: async (path) => told(await rebuildLedger(path, clock)),
    backup: async (path, folder) => {
      const made = await backUpLedger(path, folder, clock);
      if (made.ok || isBackupFault(made.error.code)) return made as Result<BackupMade, BackupFault>; // just asked
      return refuse(problemOf(made.error.code));
    },
    previewRestore: (backup, ledgerPath) => previewCare({ backup, ledgerPath, clock }),
    restore: (backup, ledgerPath) => restoreCare({ backup, ledgerPath, clock }),
    timeZoneOf: foundTimeZone,
    previewRecover,
    recover: (ledgerPath, keeps) => salvageCare({ ledgerPath, clock, keeps }),
  };
}

/** A file that opens may be damaged further in: then the whole proof says whether there is anything to recover from. */
async function previewRecover(path: string): Promise<Result<SalvagePreviewView, RecoverRefusal>> {
  if (isOnNetwork(dirname(path))) return refuse('ledger-on-network');
  const reader = openReader(path);
  if (reader.ok) reader.value.close();
  else if (reader.error.code !== 'ledger-damaged') return refuse(problemOf(reader.error.code));
  const preview = await previewSalvageCare(path);
  if (!preview.ok || !reader.ok || preview.value.lostEntries !== 0) return preview;
  const verified = await verifyLedger(path);
  return verified.ok && verified.value.isWhole ? refuse('not-damaged') : preview;
}

function isBackupFault(code: OpenRefusal | BackupFault): code is BackupFault {
  return code === 'backup-of-another' || code === 'backup-not-verified' || code === 'folder-missing';
}

function told<Value>(result: Result<Value, OpenRefusal | WriteRefusal>): Result<Value, FileRefusal> {
  return result.ok ? result : refuse(problemOf(result.error.code), {}, result.error.retryable);
}

function problemOf(code: OpenRefusal | WriteRefusal): FileRefusal {
  switch (code) {
    case 'ledger-missing':
      return code;
    case 'ledger-closed':
    case 'command-id-reused':
    case 'clock-jump':
      return 'ledger-io'; // none of these can come of a file that was opened just now
    default:
      return PROBLEM_OF[code];
  }
}
