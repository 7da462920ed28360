/**
 * Saves a report to a file, and records that it left: format, period, filters and the file's digest. One export at a
 * time; a stop leaves no file.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { digest, listWorkKinds, openReader } from '../../ledger/index.ts';
import type { Digest } from '../../ledger/index.ts';
import { exportReport as writeReport, suggestedFileName } from '../../reports/export.ts';
import { accept } from '../../../shared/result.ts';
import type { Usecase } from '../usecase.ts';
import { commandOf } from '../usecase.ts';
import { bookingStretches } from './booking-stretches.ts';
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
    const reader = openReader(place.ledger.path, { holdsSnapshot: true });
    if (!reader.ok) throw new Error(`the ledger cannot be read: ${reader.error.code}`);
    const books = reader.value;
    const { epoch, seq, hash } = books.head();
    const provenance = { ...report.provenance, head: { epoch, length: seq, hash } };
    const written = await writeReport({
      report: format === 'allocations' ? { ...report, provenance } : report,
      format,
      locale,
      path,
      printReport: (job) => surroundings.printReport(job),
      bookings: {
        ...bookingStretches(books.db, report.period, provenance.timeZone),
        workKindNames: new Map(listWorkKinds(books.db).map(({ id, name }) => [id, name[locale]])),
      },
      signal: run.begin(),
      onProgress: (done, total) => surroundings.emit('export.progress', { done, total }),
    }).finally(() => books.close());
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
