/**
 * Peak memory of a process that writes one file of a whole ledger whose days are not settled: of a tenth of the bookings,
 * of three tenths and of all. What it takes must not grow with them. The process may keep no more than so much: V8 collects when it must and
 * not before, so that without a limit the peak would tell how much there was to throw away.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { ExportFormat } from '../../../src/shared/domain/report.ts';
import { sameText } from '../../../src/shared/domain/local-text.ts';
import { staffId } from '../../../src/shared/ids.ts';
import { bigLedger } from '../ledger/big-ledger.ts';
import type { Results } from '../ledger/measure.ts';

/** Printed by `export-memory.ts`. */
export interface Exported {
  readonly rows: number;
  readonly peakMb: number;
}

/** Those that hold a report hold as much of it for any number of bookings; PDF and HTML are laid out by the window from the same. */
const FORMATS: readonly ExportFormat[] = ['allocations', 'csv', 'xlsx', 'json', 'fhir'];
const SHARES = [0.1, 0.3, 1];
/** Of the peak with three tenths of the bookings: with a tenth V8 has not filled yet what it may keep. */
const GROWTH_MAX = 1.2;
/** Of what V8 keeps, in its own MB; one booking of a million is a hundred bytes of it. */
const HEAP_MB = 96;

export async function measureMemory(results: Results, rows: number, cache: string | null): Promise<void> {
  const peaks = new Map<ExportFormat, number[]>();
  for (const share of SHARES) {
    const books = await bigLedger(Math.round(rows * share), cache);
    const id = staffId('bench-ann');
    const member = {
      id,
      name: 'Ann',
      jobTitle: sameText('Manager'),
      role: 'manager',
      isActive: true,
    } as const;
    await books.append('staff-set', member);
    await books.append('person-changed', { staffId: id });
    const at = new Date(books.clock.ms).toISOString();
    await books.close();
    for (const format of FORMATS) {
      const exported = exportOf(books.folder, at, format);
      peaks.set(format, [...(peaks.get(format) ?? []), exported.peakMb]);
      if (format === 'allocations') results.note('bookings in the file', exported.rows);
    }
    await books.dispose();
  }
  for (const [format, list] of peaks) {
    results.note(`${format}: peak memory, MB`, list.map((mb) => Math.round(mb)).join(', '));
    results.add({
      what: `${format}: peak memory with all bookings ÷ with three tenths`,
      measured: (list.at(-1) ?? NaN) / (list.at(-2) ?? NaN),
      unit: '×',
      budget: GROWTH_MAX,
      isRate: false,
    });
  }
}

function exportOf(folder: string, at: string, format: ExportFormat): Exported {
  const script = join(import.meta.dirname, 'export-memory.ts');
  const text = execFileSync(
    process.execPath,
    [`--max-old-space-size=${HEAP_MB}`, script, folder, at, format],
    { encoding: 'utf8' },
  );
  return JSON.parse(text) as Exported; // printed by that script
}
