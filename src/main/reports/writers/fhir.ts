/**
 * FHIR R4: a collection of MeasureReports (type `summary`), one per indicator of the report's tables, each with the
 * Measure that defines it, the clinic as the reporting Organization, and a Parameters resource that says where the
 * figures come from. A group is a row of the table: a pool, a subsystem, an urgency
 * class; hours, days, months and groups are strata of their pool. Counts of persons stand as
 * populations as well; what is suppressed has no score but the reason `masked`. No resource names a patient.
 */
import type {
  Bundle,
  BundleEntry,
  Measure,
  MeasureReport,
  Organization,
  Parameters,
  FhirResource,
} from 'fhir/r4';
import { v5 as uuidOf } from 'uuid';
import type { Locale } from '../../../shared/domain/local-text.ts';
import type { OrganisationMapping } from '../../../shared/domain/export-mapping.ts';
import { m } from '../../../shared/messages/index.ts';
import type { Ratio, UtilizationReport } from '../../../shared/domain/report.ts';
import type { Instant } from '../../../shared/units.ts';
import { instant } from '../../../shared/units.ts';
import { aboutLines, isoLocal } from '../tables/about.ts';
import { definitionFor } from '../tables/defined-with.ts';
import { reportTables } from '../tables/report-tables.ts';
import type { Figure, FigureColumn, FigureKind, Key, KeyId, Table, TableRow } from '../tables/table.ts';
import { SUPPRESSED, isCode, valueOf } from '../tables/table.ts';

/** Of this application's own resources; made once. */
const NAMESPACE = '5c3d3f0e-7a0c-4b7e-9a53-2f6d6a1c9b10';
const ABSENT_REASON = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
const SCORING = 'http://terminology.hl7.org/CodeSystem/measure-scoring';
const POPULATION = 'http://terminology.hl7.org/CodeSystem/measure-population';
/** Tables about the period as a whole: a group of a MeasureReport is a row. */
const WHOLE_TABLES: ReadonlySet<string> = new Set([
  'pools',
  'formulas',
  'waits',
  'outcomes',
  'preemptions',
  'beds',
  'fairness',
]);

/** The period before is another report's own: its bundle is exported for that period. */
const PREVIOUS = 'previous-period';

/** UCUM codes where there is one; loads and unit · hours are in the pool's own unit, which has none. */
const UCUM: Readonly<Partial<Record<FigureKind, string>>> = { ratio: '1', duration: 's', days: 'd' };

type MeasureReportGroup = NonNullable<MeasureReport['group']>[number];

/** The whole file, as JSON. */
export function fhirText(
  report: UtilizationReport,
  locale: Locale,
  organisation: OrganisationMapping | null,
): string {
  return `${JSON.stringify(fhirBundle(report, locale, organisation), null, 1)}\n`;
}

export function fhirBundle(
  report: UtilizationReport,
  locale: Locale,
  organisation: OrganisationMapping | null,
): Bundle<FhirResource> {
  const tables = reportTables(report, locale).filter(({ id }) => id !== PREVIOUS);
  const clinic = clinicOf(report, locale, organisation);
  const indicators = tables.flatMap((table) =>
    table.figures.flatMap((column, index): FhirResource[] => {
      const measure = measureOf(report, table, column, locale);
      return [measure, measureReportOf({ report, table, column, index, measure, clinic })];
    }),
  );
  return {
    resourceType: 'Bundle',
    type: 'collection',
    language: locale === 'zh' ? 'zh-CN' : 'en',
    timestamp: dateTime(report.provenance.generatedAt, report.provenance.timeZone),
    entry: [clinic, aboutOf(report, locale), ...indicators].map((resource) => entryOf(report, resource)),
  };
}

function entryOf({ provenance }: UtilizationReport, resource: FhirResource): BundleEntry<FhirResource> {
  return { fullUrl: `urn:uuid:${uuidOf(`${provenance.head.hash}/${resource.id}`, NAMESPACE)}`, resource };
}

