/**
 * What an import reads, before anything is written: source kinds, the mapping a person sets, counts, and every row
 * that cannot be taken with its line and reason. A reader turns files into drafts; only a use case writes.
 */
import type { PoolId } from '../ids.ts';
import type { Milli, Seconds } from '../units.ts';
import type { SubsystemId } from './subsystem.ts';
import type { UrgencyClass } from './urgency.ts';

/** The tables of a clinic system's CSV export that carry work. */
export const SOURCE_TABLES = ['encounters', 'imaging_studies', 'claims', 'procedures', 'devices'] as const;
export type SourceTable = (typeof SOURCE_TABLES)[number];

export const SUBSYSTEM_OF_TABLE: Readonly<Record<SourceTable, SubsystemId>> = {
  encounters: 'records',
  imaging_studies: 'imaging',
  claims: 'insurance',
  procedures: 'research',
  devices: 'monitoring',
};

/** `history`: finished work, taken as fact. `backlog`: waiting work that wants a place from now on. */
export const IMPORT_MODES = ['history', 'backlog'] as const;
export type ImportMode = (typeof IMPORT_MODES)[number];

/** What a person sets for one table before importing it. */
export interface TableMapping {
  readonly table: SourceTable;
  readonly isIncluded: boolean;
  readonly poolId: PoolId;
  readonly rateMilli: Milli;
  /** Used where the file has no end, or none that can be believed. */
  readonly defaultDurationSeconds: Seconds;
  readonly urgency: UrgencyClass;
}

export const ROW_PROBLEMS = [
  'missing-id',
  'duplicate-id',
  'already-imported',
  'unknown-patient',
  'missing-start',
  'unreadable-time',
  'ends-before-start',
  'in-the-future',
  'unreadable-row',
] as const;
export type RowProblemCode = (typeof ROW_PROBLEMS)[number];

/** A row that is left out. The line is the file's own, counting its header as 1. */
export interface RowProblem {
  readonly file: string;
  readonly line: number;
  readonly code: RowProblemCode;
  readonly column: string | null;
}

/**
 * A row that is taken, with something a person should know. The first three take the mapping's default duration:
 * no end in the file, an end equal to its start, an end too far off to be the time the work took. The last one begins
 * while another row of its table and patient is under way.
 */
export const ROW_REMARKS = ['no-end', 'zero-length', 'implausible-length', 'overlaps'] as const;
export type RowRemarkCode = (typeof ROW_REMARKS)[number];

export interface TableCount {
  readonly table: SourceTable;
  readonly rows: number;
  readonly taken: number;
  readonly leftOut: number;
  readonly remarks: Readonly<Record<RowRemarkCode, number>>;
}
