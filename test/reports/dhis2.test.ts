/**
 * DHIS2 dataValueSets against the shape its documentation gives (Web API, "Data values": dataSet, completeDate, period,
 * orgUnit, and dataValues with dataElement, categoryOptionCombo, value and comment), and its periods.
 */
import { describe, expect, it } from 'vitest';
import type { ExportMapping } from '../../src/shared/domain/export-mapping.ts';
import { NO_MAPPING } from '../../src/shared/domain/export-mapping.ts';
import type { UtilizationReport } from '../../src/shared/domain/report.ts';
import { forOutside } from '../../src/main/reports/suppression.ts';
import { dataValueSet, dhis2Period, mappableFigures } from '../../src/main/reports/writers/dhis2.ts';
import { documentedDataValueSet } from '../support/reports/dhis2-shape.ts';
import { sampleReport } from '../support/reports/sample-report.ts';

const mapping: ExportMapping = {
  organisation: null,
  orgUnit: 'DiszpKrYNg8',
  dataSet: 'pBOMPrpg1QX',
  dataElements: [
    { figure: 'pools/utilization/a', dataElement: 'f7n9E0hX8qk', categoryOptionCombo: null },
    { figure: 'waits/started/imaging-4', dataElement: 'Ix2HsbDMLea', categoryOptionCombo: 'HllvX50cXC0' },
    { figure: 'pools/utilization/gone', dataElement: 'eY5ehpbEsB7', categoryOptionCombo: null },
  ],
};
const march = (report: UtilizationReport): UtilizationReport => ({
  ...report,
  period: { ...report.period, kind: 'month', fromDate: '2026-03-01' },
});

describe('the DHIS2 data value set', () => {
  it('has the documented shape and the report’s own numbers', () => {
    const report = march(sampleReport());
    const made = dataValueSet(report, 'en', mapping);
    if (!made.ok) throw new Error(made.error.code);
    const set = documentedDataValueSet.parse(made.value);
    const [pool] = report.pools;
    const percent = (100 * (pool?.utilization.numerator ?? 0)) / (pool?.utilization.denominator ?? 1);
    expect(set).toMatchObject({ period: '202603', orgUnit: 'DiszpKrYNg8', dataSet: 'pBOMPrpg1QX' });
    expect(set.dataValues.map(({ dataElement }) => dataElement)).toEqual(['f7n9E0hX8qk', 'Ix2HsbDMLea']);
    expect(Number(set.dataValues[0]?.value)).toBeCloseTo(percent, 2);
    expect(set.dataValues[1]).toMatchObject({ value: '1', categoryOptionCombo: 'HllvX50cXC0' });
    for (const word of ['∫ R dt ÷ ∫ C dt', 'Min Li', 'Europe/Berlin', '9f3c'.repeat(16)]) {
      expect(set.dataValues[0]?.comment).toContain(word);
    }
  });

  it('sends Jain’s index as the index that it is, and not as a percentage', () => {
    const [{ key } = { key: '' }] = mappableFigures(sampleReport(), 'en').filter(
      ({ column }) => column.id === 'fairness',
    );
    const dataElements = [{ figure: key, dataElement: 'f7n9E0hX8qk', categoryOptionCombo: null }];
    const made = dataValueSet(march(sampleReport()), 'en', { ...mapping, dataElements });
    const { numerator, denominator } = sampleReport().fairness.jain;
    expect(made.ok && Number(made.value.dataValues[0]?.value)).toBeCloseTo(numerator / denominator, 3);
  });

  it('leaves out what is suppressed', () => {
    const made = dataValueSet(march(forOutside(sampleReport())), 'en', mapping);
    expect(made.ok && made.value.dataValues.map(({ dataElement }) => dataElement)).toEqual(['f7n9E0hX8qk']);
  });

  it('is refused without a mapping or a value, and for a stretch of days that DHIS2 has no name for', () => {
    expect(dataValueSet(march(sampleReport()), 'en', NO_MAPPING)).toMatchObject({
      error: { code: 'dhis2-not-mapped' },
    });
    expect(dataValueSet(sampleReport(), 'en', mapping)).toMatchObject({
      error: { code: 'period-not-dhis2' },
    });
    const gone = { ...mapping, dataElements: mapping.dataElements.slice(2) };
    expect(dataValueSet(march(sampleReport()), 'en', gone)).toMatchObject({
      error: { code: 'dhis2-no-values' },
    });
  });

  const periods = [
    { kind: 'day', from: '2026-11-18', want: '20261118' },
    { kind: 'week', from: '2026-11-16', want: '2026W47' },
    { kind: 'week', from: '2026-12-28', want: '2026W53' },
    { kind: 'week', from: '2024-12-30', want: '2025W1' },
    { kind: 'month', from: '2026-11-01', want: '202611' },
    { kind: 'quarter', from: '2026-10-01', want: '2026Q4' },
    { kind: 'year', from: '2026-01-01', want: '2026' },
  ] as const;
  it.each(periods)('calls the $kind of $from $want', ({ kind, from, want }) => {
    expect(dhis2Period({ kind, fromDate: from })).toBe(want);
  });

  it('can be mapped figure by figure, each under a key of its own', () => {
    const keys = mappableFigures(sampleReport(), 'en').map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(mappableFigures(sampleReport(), 'zh').map(({ key }) => key)).toEqual(keys);
  });
});
