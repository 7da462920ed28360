/** Writes a workbook whose largest table has as many rows as asked, and prints the process's peak memory in MB. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reportTables } from '../../../src/main/reports/tables/report-tables.ts';
import { writeAtomically } from '../../../src/main/reports/writers/atomic-file.ts';
import { xlsxChunks } from '../../../src/main/reports/writers/xlsx.ts';
import { sampleReport } from '../../support/reports/sample-report.ts';

const rowCount = Number(process.argv[2]);
const report = sampleReport();
const tables = reportTables(report, 'en');
const largest = tables.reduce((best, table) => (table.rows.length > best.rows.length ? table : best));
const rows = Array.from({ length: rowCount }, (_, index) => largest.rows[index % largest.rows.length]);
const many = tables.map((table) =>
  table === largest ? { ...table, rows: rows.filter((row) => row !== undefined) } : table,
);
const folder = mkdtempSync(join(tmpdir(), 'xlsx-'));
const chunks = xlsxChunks(report, many, 'en', () => undefined);
await writeAtomically(join(folder, 'many.xlsx'), chunks, new AbortController().signal);
rmSync(folder, { recursive: true });
console.log(Math.round((process.resourceUsage().maxRSS * 1024) / 1e6));
