/**
 * `npm run bench:reports [-- --rows 200000]`: the raw CSV of bookings from a large ledger, against the same cells
 * written by csv-stringify alone in the same run.
 */
import { createReadStream } from 'node:fs';
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
import { sampleReport } from '../../support/reports/sample-report.ts';
import { bigLedger } from '../ledger/big-ledger.ts';
import { lineText, timeMs } from '../ledger/measure.ts';

const DAY = 86_400;
const { values } = parseArgs({ options: { rows: { type: 'string', default: '200000' } } });
const books = await bigLedger(Number(values.rows));
const signal = new AbortController().signal;

function wholeReport(): ReturnType<typeof sampleReport> {
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

function* plainChunks(lines: readonly string[][][]): Generator<string> {
  for (const some of lines) yield stringify(some, { escape_formulas: true, record_delimiter: 'windows' });
}

try {
  const report = wholeReport();
  const path = join(books.folder, 'raw.csv');
  let rows = 0;
  const reader = accepted(openReader(books.path, { holdsSnapshot: true }));
  const exportMs = await timeMs(() =>
    writeAtomically(
      path,
      allocationChunks({
        report,
        locale: 'en',
        stretches: bookingStretches(reader.db, report.period, 'UTC').stretches,
        workKindNames: new Map(),
        onStretch: (count) => (rows += count),
      }),
      signal,
    ),
  );
  reader.close();
  const peakMb = process.resourceUsage().maxRSS / 1024;
  const lines: string[][][] = [];
  for await (const some of parsedLines(path)) lines.push(some);
  const plain = plainChunks(lines);
  const plainMs = await timeMs(() => writeAtomically(join(books.folder, 'plain.csv'), plain, signal));
  console.log(
    `${rows} rows in ${exportMs.toFixed(0)} ms, csv-stringify alone ${plainMs.toFixed(0)} ms, ${peakMb.toFixed(0)} MB`,
  );
  const what = 'raw CSV of bookings ÷ csv-stringify alone';
  console.log(lineText({ what, measured: exportMs / plainMs, unit: '×', budget: 2, isRate: false }));
} finally {
  await books.dispose();
}
