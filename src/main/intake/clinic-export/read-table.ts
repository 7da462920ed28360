/**
 * Reads one table of an export into task drafts: every row its own task, or every code a data set whose analysis is
 * one task. Whatever happens, rows = taken + left out, and every row left out is listed.
 */
import { join } from 'node:path';
import type { RowProblem, RowRemarkCode, TableCount } from '../../../shared/domain/intake.ts';
import { ROW_REMARKS, SUBSYSTEM_OF_TABLE } from '../../../shared/domain/intake.ts';
import { sameText } from '../../../shared/domain/local-text.ts';
import type { Result } from '../../../shared/result.ts';
import { accept } from '../../../shared/result.ts';
import type { Instant, Seconds } from '../../../shared/units.ts';
import { instant, seconds } from '../../../shared/units.ts';
import { readCsvFile } from '../csv-file.ts';
import type { FolderRefusal, PatientDraft, ReadOptions, TaskDraft, WorkKindDraft } from '../drafts.ts';
import type { RowContext, RowFact } from './check-row.ts';
import { checkRow } from './check-row.ts';
import type { ExportTable } from './tables.ts';
import { ROWS_PER_DEFAULT_DURATION, requiredColumns } from './tables.ts';

export interface TableRead {
  readonly tasks: readonly TaskDraft[];
  readonly workKinds: readonly WorkKindDraft[];
  readonly problems: readonly RowProblem[];
  readonly count: TableCount;
}

export interface TableRequest {
  readonly table: ExportTable;
  readonly options: ReadOptions;
  readonly defaultSeconds: Seconds;
  readonly patientsById: ReadonlyMap<string, PatientDraft>;
  readonly onBytes: (count: number) => void;
}

/** A code's name for rows that carry no code at all. */
const NO_CODE = { code: 'unspecified', name: { en: 'Unspecified', zh: '未注明' } };

/** SNOMED CT closes a term with its semantic tag, which tells staff nothing: "Prenatal visit (regime/therapy)". */
const SEMANTIC_TAG = / \([a-z/ ]+\)$/;

/** Refused like any file of the export (`readCsvFile`). */
export async function readTable(request: TableRequest): Promise<Result<TableRead, FolderRefusal>> {
  const { table, options } = request;
  const context: RowContext = { ...request, seenKeys: new Set() };
  const facts: RowFact[] = [];
  const problems: RowProblem[] = [];
  const read = await readCsvFile(
    {
      path: join(options.folder, table.file),
      name: table.file,
      requiredColumns: requiredColumns(table),
      signal: options.signal,
      onBytes: request.onBytes,
    },
    (row) => {
      const checked = checkRow(row, context);
      if ('fact' in checked) facts.push(checked.fact);
      else problems.push({ file: table.file, line: row.line, ...checked.leftOut });
    },
  );
  if (!read.ok) return read;

  const tasks = table.grouping === 'row' ? rowTasks(facts, request) : dataSetTasks(facts, request, problems);
  problems.sort((left, right) => left.line - right.line);
  return accept({
    tasks,
    workKinds: workKindsOf(facts, table),
    problems,
    count: {
      table: table.table,
      rows: read.value,
      taken: read.value - problems.length,
      leftOut: problems.length,
      remarks: countRemarks(tasks),
    },
  });
}

function rowTasks(facts: readonly RowFact[], { table, options }: TableRequest): TaskDraft[] {
  const overlapping = overlappingFacts(facts);
  return facts.map((fact) => {
    const remarks: RowRemarkCode[] = fact.lengthRemark ? [fact.lengthRemark] : [];
    if (overlapping.has(fact)) remarks.push('overlaps');
    return {
      digest: fact.digest,
      table: table.table,
      line: fact.line,
      rowCount: 1,
      workKindKey: workKindKey(table, fact.code),
      patientDigest: fact.patientDigest,
      ...placeInTime(fact.start, fact.durationSeconds, options),
      remarks,
    };
  });
}

/**
 * One task per code, in the order of first lines. A data set is complete when its last row has ended; then its
 * analysis begins. The same set of rows is the same data set; one that has grown is a new one.
 */
