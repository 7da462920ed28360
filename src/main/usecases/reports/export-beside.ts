/**
 * A file made from a ledger that another copy of the application has open, or that cannot be written: everything is read
 * from one snapshot and nothing is written but the file. It leaves no entry in the ledger, so it never names a patient:
 * who was named has to be recorded.
 */
import { findClinic, openReader } from '../../ledger/index.ts';
import type { ExportedFile } from '../../reports/export.ts';
import { personAtDesk } from '../../security/index.ts';
import type { ErrorCode } from '../../../shared/contract/index.ts';
import type { Result } from '../../../shared/result.ts';
import { accept, refuse } from '../../../shared/result.ts';
import { instant } from '../../../shared/units.ts';
import type { Surroundings } from '../handlers.ts';
import { checkExport, writeExport } from './write-export.ts';
import type { ExportRequest } from './write-export.ts';

export type BesideRefusal = ErrorCode<'report.export'> | 'identities-need-the-ledger';

/**
 * @param request.path  absolute; a file that is there is replaced
 * @returns the file; else why there is none, `ledger-unavailable` where the ledger cannot even be read
 */
export async function exportBeside(
  ledgerPath: string,
  request: ExportRequest & { readonly path: string },
  surroundings: Pick<Surroundings, 'nowMs' | 'version' | 'printReport'>,
): Promise<Result<ExportedFile, BesideRefusal>> {
  if (request.identities) return refuse('identities-need-the-ledger', {}, true);
  const reader = openReader(ledgerPath, { holdsSnapshot: true, readsOnce: true });
  if (!reader.ok) return refuse('ledger-unavailable');
  const opened = reader.value;
  const { db } = opened;
  try {
    if (findClinic(db) === null) return refuse('no-person');
    const books = {
      db,
      head: () => opened.head(),
      surroundings,
      ledger: { readPath: ledgerPath },
      identities: null,
      now: () => instant(Math.floor(surroundings.nowMs() / 1000)),
      person: () => personAtDesk(db),
    };
    if (books.person() === null) return refuse('no-person');
    const checked = checkExport(books, request);
    if (!checked.ok) return checked;
    const { signal } = new AbortController();
    const written = await writeExport(books, checked.value, {
      path: request.path,
      signal,
      onProgress: () => undefined,
    });
    return written.ok ? accept(written.value.file) : written;
  } finally {
    opened.close();
  }
}
