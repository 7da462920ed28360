/**
 * Restoring a backup over a ledger that is open and whole, because what was entered since is not wanted: shown first what
 * would be lost, then done by a person with a reason, which begins the new chain epoch. The ledger as it was stays
 * beside it. One that cannot be written is restored neither.
 */
import { basename, join } from 'node:path';
import { accept, refuse } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import { listBackups } from '../backup/backup-folder.ts';
import { readPlan } from '../backup/plan.ts';
import type { Handlers, Surroundings } from '../handlers.ts';
import type { Workplace } from '../workplace.ts';
import { previewOf } from './recovery.ts';
import { previewOpen, restoreCare } from './restore-ledger.ts';

export interface RestoringOffice {
  readonly path: string;
  readonly place: Workplace | null;
  /** Gives the ledger's lock to `work`, and opens again whatever is there then. */
  whileClosed<Value>(work: () => Promise<Value>): Promise<Value>;
}

export function restoreHandlers(
  office: RestoringOffice,
  surroundings: Surroundings,
): Pick<Handlers, 'restore.choose' | 'restore.run'> {
  const clock = { nowMs: () => surroundings.nowMs() };
  let chosen: { readonly backup: string; readonly ledgerPath: string } | null = null;
  return {
    'restore.choose': async ({ name }) => {
      chosen = null;
      if (office.place === null) return refuse('ledger-unavailable');
      const found =
        name === null ? accept(await surroundings.chooseBackup()) : plannedBackup(office.path, name);
      if (!found.ok) return found;
      if (found.value === null) return accept({ preview: null });
      const asked = { backup: found.value, ledgerPath: office.path };
      const preview = await previewOpen({ ...asked, clock });
      if (!preview.ok) return preview;
      chosen = asked;
      return accept({ preview: previewOf(asked.backup, preview.value) });
    },
    'restore.run': async ({ why }) => {
      const person = office.place?.person() ?? null;
      if (person === null) return refuse('no-person');
      if (chosen?.ledgerPath !== office.path) return refuse('no-backup-chosen');
      const asked = { ...chosen, clock, by: { staffId: person.id, name: person.name, why } };
      chosen = null;
      const restored = await office.whileClosed(() => restoreCare(asked));
      if (!restored.ok) return restored;
      surroundings.log({ code: 'ledger-restored' });
      return accept({ length: restored.value.seq, epoch: restored.value.epoch });
    },
  };
}

/** A name is looked up and never made part of a path: only what lies in the folder can be asked for. */
function plannedBackup(
  ledgerPath: string,
  name: string,
): Result<string, 'no-backup-plan' | 'folder-missing' | 'not-a-backup'> {
  const plan = readPlan(ledgerPath);
  if (plan === null) return refuse('no-backup-plan');
  try {
    const file = listBackups(plan.folder).find((each) => each.name === basename(name));
    return file === undefined ? refuse('not-a-backup') : accept(join(plan.folder, file.name));
  } catch {
    return refuse('folder-missing', {}, true);
  }
}
