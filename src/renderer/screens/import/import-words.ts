/** The words of an import: tables, problems, remarks, results. Tables by code, so that a new code fails to compile. */
import { m } from '../../../shared/messages/index.ts';
import type {
  ImportMode,
  RowProblem,
  RowProblemCode,
  RowRemarkCode,
  SourceTable,
} from '../../../shared/domain/intake.ts';
import { ROW_REMARKS } from '../../../shared/domain/intake.ts';
import { locale } from '../../locale.svelte.ts';
import { listed, plain, wordsOf } from '../../format/sentence.ts';
import type { ImportOutcome, ImportProgress, TableLine } from './import.svelte.ts';

type Counted = (inputs: { count: number }) => string;

export const TABLE_WORDS: Readonly<Record<SourceTable, () => string>> = {
  encounters: m.import_table_encounters,
  imaging_studies: m.import_table_imaging_studies,
  claims: m.import_table_claims,
  procedures: m.import_table_procedures,
  devices: m.import_table_devices,
};

const TABLE_COUNTS: Readonly<Record<SourceTable, Counted>> = {
  encounters: m.import_count_encounters,
  imaging_studies: m.import_count_imaging_studies,
  claims: m.import_count_claims,
  procedures: m.import_count_procedures,
  devices: m.import_count_devices,
};

const PROBLEMS: Readonly<Record<RowProblemCode, () => string>> = {
  'missing-id': m.import_problem_missing_id,
  'duplicate-id': m.import_problem_duplicate_id,
  'already-imported': m.import_problem_already_imported,
  'unknown-patient': m.import_problem_unknown_patient,
  'missing-start': m.import_problem_missing_start,
  'unreadable-time': m.import_problem_unreadable_time,
  'ends-before-start': m.import_problem_ends_before_start,
  'in-the-future': m.import_problem_in_the_future,
  'unreadable-row': m.import_problem_unreadable_row,
};

const REMARKS: Readonly<Record<RowRemarkCode, Counted>> = {
  'no-end': m.import_remark_no_end,
  'zero-length': m.import_remark_zero_length,
  'implausible-length': m.import_remark_implausible_length,
  overlaps: m.import_remark_overlaps,
};

const PHASES: Readonly<Record<ImportProgress['phase'], () => string>> = {
  reading: m.import_phase_reading,
  checking: m.import_phase_checking,
  writing: m.import_phase_writing,
};

export const MODE_WORDS: Readonly<Record<ImportMode, () => string>> = {
  history: m.import_mode_history,
  backlog: m.import_mode_backlog,
};

export function phaseWords(phase: ImportProgress['phase'] | null): string {
  return phase ? PHASES[phase]() : m.import_reading();
}

export function problemWords({ code, column }: RowProblem): string {
  const problem = PROBLEMS[code]();
  return column === null ? problem : m.import_problem_in_column({ problem, column });
}

/** `12 without an end · 3 of no length`: taken, but worth knowing. */
export function remarkWords(count: TableLine['count']): string {
  if (!count) return '';
  return ROW_REMARKS.filter((code) => count.remarks[code] > 0)
    .map((code) => REMARKS[code]({ count: count.remarks[code] }))
    .join(' · ');
}

/** `2,356 encounters, 166 imaging studies and 3,761 claims are in the books, for 50 patients. 3 rows left out.` */
export function resultWords(result: ImportOutcome): string {
  const counts = result.tables
    .filter(({ taken }) => taken > 0)
    .map(({ table, taken }) => plain(TABLE_COUNTS[table]({ count: taken })));
  const words = {
    tables:
      counts.length > 0 ? wordsOf(listed(counts, locale.current)) : m.import_takes({ count: result.taken }),
    patients: m.import_patients({ count: result.patients }),
    left: m.import_takes({ count: result.leftOut }),
  };
  return result.mode === 'history' ? m.import_result_history(words) : m.import_result_backlog(words);
}
