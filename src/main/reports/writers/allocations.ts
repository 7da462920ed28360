/**
 * The raw bookings of a period as CSV, for the clinic's own analysis: one booking per line, RFC 4180, UTF-8 with a
 * byte-order mark, one table whose first column tells bookings, provenance and definitions apart (decision 0051). Holds
 * a day of bookings at a time. Tasks and patients stand under names made for this one file and kept nowhere: the
 * same one has the same name throughout the file, and no name leads back to the books or to another file. Only where
 * identities were asked for, with a permission and a reason, three columns more say who the patient is.
 */
import { hash, randomBytes } from 'node:crypto';
import { stringify } from 'csv-stringify/sync';
import type { BookingFact } from '../../ledger/index.ts';
import { m } from '../../../shared/messages/index.ts';
import type { PatientIdentity } from '../../../shared/domain/clinic.ts';
import type { PatientId } from '../../../shared/ids.ts';
import type { Locale } from '../../../shared/domain/local-text.ts';
import type { TaskState } from '../../../shared/domain/lifecycle.ts';
import type { UtilizationReport } from '../../../shared/domain/report.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import type { Instant } from '../../../shared/units.ts';
import { SUBSYSTEM_NAMES } from '../indicators/definitions.ts';
import { aboutLines, isoLocal } from '../tables/about.ts';
import type { Message } from '../tables/table.ts';
import { ABOUT_SECTION, DEFINITION_SECTION } from './csv.ts';

const BOOKING_SECTION = 'booking';

const COLUMN_LABELS = {
  section: m.reports_col_section,
  task: m.reports_col_task,
  patient: m.reports_col_patient,
  poolId: m.reports_col_pool_id,
  pool: m.reports_col_pool,
  unit: m.reports_col_unit,
  subsystem: m.reports_col_subsystem,
  workKind: m.reports_col_work_kind,
  code: m.reports_col_code,
  urgency: m.reports_col_urgency,
  level: m.reports_col_level,
  state: m.reports_col_state,
  rate: m.reports_col_rate,
  plannedStart: m.reports_col_planned_start,
  plannedEnd: m.reports_col_planned_end,
  reserved: m.reports_col_reserved,
  actualStart: m.reports_col_actual_start,
  actualEnd: m.reports_col_actual_end,
  interval: m.reports_col_interval,
  assumed: m.reports_col_assumed,
  imported: m.reports_col_imported,
  item: m.reports_col_item,
  value: m.reports_col_value,
} satisfies Record<string, Message>;
type ColumnId = keyof typeof COLUMN_LABELS;

/** Beside the patient's name made for the file, where the file names patients. */
const IDENTITY_LABELS: readonly Message[] = [
  m.reports_col_patient_name,
  m.reports_col_patient_number,
  m.reports_col_birth_date,
];
const IDENTITY_AT = 3;
/** Few enough for their texts to be gone before memory is looked through as a whole. */
const LINES_AT_ONCE = 200;

/** What is not plain from a column's name. */
const DEFINITIONS: readonly (readonly [ColumnId, Message])[] = [
  ['task', m.reports_raw_task],
  ['patient', m.reports_raw_patient],
  ['code', m.reports_raw_code],
  ['rate', m.reports_raw_rate],
  ['plannedStart', m.reports_raw_planned],
  ['reserved', m.reports_raw_reserved],
  ['actualStart', m.reports_raw_actual],
  ['interval', m.reports_raw_interval],
  ['assumed', m.reports_raw_assumed],
];

const STATE_NAMES: Readonly<Record<TaskState, Message>> = {
  waiting: m.workspace_state_waiting,
  held: m.workspace_state_held,
  tentative: m.workspace_state_tentative,
  confirmed: m.workspace_state_confirmed,
  running: m.workspace_state_running,
  finished: m.workspace_state_finished,
  released: m.workspace_state_released,
  missed: m.workspace_state_missed,
  cancelled: m.workspace_state_cancelled,
};

export type IdentitiesOf = (patientIds: readonly PatientId[]) => ReadonlyMap<PatientId, PatientIdentity>;

export interface NamedKind {
  readonly name: string;
  readonly code: string | null;
}

export interface AllocationsInput {
  readonly report: UtilizationReport;
  readonly locale: Locale;
  /** The bookings of the period in order, a stretch of it at a time. */
  readonly stretches: Iterable<readonly BookingFact[]>;
  /** The kinds of work by id: names in the file's language, and codes of the catalogue. */
  readonly workKinds: ReadonlyMap<string, NamedKind>;
  /** Who patients are; missing where the file names nobody. */
  readonly identitiesOf?: IdentitiesOf;
  /** Called after each stretch with the number of its lines. */
  readonly onStretch: (rows: number) => void;
}

