/**
 * `npm run bench:reports [-- --rows 1000000 --cache FOLDER --json]`: the raw CSV of bookings from a large ledger against
 * the same cells written by csv-stringify alone in the same run, the memory that a large XLSX takes and that any
 * file takes (`memory.ts`), what a report's file grows with (`sizes.ts`), and reports of a year over fifty pools (`year.ts`). `--only year,csv` measures some of them. Exit code 1 when something that must be
 * reached is missed.
 */
import { execFileSync } from 'node:child_process';
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify/sync';
import { openReader } from '../../../src/main/ledger/index.ts';
import { allocationChunks } from '../../../src/main/reports/writers/allocations.ts';
import { writeAtomically } from '../../../src/main/reports/writers/atomic-file.ts';
import { bookingStretches } from '../../../src/main/usecases/reports/booking-stretches.ts';
import { dayNumberOf, localDateOf } from '../../../src/shared/local-time.ts';
import { sameText } from '../../../src/shared/domain/local-text.ts';
import { instant } from '../../../src/shared/units.ts';
import { ROOM } from '../../support/ledger/clinic-rows.ts';
import { accepted } from '../../support/ledger/temporary-ledger.ts';
import type { TemporaryLedger } from '../../support/ledger/temporary-ledger.ts';
import { sampleReport } from '../../support/reports/sample-report.ts';
import { bigLedger } from '../ledger/big-ledger.ts';
import { Results, timeMs } from '../ledger/measure.ts';
import { measureMemory } from './memory.ts';
import { measureSizes } from './sizes.ts';
import { measureYear } from './year.ts';

const DAY = 86_400;
const XLSX_RUNS = 5;
const XLSX_ROWS = 100_000;
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    cache: { type: 'string' },
    json: { type: 'boolean', default: false },
    only: { type: 'string', default: 'csv,xlsx,memory,sizes,year' },
  },
});
const results = new Results(values.json);
const parts = new Set(values.only.split(','));
const signal = new AbortController().signal;

function wholeReport(books: TemporaryLedger): ReturnType<typeof sampleReport> {
  const report = sampleReport();
  const [first] = report.pools;
  if (!first) throw new Error('the sample report has a pool');
  const until = instant(Math.ceil(books.clock.now / DAY) * DAY);
  const from = instant(dayNumberOf(localDateOf(instant(0), 'UTC')) * DAY);
  return {
    ...report,
    period: { ...report.period, from, until },
    pools: [{ ...first, poolId: ROOM, name: sameText('Ultrasound rooms') }],
  };
}

async function* parsedLines(path: string): AsyncGenerator<string[][]> {
  let lines: string[][] = [];
  for await (const line of createReadStream(path).pipe(parse({ bom: true, record_delimiter: '\r\n' }))) {
    lines.push(line as string[]); // cells of a CSV are text
    if (lines.length === 400) {
      yield lines;
      lines = [];
    }
  }
  yield lines;
}

/** What some work takes: of all processors together, and on the clock. */
interface Taken {
  readonly cpuMs: number;
  readonly wallMs: number;
}

async function taken(work: () => unknown): Promise<Taken> {
  const before = process.cpuUsage();
  const wallMs = await timeMs(work);
  const { user, system } = process.cpuUsage(before);
  return { cpuMs: (user + system) / 1000, wallMs };
}

/** What csv-stringify and the file take for the cells of `path`; reading them is not counted. */
async function takenByPlain(books: TemporaryLedger, path: string): Promise<Taken> {
  const file = await open(join(books.folder, 'plain.csv'), 'w');
  const parts: Taken[] = [];
  for await (const lines of parsedLines(path)) {
    const write = (): unknown =>
      file.write(stringify(lines, { escape_formulas: true, record_delimiter: 'windows' }));
    parts.push(await taken(write));
  }
  parts.push(await taken(() => file.sync()));
  await file.close();
  return {
    cpuMs: parts.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    wallMs: parts.reduce((sum, { wallMs }) => sum + wallMs, 0),
  };
}

async function measureCsv(): Promise<void> {
  const books = await bigLedger(Number(values.rows), values.cache ?? null);
  const report = wholeReport(books);
  const path = join(books.folder, 'raw.csv');
  let rows = 0;
  const reader = accepted(openReader(books.path, { holdsSnapshot: true }));
  const own = await taken(() =>
    writeAtomically(
      path,
      allocationChunks({
        report,
        locale: 'en',
        stretches: bookingStretches(reader.db, report.period, 'UTC').stretches,
        workKinds: new Map(),
        onStretch: (count) => (rows += count),
      }),
      signal,
    ),
  );
  reader.close();
  results.note('rows of CSV', rows);
  results.note('memory at the end of the export, MB', Math.round(process.memoryUsage.rss() / 1e6));
  const plain = await takenByPlain(books, path);
  await books.dispose();
  results.note(
    'seconds on the clock',
    `${(own.wallMs / 1000).toFixed(1)} and ${(plain.wallMs / 1000).toFixed(1)}`,
  );
  results.note('the same in processor time, ratio', (own.cpuMs / plain.cpuMs).toFixed(2));
  results.add({
    what: 'raw CSV of bookings ÷ csv-stringify alone',
    measured: own.wallMs / plain.wallMs,
    unit: '×',
    budget: 2,
    isRate: false,
  });
}

/**
 * Each in a process of its own, so that nothing else is in its memory, with its code compiled before: what reads TypeScript
 * is no part of the application. V8 clears up sooner in one than in the next: all are told, the median counts.
 */
function measureXlsx(): void {
  const script = join(import.meta.dirname, 'xlsx-memory.ts');
  const compiled = mkdtempSync(join(tmpdir(), 'compiled-'));
  const env = { ...process.env, NODE_COMPILE_CACHE: compiled };
  const peakOf = (rows: number): number =>
    Number(execFileSync(process.execPath, [script, String(rows)], { encoding: 'utf8', env }));
  peakOf(1);
  const peaks = Array.from({ length: XLSX_RUNS }, () => peakOf(XLSX_ROWS)).sort(
    (left, right) => left - right,
  );
  rmSync(compiled, { recursive: true });
  results.note('XLSX peaks, MB', peaks.join(' '));
  results.add({
    what: `XLSX of ${XLSX_ROWS} rows, peak memory`,
    measured: peaks[Math.floor(XLSX_RUNS / 2)] ?? Number.NaN,
    unit: 'MB',
    budget: 300,
    isRate: false,
  });
}

if (parts.has('csv')) await measureCsv();
if (parts.has('xlsx')) measureXlsx();
if (parts.has('memory')) await measureMemory(results, Number(values.rows), values.cache ?? null);
if (parts.has('sizes')) await measureSizes(results, Number(values.rows), values.cache ?? null);
if (parts.has('year')) await measureYear(results, Number(values.rows), values.cache ?? null);
results.end();
