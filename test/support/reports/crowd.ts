/** A month's report with counts of few persons in it, and a mapping of all its figures. */
import type { ExportMapping } from '../../../src/shared/domain/export-mapping.ts';
import { sameText } from '../../../src/shared/domain/local-text.ts';
import type { UtilizationReport } from '../../../src/shared/domain/report.ts';
import { taskId, workKindId } from '../../../src/shared/ids.ts';
import { utilizationReport } from '../../../src/main/reports/report.ts';
import { mappableFigures } from '../../../src/main/reports/writers/dhis2.ts';
import { at, makeInput, makePool, makeTask } from './clinics.ts';

/** Seven records tasks and two imaging tasks of 29 March: the two must never be told. */
export function crowd(): UtilizationReport {
  const many = (count: number, subsystem: 'records' | 'imaging' | 'insurance') =>
    Array.from({ length: count }, (_, index) =>
      makeTask({
        id: taskId(`person-${subsystem}-${index}`),
        subsystem,
        state: 'finished',
        startedAt: at('2026-03-29T08:00Z'),
        endedAt: at('2026-03-29T09:00Z'),
      }),
    );
  const input = makeInput({
    pools: [makePool('a', 2), makePool('b', 1)],
    tasks: [...many(7, 'records'), ...many(2, 'imaging'), ...many(23, 'insurance')],
  });
  const traits = new Map(
    input.tasks.map(({ id, subsystem, urgency }) => [
      id,
      { subsystem, urgency, workKindId: workKindId(`kind-${subsystem}`) },
    ]),
  );
  const kinds = ['records', 'imaging', 'insurance'].map((id) => ({
    id: workKindId(`kind-${id}`),
    name: sameText(`Kind of ${id}`),
  }));
  const grouping = { by: 'work-kind' as const, traits, workKinds: kinds, settled: new Map() };
  const report = utilizationReport(input, grouping);
  return { ...report, period: { ...report.period, kind: 'month' } };
}

export function mappingOf(report: UtilizationReport): ExportMapping {
  return {
    organisation: { system: 'urn:oid:1', value: 'C-42' },
    orgUnit: 'DiszpKrYNg8',
    dataSet: null,
    dataElements: mappableFigures(report, 'en').map(({ key }, index) => ({
      figure: key,
      dataElement: `e${String(index).padStart(10, '0')}`,
      categoryOptionCombo: null,
    })),
  };
}
