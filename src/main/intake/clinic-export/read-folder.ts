/**
 * Reads a clinic system's CSV export folder into drafts: patients first, then each included table, one file at a
 * time, as streams, so that progress is told and cancelling works. Writes nothing. Same folder, options and registry:
 * same drafts. A refusal means that nothing was read that anyone may use.
 */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Result } from '../../../shared/result.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { FolderRefusal, IntakeDrafts, ReadOptions } from '../drafts.ts';
import { readPatients } from './read-patients.ts';
import type { TableRead } from './read-table.ts';
import { readTable } from './read-table.ts';
import type { ExportTable } from './tables.ts';
import { EXPORT_TABLES, PATIENTS_FILE } from './tables.ts';

interface Folder {
  readonly tables: readonly { readonly table: ExportTable; readonly isPresent: boolean }[];
  readonly bytesTotal: number;
}

/**
 * @returns refused with a `FolderRefusal`; `cancelled` as soon as the signal says so, whatever was read by then
 */
export async function readClinicExport(options: ReadOptions): Promise<Result<IntakeDrafts, FolderRefusal>> {
  const { signal, onProgress, mappings } = options;
  if (signal?.aborted) return refuse('cancelled', {}, true);
  const folder = await lookInto(options);
  if (!folder.ok) return folder;

  let bytesRead = 0;
  const { bytesTotal } = folder.value;
  const onBytes = (count: number) => {
    bytesRead += count;
    onProgress?.({ bytesRead, bytesTotal });
  };
  const patients = await readPatients(options, onBytes);
  if (!patients.ok) return patients;

  const reads: TableRead[] = [];
  for (const { table, isPresent } of folder.value.tables) {
    if (!isPresent) continue;
    const mapping = mappings.find((row) => row.table === table.table);
    const defaultSeconds = mapping?.defaultDurationSeconds ?? table.defaultDurationSeconds;
    const read = await readTable({
      table,
      options,
      defaultSeconds,
      patientsById: patients.value.byId,
      onBytes,
    });
    if (!read.ok) return read;
    reads.push(read.value);
  }
  return accept({
    mode: options.mode,
    patients: [...patients.value.byId.values()],
    workKinds: reads.flatMap((read) => read.workKinds),
    tasks: reads.flatMap((read) => read.tasks),
    problems: [...patients.value.problems, ...reads.flatMap((read) => read.problems)],
    counts: reads.map((read) => read.count),
    absentTables: folder.value.tables.filter((row) => !row.isPresent).map((row) => row.table.table),
  });
}

/** Which of the export's files are there. It is an export when patients and at least one table are. */
async function lookInto({ folder, mappings }: ReadOptions): Promise<Result<Folder, FolderRefusal>> {
  let names: Set<string>;
  try {
    names = new Set(await readdir(folder));
  } catch {
    return refuse('folder-missing', {}, true); // whatever the reason, there is no folder to read
  }
  const isExport = names.has(PATIENTS_FILE) && EXPORT_TABLES.some(({ file }) => names.has(file));
  if (!isExport) return refuse('not-an-export');

  const included = new Set(mappings.filter((row) => row.isIncluded).map((row) => row.table));
  const tables = EXPORT_TABLES.filter(({ table }) => included.has(table)).map((table) => ({
    table,
    isPresent: names.has(table.file),
  }));
  let bytesTotal = 0;
  for (const file of [PATIENTS_FILE, ...tables.filter((row) => row.isPresent).map((row) => row.table.file)]) {
    try {
      bytesTotal += (await stat(join(folder, file))).size;
    } catch {
      return refuse('file-unreadable', { file, cause: 'disk' }); // gone or forbidden since it was listed
    }
  }
  return accept({ tables, bytesTotal });
}
