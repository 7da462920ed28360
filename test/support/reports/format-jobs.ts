/** One export of each format, long enough to fill a tiny disk; paper and the page are stand-ins of their size. */
import type { ExportFormat } from '../../../src/shared/domain/report.ts';
import type { ExportJob } from '../../../src/main/reports/export.ts';
import { crowd, mappingOf } from './crowd.ts';

const report = crowd();
const wordy = { ...report, provenance: { ...report.provenance, authorName: 'x'.repeat(20_000) } };

export function formatJob(format: ExportFormat, path: string, signal?: AbortSignal): ExportJob {
  return {
    // The raw list is as long as its bookings; everything else is long enough as it is.
    report: format === 'allocations' ? wordy : report,
    format,
    locale: 'en',
    path,
    printReport: () => Promise.resolve(new Uint8Array(100_000)),
    bookings: { count: 0, stretches: [], workKinds: new Map() },
    mapping: mappingOf(report),
    signal: signal ?? new AbortController().signal,
    onProgress: () => undefined,
  };
}
