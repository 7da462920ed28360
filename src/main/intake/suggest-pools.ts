/**
 * Pools for a clinic that has none yet, made so that an export's history fits into them: one per table, as many units
 * as its rows ever needed at once (within reason), open when its rows began. A suggestion for a person to change.
 * Ids are fixed, so that the same suggestion can be made again when the import is committed. Pure.
 */
import type { SourceTable } from '../../shared/domain/intake.ts';
import type { LocalText } from '../../shared/domain/local-text.ts';
import type { Pool, PoolTemplate, WeeklyHours } from '../../shared/domain/pool.ts';
import { poolId, unitId } from '../../shared/ids.ts';
import { localTimeOf } from '../../shared/local-time.ts';
import { HOUR, MINUTE, milli, seconds } from '../../shared/units.ts';
import { EXPORT_TABLES } from './clinic-export/tables.ts';
import type { TaskDraft } from './drafts.ts';

interface Suggestion {
  readonly id: string;
  readonly name: LocalText;
  /** A unit's name is this and its number; a divisible pool's capacity is counted in it. */
  readonly unitName: LocalText;
  readonly unit: LocalText | null;
  readonly template: PoolTemplate;
  /** Units at least and at most; for a divisible pool its capacity is the smaller one. */
  readonly units: readonly [least: number, most: number];
  readonly isAlwaysOpen: boolean;
}

const SUGGESTIONS: Readonly<Record<SourceTable, Suggestion>> = {
  encounters: {
    id: 'exam-rooms',
    name: { en: 'Exam rooms', zh: '诊室' },
    unitName: { en: 'rooms', zh: '间' },
    unit: { en: 'Exam room', zh: '诊室' },
    template: 'room',
    units: [6, 20],
    isAlwaysOpen: false,
  },
  imaging_studies: {
    id: 'imaging-rooms',
    name: { en: 'Imaging rooms', zh: '影像检查室' },
    unitName: { en: 'rooms', zh: '间' },
    unit: { en: 'Imaging room', zh: '影像室' },
    template: 'scanner',
    units: [2, 8],
    isAlwaysOpen: false,
  },
  claims: {
    id: 'claims-clerks',
    name: { en: 'Claims clerks', zh: '理赔专员' },
    unitName: { en: 'people', zh: '人' },
    unit: { en: 'Claims clerk', zh: '理赔专员' },
    template: 'staff',
    units: [3, 12],
    isAlwaysOpen: false,
  },
  procedures: {
    id: 'analysis-server',
    name: { en: 'Analysis server', zh: '分析服务器' },
    unitName: { en: 'cores', zh: '核' },
    unit: null,
    template: 'compute',
    units: [32, 32],
    isAlwaysOpen: true,
  },
  devices: {
    id: 'monitors',
    name: { en: 'Monitored devices', zh: '监护设备' },
    unitName: { en: 'devices', zh: '台' },
    unit: { en: 'Monitor', zh: '监护仪' },
    template: 'monitor',
    units: [20, 60],
    isAlwaysOpen: true,
  },
};

const WEEKDAYS = { fromMinute: 8 * 60, toMinute: 18 * 60 };
const OFFICE_HOURS: WeeklyHours = [0, 1, 2, 3, 4, 5, 6].map((weekday) => (weekday < 5 ? [WEEKDAYS] : []));
/** Office hours are suggested where at least this part of the rows begins within them, in percent. */
const OFFICE_SHARE_PERCENT = 80;

/**
 * One pool per table of an export.
 * @param tasks  what was read, to size the pools by; with none, each has its least number of units
 */
export function suggestPools(tasks: readonly TaskDraft[], timeZone: string): Pool[] {
  const byTable = Map.groupBy(tasks, (task) => task.table);
  return EXPORT_TABLES.map(({ table }) => poolFor(SUGGESTIONS[table], byTable.get(table) ?? [], timeZone));
}

function poolFor(suggestion: Suggestion, tasks: readonly TaskDraft[], timeZone: string): Pool {
  const { id, name, unitName, unit, template, isAlwaysOpen } = suggestion;
  const [least, most] = suggestion.units;
  const count = Math.min(Math.max(peakOf(tasks), least), most);
  return {
    id: poolId(id),
    name,
    unitName,
    template,
    kind: unit ? 'countable' : 'divisible',
    capacityMilli: milli(count * 1000),
    units: unit ? numberedUnits(id, unit, count) : [],
    weeklyHours: isAlwaysOpen || !fitsOfficeHours(tasks, timeZone) ? null : OFFICE_HOURS,
    exceptions: [],
    outages: [],
    shares: [],
    gridSeconds: seconds(5 * MINUTE),
    reclaimSeconds: seconds(HOUR / 2),
  };
}

function numberedUnits(id: string, unit: LocalText, count: number): Pool['units'] {
  return Array.from({ length: count }, (_, index) => ({
    id: unitId(`${id}-${index + 1}`),
    name: { en: `${unit.en} ${index + 1}`, zh: `${unit.zh}${index + 1}` },
  }));
}

/** Most tasks under way at once; those without times (a backlog) count for nothing. */
function peakOf(tasks: readonly TaskDraft[]): number {
  const changes = tasks.flatMap(({ startedAt, endedAt }) =>
    startedAt === null || endedAt === null
      ? []
      : [
          { at: startedAt, by: 1 },
          { at: endedAt, by: -1 },
        ],
  );
  changes.sort((left, right) => left.at - right.at || left.by - right.by);
  let [running, peak] = [0, 0];
  for (const { by } of changes) {
    running += by;
    peak = Math.max(peak, running);
  }
  return peak;
}

function fitsOfficeHours(tasks: readonly TaskDraft[], timeZone: string): boolean {
  const starts = tasks.flatMap(({ startedAt }) =>
    startedAt === null ? [] : [localTimeOf(startedAt, timeZone)],
  );
  const inHours = starts.filter(({ weekday, minute }) =>
    OFFICE_HOURS[weekday]?.some(({ fromMinute, toMinute }) => fromMinute <= minute && minute < toMinute),
  );
  return inHours.length * 100 >= starts.length * OFFICE_SHARE_PERCENT;
}