function clinicOf(
  { provenance }: UtilizationReport,
  locale: Locale,
  organisation: OrganisationMapping | null,
): Organization {
  return {
    resourceType: 'Organization',
    id: 'clinic',
    name: provenance.clinicName[locale],
    ...(organisation && { identifier: [{ system: organisation.system, value: organisation.value }] }),
  };
}

/** Period, filters, author, ledger, completeness: the same lines as in every other format. */
function aboutOf(report: UtilizationReport, locale: Locale): Parameters {
  return {
    resourceType: 'Parameters',
    id: 'about',
    parameter: [
      ...aboutLines(report, locale).map(({ id, label, text }) => ({
        name: id,
        valueString: `${label}: ${text}`,
      })),
      { name: 'not-carried', valueString: m.reports_fhir_not_carried({}, { locale }) },
    ],
  };
}

function measureOf(report: UtilizationReport, table: Table, column: FigureColumn, locale: Locale): Measure {
  const id = resourceId(table, column);
  const definition = definitionFor(report.definitions, column.id);
  return {
    resourceType: 'Measure',
    id,
    url: `urn:clinic-allocator:measure:${id}`,
    version: report.provenance.applicationVersion,
    status: 'active',
    title: `${table.title}: ${column.label}`,
    scoring: { coding: [{ system: SCORING, code: scoringOf(column) }] },
    ...(definition && {
      description: definition.name[locale],
      purpose: definition.formula[locale],
      rationale: `${definition.numerator[locale]} ÷ ${definition.denominator[locale]} (${definition.unit[locale]})`,
      guidance: definition.exclusions[locale],
      relatedArtifact: [{ type: 'documentation', display: definition.source }],
    }),
  };
}

function measureReportOf(given: {
  readonly report: UtilizationReport;
  readonly table: Table;
  readonly column: FigureColumn;
  readonly index: number;
  readonly measure: Measure;
  readonly clinic: Organization;
}): MeasureReport {
  const { report, table, column, index, measure, clinic } = given;
  const { period, asOf, provenance } = report;
  const zone = provenance.timeZone;
  const figureOf = (row: TableRow): Figure => row.figures[index] ?? null;
  const group = WHOLE_TABLES.has(table.id)
    ? table.rows.flatMap((row) => groupOf(table, column, row, figureOf(row)) ?? [])
    : stratifiedGroups(table, column, { zone, figureOf });
  return {
    resourceType: 'MeasureReport',
    id: `report-${resourceId(table, column)}`.slice(0, 64),
    status: asOf < period.until ? 'pending' : 'complete',
    type: 'summary',
    measure: measure.url ?? '',
    date: dateTime(provenance.generatedAt, zone),
    reporter: { reference: entryOf(report, clinic).fullUrl ?? '' },
    // Inclusive, as FHIR has it: the last second of the period.
    period: { start: dateTime(period.from, zone), end: dateTime(instant(period.until - 1), zone) },
    ...(group.length > 0 && { group }),
  };
}

function groupOf(
  { keys }: Table,
  column: FigureColumn,
  row: TableRow,
  figure: Figure,
): MeasureReportGroup | null {
  if (figure === null) return null;
  const words = row.keys.filter((key, index) => typeof key === 'string' && !isCode(keys[index]));
  const code = { coding: [{ code: row.id }], text: words.join(' · ') || row.id };
  const measureScore = scoreOf(column, row, figure);
  return {
    code,
    ...(figure !== SUPPRESSED && isOfCounts(column, figure) && { population: populationsOf(figure) }),
    ...(measureScore && { measureScore }),
  };
}

function scoreOf(
  column: FigureColumn,
  row: TableRow,
  figure: Figure,
): MeasureReportGroup['measureScore'] | null {
  if (figure === null) return null;
  if (figure === SUPPRESSED) return { extension: [{ url: ABSENT_REASON, valueCode: 'masked' }] };
  const value = valueOf(figure);
  return value === null
    ? { extension: [{ url: ABSENT_REASON, valueCode: 'not-applicable' }] }
    : { value: Number(value.toFixed(6)), ...unitOf(column, row) };
}

