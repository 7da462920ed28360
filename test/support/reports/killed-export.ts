/** Exports one format to one path, and is killed as by `kill -9` when all of the file is written and none of it in its place. */
import { exportReport } from '../../../src/main/reports/export.ts';
import type { ExportFormat } from '../../../src/shared/domain/report.ts';
import { formatJob } from './format-jobs.ts';
import { whileSyncing } from './while-syncing.ts';

const [, , format = '', path = ''] = process.argv;
await whileSyncing(() => process.kill(process.pid, 'SIGKILL'));
await exportReport(formatJob(format as ExportFormat, path)); // one of them: the test says which