function dataSetTasks(facts: readonly RowFact[], request: TableRequest, problems: RowProblem[]): TaskDraft[] {
  const { table, options, defaultSeconds } = request;
  const tasks: TaskDraft[] = [];
  for (const [code, rows] of Map.groupBy(facts, (fact) => fact.code)) {
    const keys = rows.map((row) => row.digest).sort();
    const digest = options.registry.digestOf(`${table.table}:${code}:${keys.join(',')}`);
    if (options.registry.isKnown(digest)) {
      const column = table.codeColumn;
      problems.push(
        ...rows.map(({ line }) => ({ file: table.file, line, code: 'already-imported' as const, column })),
      );
      continue;
    }
    const complete = Math.max(...rows.map((row) => row.start + (row.lengthRemark ? 0 : row.durationSeconds)));
    const parts = Math.ceil(rows.length / ROWS_PER_DEFAULT_DURATION);
    tasks.push({
      digest,
      table: table.table,
      line: Math.min(...rows.map((row) => row.line)),
      rowCount: rows.length,
      workKindKey: workKindKey(table, code),
      patientDigest: null,
      ...placeInTime(instant(complete), seconds(defaultSeconds * parts), options),
      remarks: [],
    });
  }
  return tasks;
}

/**
 * History ran when the file says, and nothing of it is after `now`: a default duration that would be is cut there.
 * A backlog runs when a plan says, from `now` on, or from its own start where that is later.
 */
function placeInTime(
  start: Instant,
  durationSeconds: Seconds,
  { mode, now }: ReadOptions,
): Pick<TaskDraft, 'startedAt' | 'endedAt' | 'durationSeconds' | 'earliestStart'> {
  if (mode === 'backlog') {
    return { startedAt: null, endedAt: null, durationSeconds, earliestStart: instant(Math.max(now, start)) };
  }
  const startedAt = instant(Math.min(start, now - 1));
  const endedAt = instant(Math.min(startedAt + durationSeconds, now));
  return { startedAt, endedAt, durationSeconds: seconds(endedAt - startedAt), earliestStart: startedAt };
}

/** Rows that begin while another row of the same patient is under way. */
function overlappingFacts(facts: readonly RowFact[]): Set<RowFact> {
  const overlapping = new Set<RowFact>();
  for (const rows of Map.groupBy(facts, (fact) => fact.patientDigest).values()) {
    let latestEnd = Number.NEGATIVE_INFINITY;
    for (const row of rows.sort((left, right) => left.start - right.start || left.line - right.line)) {
      if (row.start < latestEnd) overlapping.add(row);
      latestEnd = Math.max(latestEnd, row.start + row.durationSeconds);
    }
  }
  return overlapping;
}

function workKindKey(table: ExportTable, code: string): string {
  return `${table.table}:${code === '' ? NO_CODE.code : code}`;
}

/** One per code that occurs, in order of appearance; where a file names a code in several ways, the first counts. */
function workKindsOf(facts: readonly RowFact[], table: ExportTable): WorkKindDraft[] {
  const drafts = new Map<string, WorkKindDraft>();
  for (const { code, name } of facts) {
    const key = workKindKey(table, code);
    if (drafts.has(key)) continue;
    const spelled = name.replace(SEMANTIC_TAG, '');
    drafts.set(key, {
      key,
      table: table.table,
      subsystem: SUBSYSTEM_OF_TABLE[table.table],
      code: code === '' ? NO_CODE.code : code,
      name: code === '' ? NO_CODE.name : (table.names[code] ?? sameText(spelled === '' ? code : spelled)),
    });
  }
  return [...drafts.values()];
}

function countRemarks(tasks: readonly TaskDraft[]): Record<RowRemarkCode, number> {
  const counts = Object.fromEntries(ROW_REMARKS.map((code) => [code, 0])) as Record<RowRemarkCode, number>; // all keys
  for (const { remarks } of tasks) for (const remark of remarks) counts[remark] += 1;
  return counts;
}