/**
 * Tables of hours, days, months and groups: a group is a pool (or all tasks), its strata are the rows. FHIR's stratum has
 * a value, so an hour is told by where it begins.
 */
function stratifiedGroups(
  table: Table,
  column: FigureColumn,
  { zone, figureOf }: { readonly zone: string; readonly figureOf: (row: TableRow) => Figure },
): MeasureReportGroup[] {
  const keyOf = (row: TableRow, id: KeyId): Key =>
    row.keys[table.keys.findIndex((key) => key.id === id)] ?? null;
  const textOf = (key: Key): string => (typeof key === 'string' ? key : key ? dateTime(key.at, zone) : '');
  const hasPools = table.keys.some(({ id }) => id === 'poolId');
  const by = table.keys.find(({ id }) => id === 'group' || id === 'from');
  return [...Map.groupBy(table.rows, (row) => textOf(keyOf(row, 'poolId')))].flatMap(([poolId, rows]) => {
    const stratum = rows.flatMap((row) => {
      const score = scoreOf(column, row, figureOf(row));
      const code = textOf(keyOf(row, 'groupId'));
      const value = {
        ...(code !== '' && { coding: [{ code }] }),
        text: textOf(keyOf(row, by?.id ?? 'group')),
      };
      return score ? { value, measureScore: score } : [];
    });
    const [first] = rows;
    if (stratum.length === 0 || !first) return [];
    const name = hasPools ? `${textOf(keyOf(first, 'pool'))} · ${textOf(keyOf(first, 'unit'))}` : table.title;
    return {
      code: { coding: [{ code: poolId || 'all' }], text: name },
      stratifier: [{ code: [{ text: by?.label ?? table.title }], stratum }],
    };
  });
}

/** Populations are whole: only ratios of counts have them, whose parts fit FHIR's 32-bit integers. */
function isOfCounts({ kind, id }: FigureColumn, { denominator }: Ratio): boolean {
  return kind === 'ratio' && COUNT_RATIOS.has(id) && denominator < 2 ** 31;
}

const COUNT_RATIOS: ReadonlySet<string> = new Set([
  'within-target',
  'missed',
  'on-time',
  'finished-early',
  'finished-late',
]);

function populationsOf({ numerator, denominator }: Ratio): NonNullable<MeasureReportGroup['population']> {
  return [
    { code: { coding: [{ system: POPULATION, code: 'numerator' }] }, count: numerator },
    { code: { coding: [{ system: POPULATION, code: 'denominator' }] }, count: denominator },
  ];
}

function unitOf(
  { kind }: FigureColumn,
  { unitName }: TableRow,
): { unit?: string; system?: string; code?: string } {
  const code = UCUM[kind];
  if (code !== undefined) return { unit: code, system: 'http://unitsofmeasure.org', code };
  if (kind === 'work' && unitName !== null) return { unit: `${unitName}·h` };
  return kind === 'load' && unitName !== null ? { unit: unitName } : {};
}

function scoringOf({ kind, id }: FigureColumn): string {
  if (kind === 'count') return 'cohort';
  if (kind === 'ratio') return COUNT_RATIOS.has(id) ? 'proportion' : 'ratio';
  return 'continuous-variable';
}

function resourceId(table: Table, column: FigureColumn): string {
  return `${table.id}-${column.id}`;
}

/** FHIR's dateTime has seconds and an offset. */
function dateTime(at: Instant, zone: string): string {
  const [, minutes = '', offset = ''] = /^(.{16})(.*)$/.exec(isoLocal(at, zone)) ?? [];
  return `${minutes}:${String(((at % 60) + 60) % 60).padStart(2, '0')}${offset}`;
}
