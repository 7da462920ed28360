/** What this clinic's figures are called in other systems: read, changed, and told with every figure there is. */
import type { ReadDb } from '../../ledger/index.ts';
import { findSetting } from '../../ledger/index.ts';
import { DHIS2_UNITS, mappableFigures } from '../../reports/writers/dhis2.ts';
import type { KeyColumn } from '../../reports/tables/table.ts';
import { isCode } from '../../reports/tables/table.ts';
import type { MappableFigure } from '../../reports/writers/dhis2.ts';
import type { Response } from '../../../shared/contract/index.ts';
import { mappingField } from '../../../shared/contract/report-settings.ts';
import type { ExportMapping } from '../../../shared/domain/export-mapping.ts';
import { NO_MAPPING } from '../../../shared/domain/export-mapping.ts';
import type { Locale } from '../../../shared/domain/local-text.ts';
import { SUBSYSTEM_IDS } from '../../../shared/domain/subsystem.ts';
import { URGENCY_CLASSES } from '../../../shared/domain/urgency.ts';
import { localDateOf } from '../../../shared/local-time.ts';
import { m } from '../../../shared/messages/index.ts';
import { accept, refuse } from '../../../shared/result.ts';
import { seconds } from '../../../shared/units.ts';
import { getClinic } from '../planning/books.ts';
import type { Usecase } from '../usecase.ts';
import { commandOf } from '../usecase.ts';
import { makeReport } from './get-report.ts';

const KEY = 'export-mapping';

export function readMapping(db: ReadDb): ExportMapping {
  const parsed = mappingField.safeParse(findSetting(db, KEY));
  return parsed.success ? parsed.data : NO_MAPPING;
}

export const getMapping: Usecase<'report.mapping'> = (place, { locale }) => {
  const today = localDateOf(place.now(), getClinic(place.db).timeZone);
  const made = makeReport(place, { period: { kind: 'month', from: today }, poolIds: null, subsystems: null });
  if (!made.ok) throw new Error(`this month has a report: ${made.error.code}`); // a date of the calendar, all pools
  const waits = SUBSYSTEM_IDS.flatMap((subsystem) =>
    URGENCY_CLASSES.map((urgency) => ({
      subsystem,
      urgency,
      started: 0,
      waitSecondsMedian: null,
      waitSecondsP90: null,
      targetSeconds: seconds(0),
      withinTarget: { numerator: 0, denominator: 0 },
      stillWaiting: 0,
    })),
  );
  // Every row there can be, also those that this month has nothing for yet.
  const figures = mappableFigures({ ...made.value, waits }, locale);
  return accept({
    mapping: changeable(readMapping(place.db)),
    figures: figures.map((figure) => figureLine(figure, locale)),
  });
};

export const setMapping: Usecase<'report.set-mapping'> = (place, mapping, call) =>
  place.command(commandOf(call, mapping), (tx) => {
    const targets = mapping.dataElements.map(
      ({ dataElement, categoryOptionCombo }) => `${dataElement}/${categoryOptionCombo ?? ''}`,
    );
    if (new Set(targets).size < targets.length) return refuse('mapped-twice');
    tx.append('settings-changed', { key: KEY, value: changeable(mapping) });
    return accept({});
  });

/** Codes, and the unit that the figure is told with. */
function isSaidElsewhere(column: KeyColumn | undefined): boolean {
  return isCode(column) || column?.id === 'unit';
}

function figureLine(
  { key, table, column, row }: MappableFigure,
  locale: Locale,
): Response<'report.mapping'>['figures'][number] {
  const words = row.keys.filter(
    (cell, index) => typeof cell === 'string' && cell !== '' && !isSaidElsewhere(table.keys[index]),
  );
  const unit = DHIS2_UNITS[column.kind];
  const pool = row.unitName ?? '';
  return {
    key,
    table: table.title,
    row: words.join(' · ') || m.reports_about_all({}, { locale }),
    figure: column.label,
    unit:
      column.kind === 'work'
        ? m.reports_unit_hours({ unit: pool }, { locale })
        : column.kind === 'load'
          ? pool
          : unit,
  };
}

/** What crossed the bridge is read-only; a setting is plain JSON. */
function changeable(mapping: ExportMapping) {
  return {
    organisation: mapping.organisation && { ...mapping.organisation },
    orgUnit: mapping.orgUnit,
    dataSet: mapping.dataSet,
    dataElements: mapping.dataElements.map((row) => ({ ...row })),
  };
}
