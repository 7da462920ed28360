/**
 * Peak memory of a process that writes one file of a whole ledger whose days are not settled, of a tenth of the bookings,
 * three tenths and all: what it takes must not grow with them. Judged twice: all against a tenth, and what each booking
 * more takes between three tenths and all, where everything that fills up to a bound is full. Measured is the process's own memory, which is what it has written to
 * (RssAnon in Linux's /proc, read every twentieth of a second from outside): the pages of files, which the system reads anew at
 * will and other processes share, are no part of it. Elsewhere it is the peak of all its resident memory.
 *
 * The process may keep no more than so much, and so much that is young: V8 collects when it must and not before, so that
 * without limits the peak would tell how much there was to throw away. Decision 0317.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { ExportFormat, PeriodChoice } from '../../../src/shared/domain/report.ts';
import { sameText } from '../../../src/shared/domain/local-text.ts';
import { staffId } from '../../../src/shared/ids.ts';
import type { TemporaryLedger } from '../../support/ledger/temporary-ledger.ts';
import { bigLedger } from '../ledger/big-ledger.ts';
import type { Results } from '../ledger/measure.ts';

/** Printed by `export-memory.ts`. */
export interface Exported {
  readonly rows: number;
  readonly bytes: number;
  /** Of all resident memory. */
  readonly peakMb: number;
}

/** Read by `export-memory.ts`. */
export interface FileAsked {
  readonly folder: string;
  /** The application's clock, ISO. */
  readonly at: string;
  readonly format: ExportFormat;
  /** Null: all of the books. */
  readonly period: PeriodChoice | null;
}

/** The others hold a report as these do: `sizes.ts`. */
const FORMATS: readonly ExportFormat[] = ['allocations', 'csv', 'xlsx', 'json', 'fhir'];
const SHARES = [0.1, 0.3, 1];
/** Of the peak with a tenth of the bookings. */
const GROWTH_MAX = 1.2;
/** Less than one id of a task, of which each booking has one: a list of them would show. */
const BOOKING_BYTES_MAX = 48;
const SAMPLE_MS = 50;
/** Of what V8 keeps, in its own MB; a million bookings have some sixty bytes of it each. */
const HEAP_MB = 64;
/** Of each half of what is young, likewise. */
const YOUNG_MB = 16;

export async function measureMemory(results: Results, rows: number, cache: string | null): Promise<void> {
  const peaks = new Map<ExportFormat, number[]>();
  const bookings: number[] = [];
  for (const share of SHARES) {
    const books = await bigLedger(Math.round(rows * share), cache);
    await seatManager(books);
    const at = new Date(books.clock.ms).toISOString();
    await books.close();
    for (const format of FORMATS) {
      const exported = await exportOf({ folder: books.folder, at, format, period: null });
      peaks.set(format, [...(peaks.get(format) ?? []), exported.peakMb]);
      if (format === 'allocations') bookings.push(exported.rows);
    }
    await books.dispose();
  }
  results.note('bookings', bookings.join(', '));
  const [, someBookings = NaN, allBookings = NaN] = bookings;
  for (const [format, list] of peaks) {
    const [tenthMb = NaN, someMb = NaN, allMb = NaN] = list;
    results.note(`${format}: peak memory, MB`, list.map((mb) => Math.round(mb)).join(', '));
    results.add({
      what: `${format}: peak memory with all bookings ÷ with a tenth`,
      measured: allMb / tenthMb,
      unit: '×',
      budget: GROWTH_MAX,
      isRate: false,
    });
    results.add({
      what: `${format}: memory of each booking more, from three tenths to all`,
      measured: ((allMb - someMb) * 1e6) / (allBookings - someBookings),
      unit: 'bytes',
      budget: BOOKING_BYTES_MAX,
      isRate: false,
    });
  }
}

/** Who may export. */
export async function seatManager(books: TemporaryLedger): Promise<void> {
  const id = staffId('bench-ann');
  const member = { id, name: 'Ann', jobTitle: sameText('Manager'), role: 'manager', isActive: true } as const;
  await books.append('staff-set', member);
  await books.append('person-changed', { staffId: id });
}

/** In a process of its own. */
export async function exportOf(asked: FileAsked): Promise<Exported> {
  const script = join(import.meta.dirname, 'export-memory.ts');
  const limits = [`--max-old-space-size=${HEAP_MB}`, `--max-semi-space-size=${YOUNG_MB}`];
  const child = spawn(process.execPath, [...limits, script, JSON.stringify(asked)], {
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
    throw new Error(`${asked.format} was not written: ${child.signalCode ?? child.exitCode}`);
  const exported = JSON.parse(printed) as Exported; // printed by that script
  return { ...exported, peakMb: ownMb ?? exported.peakMb };
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
