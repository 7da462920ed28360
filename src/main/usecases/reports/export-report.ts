/**
 * Saves a report to a file, and records that it left: format, period, filters, for whom, and the file's digest. One
 * export at a time; a stop leaves no file.
 */
import { suggestedFileName } from '../../reports/export.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { Usecase } from '../usecase.ts';
import { commandOf } from '../usecase.ts';
import { checkExport, writeExport } from './write-export.ts';

/** The export under way, so that it can be stopped. */
export class ExportRun {
  #controller: AbortController | null = null;

  begin(): AbortSignal {
    this.#controller?.abort();
    this.#controller = new AbortController();
    return this.#controller.signal;
  }

  cancel(): void {
    this.#controller?.abort();
  }
}

export function exportReport(run: ExportRun): Usecase<'report.export'> {
  return async (place, request, call) => {
    // Who was named has to be recorded.
    if (place.readOnly !== null && request.identities) return refuse('ledger-read-only', {}, true);
    const checked = checkExport(place, request);
    if (!checked.ok) return checked;
    const { format, locale } = request;
    const { surroundings } = place;
    const path =
      request.path ??
      (await surroundings.chooseSavePath(suggestedFileName(checked.value.report, format, locale)));
    if (path === null) return accept({ path: null, bytes: 0, rows: 0 });
    const written = await writeExport(place, checked.value, {
      path,
      signal: run.begin(),
      onProgress: (done, total) => surroundings.emit('export.progress', { done, total }),
    });
    if (!written.ok) return written;
    if (place.readOnly !== null) return accept(written.value.file); // the window says that it is not recorded
    return place.command(commandOf(call, request), (tx) => {
      tx.append('report-exported', written.value.entry);
      return accept(written.value.file);
    });
  };
}
