/**
 * Reads `patients.csv`: who the rows of all other tables are about. What identifies a person goes into `identity` and
 * nowhere else; addresses, insurance and document numbers are not read at all.
 */
import { join } from 'node:path';
import type { RowProblem, RowProblemCode } from '../../../shared/domain/intake.ts';
import { isLocalDate } from '../../../shared/local-time.ts';
import type { Result } from '../../../shared/result.ts';
import { accept } from '../../../shared/result.ts';
import type { CsvRow } from '../csv-file.ts';
import { readCsvFile } from '../csv-file.ts';
import type { FolderRefusal, PatientDraft, ReadOptions } from '../drafts.ts';
import { PATIENTS_FILE, PATIENT_COLUMNS } from './tables.ts';

export interface PatientsRead {
  /** By the file's own id, in the order of its lines. */
  readonly byId: ReadonlyMap<string, PatientDraft>;
  readonly problems: readonly RowProblem[];
}

/** Refused like any file of the export (`readCsvFile`). */
export async function readPatients(
  options: ReadOptions,
  onBytes: (count: number) => void,
): Promise<Result<PatientsRead, FolderRefusal>> {
  const byId = new Map<string, PatientDraft>();
  const problems: RowProblem[] = [];
  const leaveOut = (row: CsvRow, code: RowProblemCode, column: string | null) =>
    problems.push({ file: PATIENTS_FILE, line: row.line, code, column });

  const read = await readCsvFile(
    {
      path: join(options.folder, PATIENTS_FILE),
      name: PATIENTS_FILE,
      requiredColumns: PATIENT_COLUMNS,
      signal: options.signal,
      onBytes,
    },
    (row) => {
      const id = row.cell('Id');
      if (!row.isWhole) leaveOut(row, 'unreadable-row', null);
      else if (id === '') leaveOut(row, 'missing-id', 'Id');
      else if (byId.has(id)) leaveOut(row, 'duplicate-id', 'Id');
      else byId.set(id, draftOf(row, id, options));
    },
  );
  return read.ok ? accept({ byId, problems }) : read;
}

function draftOf(row: CsvRow, id: string, { registry }: ReadOptions): PatientDraft {
  const digest = registry.digestOf(`patient:${id}`);
  const name = ['FIRST', 'MIDDLE', 'LAST'].map((column) => row.cell(column)).filter((part) => part !== '');
  const birthDate = row.cell('BIRTHDATE');
  return {
    digest,
    isKnown: registry.isKnown(digest),
    identity: {
      name: name.length > 0 ? name.join(' ') : id,
      birthDate: isLocalDate(birthDate) ? birthDate : null,
      number: id,
    },
  };
}