/** The file's text in pieces. */
export function* allocationChunks(input: AllocationsInput): Generator<string> {
  const { report, locale, stretches, onStretch } = input;
  const columns = Object.keys(COLUMN_LABELS);
  yield '\uFEFF';
  const isNamed = input.identitiesOf !== undefined;
  const named = (cells: string[], identity: readonly string[]): string[] =>
    isNamed ? cells.toSpliced(IDENTITY_AT, 0, ...identity) : cells;
  const say = (label: Message): string => label({}, { locale });
  yield csvText([named(Object.values(COLUMN_LABELS).map(say), IDENTITY_LABELS.map(say))]);
  const nobody = IDENTITY_LABELS.map(() => '');
  const aside = (section: string, id: string, label: string, value: string): string[] =>
    named(
      columns.map((column) => ({ section, poolId: id, item: label, value })[column] ?? ''),
      nobody,
    );
  yield csvText(
    aboutLines(report, locale).map(({ id, label, text }) => aside(ABOUT_SECTION, id, label, text)),
  );
  yield csvText(
    DEFINITIONS.map(([id, meaning]) =>
      aside(DEFINITION_SECTION, id, COLUMN_LABELS[id]({}, { locale }), meaning({}, { locale })),
    ),
  );
  const cellsOf = cellWriter(input);
  for (const stretch of stretches) {
    const identities = input.identitiesOf?.(stretch.flatMap(({ patientId }) => patientId ?? [])) ?? new Map();
    let rows = 0;
    for (let from = 0; from < stretch.length; from += LINES_AT_ONCE) {
      const lines: string[][] = [];
      for (const fact of stretch.slice(from, from + LINES_AT_ONCE)) {
        const cells = cellsOf(fact);
        if (cells) lines.push(isNamed ? named(cells, identityCells(fact.patientId, identities)) : cells);
      }
      yield csvText(lines);
      rows += lines.length;
    }
    onStretch(rows);
  }
}

/** @returns the cells of a booking as one line, or null where the filters leave it out */
function cellWriter({ report, locale, workKinds }: AllocationsInput): (fact: BookingFact) => string[] | null {
  const { filters, provenance } = report;
  const pools = new Map<string, UtilizationReport['pools'][number]>(
    report.pools.map((pool) => [pool.poolId, pool]),
  );
  const levels = new Map(report.levels.map(({ urgency, name }) => [urgency, name[locale]]));
  const key = randomBytes(32).toString('hex');
  const nameOf = (kind: string, id: string): string =>
    hash('sha256', `${key}${kind}${id}`, 'hex').slice(0, 16);
  /* Planned and actual times mostly agree, and one booking's end is often the next one's start. */
  let known: { readonly instant: Instant; readonly text: string }[] = [];
  const at = (instant: Instant | null): string => {
    if (instant === null) return '';
    const found = known.find((time) => time.instant === instant);
    if (found) return found.text;
    const text = isoLocal(instant, provenance.timeZone);
    known = [{ instant, text }, ...known.slice(0, 3)];
    return text;
  };
  const claim = (value: number): string => String(value);
  const words = new Map<Message, string>();
  const said = (message: Message): string => {
    const word = words.get(message) ?? message({}, { locale });
    words.set(message, word);
    return word;
  };
  const isChosen = (subsystem: SubsystemId): boolean => filters.subsystems?.includes(subsystem) ?? true;
  return (fact) => {
    const pool = pools.get(fact.poolId);
    if (!pool || !isChosen(fact.subsystem)) return null;
    const kind = workKinds.get(fact.workKindId);
    return [
      BOOKING_SECTION,
      nameOf('task', fact.taskId),
      fact.patientId === null ? '' : nameOf('patient', fact.patientId),
      fact.poolId,
      pool.name[locale],
      pool.unitName[locale],
      said(SUBSYSTEM_NAMES[fact.subsystem]),
      kind?.name ?? '',
      kind?.code ?? '',
      String(fact.urgency),
      levels.get(fact.urgency) ?? '',
      said(STATE_NAMES[fact.state]),
      String(fact.rateMilli / 1000),
      at(fact.plannedStart),
      at(fact.plannedEnd),
      claim(fact.isReserved),
      at(fact.actualStart),
      at(fact.actualEnd),
      fact.intervalSeconds === null ? '' : String(fact.intervalSeconds / 60),
      claim(fact.isAssumed),
      claim(fact.isImported),
      '',
      '',
    ];
  };
}

function identityCells(
  patientId: PatientId | null,
  identities: ReadonlyMap<PatientId, PatientIdentity>,
): string[] {
  const identity = patientId === null ? undefined : identities.get(patientId);
  return [identity?.name ?? '', identity?.number ?? '', identity?.birthDate ?? ''];
}

function csvText(rows: string[][]): string {
  return rows.length === 0 ? '' : stringify(rows, { escape_formulas: true, record_delimiter: 'windows' });
}
