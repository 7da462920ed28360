/**
 * What a report's file grows with: its periods and pools, and not the bookings. The same month of a clinic of fifty pools
 * with fifty times as many bookings, in every format that holds a report and is written here; PDF and HTML are laid out by the
 * window from what JSON holds.
 */
import type { ExportFormat } from '../../../src/shared/domain/report.ts';
import { figureKey } from '../../../src/shared/domain/export-mapping.ts';
import { dateOfDayNumber, dayNumberOf, localDateOf } from '../../../src/shared/local-time.ts';
import type { Results } from '../ledger/measure.ts';
import { exportOf, seatManager } from './memory.ts';
import { POOLS, yearLedger } from './year-ledger.ts';

const FORMATS: readonly ExportFormat[] = ['csv', 'xlsx', 'json', 'fhir', 'dhis2'];
/** More bookings have more digits, and waits in classes that few have none of. */
const GROWTH_MAX = 1.2;
const FEW = 20_000;

export async function measureSizes(results: Results, rows: number, cache: string | null): Promise<void> {
  const sizes = new Map<ExportFormat, number[]>();
  for (const bookings of [FEW, rows]) {
    const books = await yearLedger(bookings, cache);
    await seatManager(books);
    const dataElements = Array.from({ length: POOLS }, (_, index) => ({
      figure: figureKey('pools', 'utilization', `pool-${index}`),
      dataElement: `e${String(index).padStart(10, '0')}`,
      categoryOptionCombo: null,
    }));
    const value = { organisation: null, orgUnit: 'DiszpKrYNg8', dataSet: null, dataElements };
    await books.append('settings-changed', { key: 'export-mapping', value });
    const { ms, now } = books.clock;
    await books.close();
    const at = new Date(ms).toISOString();
    const period = {
      kind: 'month',
      from: dateOfDayNumber(dayNumberOf(localDateOf(now, 'UTC')) - 40),
    } as const;
    for (const format of FORMATS) {
      const { bytes } = await exportOf({ folder: books.folder, at, format, period });
      sizes.set(format, [...(sizes.get(format) ?? []), bytes]);
    }
    await books.dispose();
  }
  for (const [format, list] of sizes) {
    const [few = NaN, many = NaN] = list;
    const kilobytes = list.map((bytes) => Math.round(bytes / 1000)).join(', ');
    results.note(`${format}: kilobytes of a month, ${FEW} and ${rows} bookings a year`, kilobytes);
    const what = `${format}: a month's report with ${rows / FEW} times as many bookings`;
    results.add({ what, measured: many / few, unit: '×', budget: GROWTH_MAX, isRate: false });
  }
}
