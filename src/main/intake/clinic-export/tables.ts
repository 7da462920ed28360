/**
 * The tables of a clinic system's CSV export (the shape of the public simulator Synthea's) as rows of one table: which
 * columns carry what. A new table is a new row here, not new code.
 */
import type { SourceTable } from '../../../shared/domain/intake.ts';
import type { LocalText } from '../../../shared/domain/local-text.ts';
import type { Seconds } from '../../../shared/units.ts';
import { HOUR, MINUTE, seconds } from '../../../shared/units.ts';

export interface ExportTable {
  readonly table: SourceTable;
  readonly file: string;
  /** The file's own id of a row, which may not be empty; null where rows have none. */
  readonly idColumn: string | null;
  /** Together they tell two rows apart. */
  readonly keyColumns: readonly string[];
  readonly patientColumn: string;
  readonly startColumn: string;
  /** The first of these that is filled is the end; none where the file has no ends. */
  readonly endColumns: readonly string[];
  readonly codeColumn: string;
  readonly nameColumn: string | null;
  /** Names for codes that the file does not spell out. */
  readonly names: Readonly<Record<string, LocalText>>;
  /** A longer time between start and end is not the time the work took; null where any length can be. */
  readonly believableSecondsMax: Seconds | null;
  readonly defaultDurationSeconds: Seconds;
  /** Rows that make one task: each its own, or all rows of one code as a data set. */
  readonly grouping: 'row' | 'code';
}

export const PATIENTS_FILE = 'patients.csv';
export const PATIENT_COLUMNS = ['Id', 'BIRTHDATE', 'FIRST', 'LAST'] as const;

/** A data set's analysis takes the table's default duration for every hundred rows begun. */
export const ROWS_PER_DEFAULT_DURATION = 100;

export const EXPORT_TABLES: readonly ExportTable[] = [
  {
    table: 'encounters',
    file: 'encounters.csv',
    idColumn: 'Id',
    keyColumns: ['Id'],
    patientColumn: 'PATIENT',
    startColumn: 'START',
    endColumns: ['STOP'],
    codeColumn: 'CODE',
    nameColumn: 'DESCRIPTION',
    names: {},
    believableSecondsMax: null,
    defaultDurationSeconds: seconds(20 * MINUTE),
    grouping: 'row',
  },
  {
    // One row per stored instance: a study of two eyes is two image tasks.
    table: 'imaging_studies',
    file: 'imaging_studies.csv',
    idColumn: 'Id',
    keyColumns: ['Id', 'SERIES_UID', 'INSTANCE_UID'],
    patientColumn: 'PATIENT',
    startColumn: 'DATE',
    endColumns: [],
    codeColumn: 'MODALITY_CODE',
    nameColumn: 'MODALITY_DESCRIPTION',
    names: {
      CR: { en: 'Computed radiography', zh: '计算机X线摄影' },
      CT: { en: 'Computed tomography', zh: '计算机断层扫描' },
      DX: { en: 'Digital radiography', zh: '数字X线摄影' },
      MR: { en: 'Magnetic resonance', zh: '磁共振成像' },
      OP: { en: 'Ophthalmic photography', zh: '眼底照相' },
      US: { en: 'Ultrasound', zh: '超声检查' },
    },
    believableSecondsMax: null,
    defaultDurationSeconds: seconds(15 * MINUTE),
    grouping: 'row',
  },
  {
    // Billing of a stay is dated after its end: beyond a working day that is not a clerk's handling time.
    table: 'claims',
    file: 'claims.csv',
    idColumn: 'Id',
    keyColumns: ['Id'],
    patientColumn: 'PATIENTID',
    startColumn: 'SERVICEDATE',
    endColumns: ['LASTBILLEDDATE1', 'LASTBILLEDDATEP'],
    codeColumn: 'HEALTHCARECLAIMTYPEID1',
    nameColumn: null,
    names: {
      1: { en: 'Professional claim', zh: '医师服务理赔' },
      2: { en: 'Institutional claim', zh: '机构服务理赔' },
    },
    believableSecondsMax: seconds(8 * HOUR),
    defaultDurationSeconds: seconds(15 * MINUTE),
    grouping: 'row',
  },
  {
    table: 'procedures',
    file: 'procedures.csv',
    idColumn: null,
    keyColumns: ['PATIENT', 'ENCOUNTER', 'CODE', 'START'],
    patientColumn: 'PATIENT',
    startColumn: 'START',
    endColumns: ['STOP'],
    codeColumn: 'CODE',
    nameColumn: 'DESCRIPTION',
    names: {},
    believableSecondsMax: null,
    defaultDurationSeconds: seconds(30 * MINUTE),
    grouping: 'code',
  },
  {
    table: 'devices',
    file: 'devices.csv',
    idColumn: null,
    keyColumns: ['PATIENT', 'CODE', 'START', 'UDI'],
    patientColumn: 'PATIENT',
    startColumn: 'START',
    endColumns: ['STOP'],
    codeColumn: 'CODE',
    nameColumn: 'DESCRIPTION',
    names: {},
    believableSecondsMax: null,
    defaultDurationSeconds: seconds(HOUR),
    grouping: 'row',
  },
];

/** Columns without which a table cannot be read. */
export function requiredColumns(table: ExportTable): string[] {
  const { idColumn, patientColumn, startColumn, endColumns, codeColumn, nameColumn, keyColumns } = table;
  const optional = new Set(endColumns.slice(1));
  return [
    ...new Set([idColumn, patientColumn, startColumn, ...endColumns, codeColumn, nameColumn, ...keyColumns]),
  ].filter((column): column is string => column !== null && !optional.has(column));
}
