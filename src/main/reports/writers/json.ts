/**
 * JSON: the report as it is, in one language, with the name and version of its form. The form is published as a JSON
 * Schema in `docs/schemas/utilization-report.schema.json`, generated from the zod schema here; a test keeps the two equal.
 */
import { z } from 'zod';
import { reportFieldOf } from '../../../shared/contract/report.ts';
import { LOCALES } from '../../../shared/domain/local-text.ts';
import type { Locale } from '../../../shared/domain/local-text.ts';
import type { UtilizationReport } from '../../../shared/domain/report.ts';

/** Raised whenever a reader of the older form would misread the newer one. */
const FORM_VERSION = 2;
const FORM_NAME = 'clinic-allocator/utilization-report';

/** A report in a file: names and definitions are plain text in the file's language. */
export const reportFileField = z.strictObject({
  form: z.literal(FORM_NAME),
  version: z.literal(FORM_VERSION),
  locale: z.enum(LOCALES),
  report: reportFieldOf(z.string()),
});
export type ReportFile = z.infer<typeof reportFileField>;

export function jsonText(report: UtilizationReport, locale: Locale): string {
  return `${JSON.stringify(reportFile(report, locale), null, 1)}\n`;
}

/** The schema as it is published. A test holds the file to it and tells how to write it anew. */
export function publishedSchema(): Record<string, unknown> {
  return {
    title: 'Clinic Allocator utilization report',
    description:
      'Work is in thousandths of a pool’s unit × seconds, loads in thousandths of a unit, instants in seconds since ' +
      '1970-01-01T00:00Z, durations in seconds. Ratios with denominator 0 have no value.',
    ...z.toJSONSchema(reportFileField, { target: 'draft-2020-12' }),
  };
}

function reportFile(report: UtilizationReport, locale: Locale): ReportFile {
  const { levels, pools, groups, provenance, definitions, ...rest } = report;
  const file = {
    form: FORM_NAME,
    version: FORM_VERSION,
    locale,
    report: {
      ...rest,
      levels: levels.map(({ urgency, name }) => ({ urgency, name: name[locale] })),
      pools: pools.map((pool) => ({
        ...pool,
        name: pool.name[locale],
        unitName: pool.unitName[locale],
      })),
      groups: groups && {
        ...groups,
        groups: groups.groups.map((group) => ({ ...group, label: group.label[locale] })),
      },
      provenance: { ...provenance, clinicName: provenance.clinicName[locale] },
      definitions: definitions.map((definition) => ({
        ...definition,
        name: definition.name[locale],
        formula: definition.formula[locale],
        numerator: definition.numerator[locale],
        denominator: definition.denominator[locale],
        unit: definition.unit[locale],
        exclusions: definition.exclusions[locale],
      })),
    },
  };
  return reportFileField.parse(file);
}
