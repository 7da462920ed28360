/** Writes one file of a ledger in a process of its own, and prints its rows and bytes and the process's peak memory, as JSON. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { findPeriod, openReader } from '../../../src/main/ledger/index.ts';
import { exportBeside } from '../../../src/main/usecases/reports/export-beside.ts';
import { dateOfDayNumber, dayNumberOf, localDateOf } from '../../../src/shared/local-time.ts';
import { accepted } from '../../support/ledger/temporary-ledger.ts';
import type { Exported, FileAsked } from './memory.ts';

const [, , asked = ''] = process.argv;
const { folder, at, format, period } = JSON.parse(asked) as FileAsked; // written by `memory.ts`
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
      period: period ?? {
        kind: 'custom',
        from: localDateOf(books.from, 'UTC'),
        until: dateOfDayNumber(dayNumberOf(localDateOf(books.to, 'UTC')) + 1),
      },
      poolIds: null,
      subsystems: null,
      format,
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
const exported: Exported = { rows: file.rows, bytes: file.bytes, peakMb };
console.log(JSON.stringify(exported));
