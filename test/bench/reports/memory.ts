/**
 * Peak memory of a process that writes one file of a whole ledger whose days are not settled, of a tenth of the bookings and
 * of all: what it takes must not grow with them. Measured is the process's own memory, which is what it has written to
 * (RssAnon in Linux's /proc, read every twentieth of a second from outside): the pages of files, which the system reads anew at
 * will and other processes share, are no part of it. Elsewhere it is the peak of all its resident memory.
 *
 * The process may keep no more than so much: V8 collects when it must and not before, so that without a limit the peak
 * would tell how much there was to throw away.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { ExportFormat } from '../../../src/shared/domain/report.ts';
import { sameText } from '../../../src/shared/domain/local-text.ts';
import { staffId } from '../../../src/shared/ids.ts';
import { bigLedger } from '../ledger/big-ledger.ts';
import type { Results } from '../ledger/measure.ts';

/** Printed by `export-memory.ts`. */
export interface Exported {
  readonly rows: number;
  /** Of all resident memory. */
  readonly peakMb: number;
}

/** Those that hold a report hold as much of it for any number of bookings; PDF and HTML are laid out by the window from the same. */
const FORMATS: readonly ExportFormat[] = ['allocations', 'csv', 'xlsx', 'json', 'fhir'];
const SHARES = [0.1, 1];
/** Of the peak with a tenth of the bookings. */
const GROWTH_MAX = 1.2;
const SAMPLE_MS = 50;
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
      const exported = await exportOf(books.folder, at, format);
      peaks.set(format, [...(peaks.get(format) ?? []), exported.peakMb]);
      if (format === 'allocations') results.note('bookings in the file', exported.rows);
    }
    await books.dispose();
  }
  for (const [format, list] of peaks) {
    results.note(`${format}: peak memory, MB`, list.map((mb) => Math.round(mb)).join(', '));
    results.add({
      what: `${format}: peak memory with all bookings ÷ with a tenth`,
      measured: (list.at(-1) ?? NaN) / (list.at(-2) ?? NaN),
      unit: '×',
      budget: GROWTH_MAX,
      isRate: false,
    });
  }
}

async function exportOf(folder: string, at: string, format: ExportFormat): Promise<Exported> {
  const script = join(import.meta.dirname, 'export-memory.ts');
  const child = spawn(process.execPath, [`--max-old-space-size=${HEAP_MB}`, script, folder, at, format], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let ownMb: number | null = null;
  const sampling = setInterval(() => {
    const mb = child.pid === undefined ? null : ownMemoryMb(child.pid);
    if (mb !== null) ownMb = Math.max(ownMb ?? 0, mb);
  }, SAMPLE_MS);
  const [printed] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  clearInterval(sampling);
  if (child.exitCode !== 0)
    throw new Error(`${format} was not written: ${child.signalCode ?? child.exitCode}`);
  const { rows, peakMb } = JSON.parse(printed) as Exported; // printed by that script
  return { rows, peakMb: ownMb ?? peakMb };
}

/** Null where the system does not tell it, or the process is gone. */
function ownMemoryMb(pid: number): number | null {
  try {
    const line = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return line ? (Number(line[1]) * 1024) / 1e6 : null;
  } catch {
    return null;
  }
}
