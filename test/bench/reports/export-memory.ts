/** Writes one file of a whole ledger in a process of its own, and prints its rows and the process's peak memory in MB, as JSON. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { findPeriod, openReader } from '../../../src/main/ledger/index.ts';
import { exportBeside } from '../../../src/main/usecases/reports/export-beside.ts';
import type { ExportFormat } from '../../../src/shared/domain/report.ts';
import { dateOfDayNumber, dayNumberOf, localDateOf } from '../../../src/shared/local-time.ts';
import { accepted } from '../../support/ledger/temporary-ledger.ts';
import type { Exported } from './memory.ts';

const [, , folder = '', at = '', format = ''] = process.argv;
const ledger = join(folder, 'clinic.ledger');
const reader = accepted(openReader(ledger));
const books = findPeriod(reader.db);
reader.close();
if (books === null) throw new Error('nothing to export');
const path = join(folder, `file.${format}`);
const file = accepted(
  await exportBeside(
    ledger,
    {
      period: {
        kind: 'custom',
        from: localDateOf(books.from, 'UTC'),
        until: dateOfDayNumber(dayNumberOf(localDateOf(books.to, 'UTC')) + 1),
      },
      poolIds: null,
      subsystems: null,
      format: format as ExportFormat, // one of `memory.ts`
      locale: 'en',
      isForOutside: false,
      path,
    },
    {
      nowMs: () => Date.parse(at),
      version: '0',
      printReport: () => Promise.reject(new Error('nothing is printed')),
    },
  ),
);
rmSync(path);
const peakMb = (process.resourceUsage().maxRSS * 1024) / 1e6;
const exported: Exported = { rows: file.rows, peakMb };
console.log(JSON.stringify(exported));
