/**
 * Makes one file of a report: from the request to the whole file on disk and its digest, with the permission that names
 * of patients need. Knows neither dialogs nor the ledger's entries; the export on request and the scheduled one share it.
 */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { digest, listWorkKinds, openReader } from '../../ledger/index.ts';
import type { Digest, EntryPayloads } from '../../ledger/index.ts';
import type { ExportedFile } from '../../reports/export.ts';
import { exportReport } from '../../reports/export.ts';
import { forOutside } from '../../reports/suppression.ts';
import { isAllowed } from '../../security/index.ts';
import type { ErrorCode, Request } from '../../../shared/contract/index.ts';
import type { StaffMember } from '../../../shared/domain/clinic.ts';
import type { UtilizationReport } from '../../../shared/domain/report.ts';
import type { Result } from '../../../shared/result.ts';
import { accept, refuse } from '../../../shared/result.ts';
import { bookingStretches } from './booking-stretches.ts';
import { readMapping } from './export-mapping.ts';
import { makeReport } from './get-report.ts';
import type { ReportBooks } from './report-books.ts';

export type ExportRequest = Omit<Request<'report.export'>, 'path'>;
type Refused = ErrorCode<'report.export'>;

const READ_BYTES = 65_536;

/** A report that may be written as asked. */
export interface CheckedExport {
  readonly report: UtilizationReport;
  readonly request: ExportRequest;
}

export interface WrittenExport {
  readonly file: ExportedFile;
  /** What the ledger is told of it. */
  readonly entry: EntryPayloads['report-exported'];
}

/**
 * The careful choice where nothing is said: for readers outside, naming nobody.
 * @param author  whose name stands in the file, and whose permissions count
 */
export function checkExport(
  place: ReportBooks,
  request: ExportRequest,
  author: StaffMember | null = place.person(),
): Result<CheckedExport, Refused> {
  const { format, identities = null, isForOutside = true } = request;
  if (!author || !isAllowed(author.role, 'export')) return refuse('not-permitted');
  if (isForOutside && format === 'allocations') return refuse('raw-stays-inside');
  if (identities !== null) {
    if (isForOutside) return refuse('identities-stay-inside');
    if (format !== 'allocations') return refuse('format-names-nobody');
    if (!isAllowed(author.role, 'identify')) return refuse('not-permitted');
  }
  const made = makeReport(place, request, author);
  if (!made.ok) return made;
  return accept({ report: isForOutside ? forOutside(made.value) : made.value, request });
}

export async function writeExport(
  place: ReportBooks,
  { report, request }: CheckedExport,
  job: {
    readonly path: string;
    readonly signal: AbortSignal;
    readonly onProgress: (done: number, total: number) => void;
  },
): Promise<Result<WrittenExport, Refused>> {
  const { format, locale, identities = null, isForOutside = true } = request;
  const { identities: named } = place;
  if (identities !== null && named === null) throw new Error('names need the keys'); // whoever asks has looked
  const reader = openReader(place.ledger.readPath, { holdsSnapshot: true, readsOnce: true });
  if (!reader.ok) throw new Error(`the ledger cannot be read: ${reader.error.code}`);
  const books = reader.value;
  const { epoch, seq, hash } = books.head();
  const provenance = { ...report.provenance, head: { epoch, length: seq, hash } };
  const written = await exportReport({
    report: format === 'allocations' ? { ...report, provenance } : report,
    format,
    locale,
    printReport: (page) => place.surroundings.printReport(page),
    bookings: {
      ...bookingStretches(books.db, report.period, provenance.timeZone),
      workKinds: new Map(
        listWorkKinds(books.db).map(({ id, name, code }) => [id, { name: name[locale], code }]),
      ),
      ...(identities !== null &&
        named !== null && {
          identitiesOf: (patientIds) => named.of(books.db, patientIds),
        }),
    },
    mapping: readMapping(place.db),
    ...job,
  }).finally(() => books.close());
  if (!written.ok) return written;
  return accept({
    file: written.value,
    entry: {
      format,
      period: { from: report.period.from, to: report.period.until },
      filters: {
        poolIds: request.poolIds?.slice() ?? null,
        subsystems: request.subsystems?.slice() ?? null,
        ...(request.grouping && { grouping: request.grouping }),
      },
      fileDigest: await digestOfFile(job.path),
      head: headIn(format === 'allocations' ? provenance : report.provenance),
      isForOutside,
      ...(identities !== null && { identities }),
    },
  });
}

function headIn({ head }: UtilizationReport['provenance']): EntryPayloads['report-exported']['head'] {
  return { length: head.length, hash: digest(head.hash) };
}

/** Through one buffer: those of a stream would wait for the collector, tens of megabytes of them. */
async function digestOfFile(path: string): Promise<Digest> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(READ_BYTES);
  const file = await open(path);
  try {
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, READ_BYTES, null);
      if (bytesRead === 0) return digest(hash.digest('hex'));
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}
