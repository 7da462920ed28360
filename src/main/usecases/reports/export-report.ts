/**
 * Saves a report to a file, and records that it left: format, period, filters and the file's digest. One export at a
 * time; a stop leaves no file.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { digest } from '../../ledger/index.ts';
import type { Digest } from '../../ledger/index.ts';
import { exportReport as writeReport, suggestedFileName } from '../../reports/export.ts';
import { accept } from '../../../shared/result.ts';
import type { Usecase } from '../usecase.ts';
import { commandOf } from '../usecase.ts';
import { makeReport } from './get-report.ts';

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
    const made = makeReport(place, request);
    if (!made.ok) return made;
    const report = made.value;
    const { format, locale } = request;
    const { surroundings } = place;
    const path =
      request.path ?? (await surroundings.chooseSavePath(suggestedFileName(report, format, locale)));
    if (path === null) return accept({ path: null, bytes: 0, rows: 0 });
    const written = await writeReport({
      report,
      format,
      locale,
      path,
      printReport: (job) => surroundings.printReport(job),
      signal: run.begin(),
      onProgress: (done, total) => surroundings.emit('export.progress', { done, total }),
    });
    if (!written.ok) return written;
    const fileDigest = await digestOfFile(path);
    return place.command(commandOf(call, request), (tx) => {
      tx.append('report-exported', {
        format,
        period: { from: report.period.from, to: report.period.until },
        filters: {
          poolIds: request.poolIds?.slice() ?? null,
          subsystems: request.subsystems?.slice() ?? null,
        },
        fileDigest,
      });
      return accept(written.value);
    });
  };
}

async function digestOfFile(path: string): Promise<Digest> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return digest(hash.digest('hex'));
}
