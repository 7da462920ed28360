/**
 * Brings a file to the form this version of the application knows, in one transaction, and says whose file it is. `application_id` tells our ledger from any other SQLite file; `user_version` is the last migration's number.
 */
import type { Connection } from '../connection.ts';
import { writeHandle } from '../handles.ts';
import { rebuildAtOnce } from '../rebuild.ts';
import { firstForm } from './0010-first-form.ts';
import { quickRows } from './0020-quick-rows.ts';
import { settledDays } from './0021-settled-days.ts';
import { lookingBack } from './0023-looking-back.ts';
import { pathwayTables } from './0026-pathways.ts';
import { taskReferences } from './0028-task-references.ts';
import { preemptionsTable } from './0030-preemptions.ts';
import { exportRunsTable } from './0031-export-runs.ts';
import { waitCauses } from './0033-wait-causes.ts';
import { decisions } from './0034-decisions.ts';
import { settledReports } from './0037-settled-reports.ts';
import { ownTriage } from './0040-own-triage.ts';
import { finishedKinds } from './0041-finished-kinds.ts';
import { settledGroups } from './0047-settled-groups.ts';
import { delays } from './0049-delays.ts';
import { settledMarks } from './0054-settled-marks.ts';
import { fewerPages } from './0058-fewer-pages.ts';
import { intervals } from './0065-intervals.ts';
import type { Migration } from './migration.ts';

/** "CLAL" in ASCII. */
export const APPLICATION_ID = 0x434c414c;

export const MIGRATIONS: readonly Migration[] = [
  firstForm,
  quickRows,
  settledDays,
  lookingBack,
  pathwayTables,
  taskReferences,
  preemptionsTable,
  exportRunsTable,
  waitCauses,
  decisions,
  settledReports,
  ownTriage,
  finishedKinds,
  settledGroups,
  delays,
  settledMarks,
  fewerPages,
  intervals,
];

/** The form this version writes. */
export const NEWEST_VERSION = Math.max(...MIGRATIONS.map((migration) => migration.version));

export interface FileForm {
  readonly applicationId: number;
  readonly version: number;
  readonly hasTables: boolean;
}

function numberPragma(connection: Connection, name: string): number {
  const value = connection.pragma(name, { simple: true });
  if (typeof value !== 'number') throw new Error(`pragma ${name} is not a number`);
  return value;
}

/** What the file says about itself. @throws SqliteError when it is not a readable SQLite file */
export function formOf(connection: Connection): FileForm {
  const tables = connection.prepare<[], number>('SELECT count(*) FROM sqlite_schema').pluck().get() ?? 0;
  return {
    applicationId: numberPragma(connection, 'application_id'),
    version: numberPragma(connection, 'user_version'),
    hasTables: tables > 0,
  };
}

/**
 * Applies what a file of the form `from` lacks: every step and, where one of them asks for it, a rebuild of the
 * projections from the entries, all in one transaction. A file is in the old form or in the new one, never between.
 */
export function migrate(
  connection: Connection,
  from: number,
  migrations: readonly Migration[] = MIGRATIONS,
): void {
  const missing = migrations.filter((migration) => migration.version > from);
  const last = missing.at(-1);
  if (!last) return;
  connection
    .transaction(() => {
      for (const sql of missing.flatMap((migration) => migration.sql)) connection.exec(sql);
      if (from > 0 && missing.some((migration) => migration.rebuilds)) rebuildAtOnce(writeHandle(connection));
      connection.pragma(`application_id = ${APPLICATION_ID}`);
      connection.pragma(`user_version = ${last.version}`);
    })
    .immediate();
}
