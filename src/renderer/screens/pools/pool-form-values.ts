/**
 * What the pool form holds, what is wrong with it, and the pool it makes: pure. Names are kept as the window's
 * language and "the other one", which may stay empty; figures are units as typed, thousandths only in the pool.
 */
import type { Request } from '../../../shared/contract/index.ts';
import type { Locale } from '../../../shared/domain/local-text.ts';
import type { Outage, Pool, PoolKind, PoolTemplate, Share } from '../../../shared/domain/pool.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import { SUBSYSTEM_IDS } from '../../../shared/domain/subsystem.ts';
import type { OutageId, PoolId, UnitId } from '../../../shared/ids.ts';
import { outageId, poolId, unitId } from '../../../shared/ids.ts';
import type { Instant, Milli } from '../../../shared/units.ts';
import { HOUR, MINUTE, instant, milli, seconds } from '../../../shared/units.ts';
import type { NameValues } from '../../forms/names.ts';
import { localTextOf, nameValuesOf } from '../../forms/names.ts';
import { parseLocalDate } from '../../format/typed-time.ts';
import { parseRanges, usualWeek, writtenRanges, writtenWeek } from '../../format/typed-hours.ts';

/** A pool as it crosses the bridge. */
export type PoolSent = Request<'pool.set'>['pool'];

export interface UnitValues {
  readonly id: UnitId;
  name: NameValues;
}

export interface OutageValues {
  readonly id: OutageId;
  unitId: UnitId | null;
  start: number | null;
  end: number | null;
  /** False while nobody knows when it ends; said by a person, because an end that cannot be read is null too. */
  isEndKnown: boolean;
  isPlanned: boolean;
}

export interface ShareValues {
  readonly subsystem: SubsystemId;
  guarantee: number | null;
  /** Null: no limit. */
  limit: number | null;
  /** Something stands in these fields that is no number. */
  isGuaranteeUnreadable: boolean;
  isLimitUnreadable: boolean;
}

export interface PoolFormValues {
  readonly id: PoolId;
  name: NameValues;
  unitName: NameValues;
  template: PoolTemplate;
  kind: PoolKind;
  /** Divisible pools only; a countable pool has as many as it has named units. */
  capacity: number | null;
  units: UnitValues[];
  isAlwaysOpen: boolean;
  /** Seven texts, Monday first; kept while the pool is open around the clock, so that switching back loses nothing. */
  week: string[];
  exceptions: { date: string; hours: string }[];
  outages: OutageValues[];
  shares: ShareValues[];
  readonly gridSeconds: number;
  readonly reclaimSeconds: number;
}

/** The form's four parts; what is wrong is said in the part it is in. */
export const POOL_PARTS = ['units', 'hours', 'outages', 'shares'] as const;
export type PoolPart = (typeof POOL_PARTS)[number];

export type PoolProblem =
  | 'name-missing'
  | 'unit-name-missing'
  | 'capacity-missing'
  | 'unit-missing'
  | 'unit-unnamed'
  | 'hours-unreadable'
  | 'exception-date-unreadable'
  | 'exception-hours-unreadable'
  | 'outage-start-missing'
  | 'outage-end-missing'
  | 'outage-ends-before-start'
  | 'guarantees-exceed-capacity'
  | 'guarantee-unreadable'
  | 'limit-unreadable'
  | 'guarantee-exceeds-limit'
  | 'share-not-whole';

export interface PoolProblemAt {
  readonly part: PoolPart | 'names';
  readonly code: PoolProblem;
  /** Which day, exception, unit or outage; null for the part as a whole. */
  readonly row: number | null;
}

const MILLI = 1000;
const GRID_SECONDS = 5 * MINUTE;

export function emptyPool(): PoolFormValues {
  return {
    id: poolId(`pool-${crypto.randomUUID()}`),
    name: { here: '', other: '' },
    unitName: { here: '', other: '' },
    template: 'room',
    kind: 'countable',
    capacity: null,
    units: [newUnit('1')],
    isAlwaysOpen: false,
    week: usualWeek(),
    exceptions: [],
    outages: [],
    shares: SUBSYSTEM_IDS.map(emptyShare),
    gridSeconds: GRID_SECONDS,
    reclaimSeconds: HOUR,
  };
}

export function newUnit(name: string): UnitValues {
  return { id: unitId(`unit-${crypto.randomUUID()}`), name: { here: name, other: '' } };
}

export function newOutage(start: Instant): OutageValues {
  return {
    id: outageId(`outage-${crypto.randomUUID()}`),
    unitId: null,
    start,
    end: null,
    isEndKnown: false,
    isPlanned: false,
  };
}

export function valuesOf(pool: Pool, locale: Locale): PoolFormValues {
  return {
    id: pool.id,
    name: nameValuesOf(pool.name, locale),
    unitName: nameValuesOf(pool.unitName, locale),
    template: pool.template,
    kind: pool.kind,
    capacity: pool.capacityMilli / MILLI,
    units: pool.units.map(({ id, name }) => ({ id, name: nameValuesOf(name, locale) })),
    isAlwaysOpen: pool.weeklyHours === null,
    week: pool.weeklyHours ? writtenWeek(pool.weeklyHours) : usualWeek(),
    exceptions: pool.exceptions.map(({ date, ranges }) => ({ date, hours: writtenRanges(ranges) })),
    outages: pool.outages.map((outage) => ({ ...outage, isEndKnown: outage.end !== null })),
    shares: SUBSYSTEM_IDS.map((subsystem) => shareValuesOf(subsystem, pool.shares)),
    gridSeconds: pool.gridSeconds,
    reclaimSeconds: pool.reclaimSeconds,
  };
}

function shareValuesOf(subsystem: SubsystemId, shares: readonly Share[]): ShareValues {
  const share = shares.find((candidate) => candidate.subsystem === subsystem);
  if (!share) return emptyShare(subsystem);
  return {
    ...emptyShare(subsystem),
    guarantee: share.guaranteeMilli / MILLI,
    limit: share.limitMilli === null ? null : share.limitMilli / MILLI,
  };
}

function emptyShare(subsystem: SubsystemId): ShareValues {
  return { subsystem, guarantee: 0, limit: null, isGuaranteeUnreadable: false, isLimitUnreadable: false };
}

/** Units as typed that the pool offers when all of it is open; null while that is not known. */
export function capacityOf(values: PoolFormValues): number | null {
  return values.kind === 'countable' ? values.units.length : values.capacity;
}

/** Everything that is wrong, in the order of the form. */
export function poolProblems(values: PoolFormValues): PoolProblemAt[] {
  const problems: PoolProblemAt[] = [];
  const add = (part: PoolProblemAt['part'], code: PoolProblem, row: number | null = null) =>
    problems.push({ part, code, row });
  if (values.name.here.trim() === '') add('names', 'name-missing');
  if (values.unitName.here.trim() === '') add('names', 'unit-name-missing');
  problems.push(...unitProblems(values), ...hoursProblems(values));
  values.outages.forEach(({ start, end, isEndKnown }, row) => {
    if (start === null) add('outages', 'outage-start-missing', row);
    else if (isEndKnown && end === null) add('outages', 'outage-end-missing', row);
    else if (isEndKnown && end !== null && end <= start) add('outages', 'outage-ends-before-start', row);
  });
  return [...problems, ...shareProblems(values)];
}

function unitProblems(values: PoolFormValues): PoolProblemAt[] {
  if (values.kind === 'divisible') {
    const isGiven = values.capacity !== null && values.capacity > 0;
    return isGiven ? [] : [{ part: 'units', code: 'capacity-missing', row: null }];
  }
  if (values.units.length === 0) return [{ part: 'units', code: 'unit-missing', row: null }];
  return values.units.flatMap(({ name }, row) =>
    name.here.trim() === '' ? [{ part: 'units' as const, code: 'unit-unnamed' as const, row }] : [],
  );
}

function hoursProblems(values: PoolFormValues): PoolProblemAt[] {
  const week = values.isAlwaysOpen ? [] : values.week;
  return [
    ...week.flatMap((text, row) =>
      parseRanges(text) ? [] : [{ part: 'hours' as const, code: 'hours-unreadable' as const, row }],
    ),
    ...values.exceptions.flatMap(({ date, hours }, row): PoolProblemAt[] => {
      if (parseLocalDate(date) === null) return [{ part: 'hours', code: 'exception-date-unreadable', row }];
      return parseRanges(hours) ? [] : [{ part: 'hours', code: 'exception-hours-unreadable', row }];
    }),
  ];
}

function shareProblems(values: PoolFormValues): PoolProblemAt[] {
  const problems: PoolProblemAt[] = [];
  const capacity = capacityOf(values);
  let guaranteed = 0;
  values.shares.forEach(({ guarantee, limit, isGuaranteeUnreadable, isLimitUnreadable }, row) => {
    guaranteed += guarantee ?? 0;
    const figures = [guarantee ?? 0, limit ?? 0];
    if (isGuaranteeUnreadable) problems.push({ part: 'shares', code: 'guarantee-unreadable', row });
    else if (isLimitUnreadable) problems.push({ part: 'shares', code: 'limit-unreadable', row });
    else if (values.kind === 'countable' && !figures.every(Number.isInteger)) {
      problems.push({ part: 'shares', code: 'share-not-whole', row });
    } else if (limit !== null && (guarantee ?? 0) > limit) {
      problems.push({ part: 'shares', code: 'guarantee-exceeds-limit', row });
    }
  });
  if (capacity !== null && guaranteed > capacity) {
    problems.push({ part: 'shares', code: 'guarantees-exceed-capacity', row: null });
  }
  return problems;
}

/** The pool to save; null while anything is wrong. */
export function poolOf(values: PoolFormValues, locale: Locale): PoolSent | null {
  const capacity = capacityOf(values);
  if (capacity === null || poolProblems(values).length > 0) return null;
  const isCountable = values.kind === 'countable';
  return {
    id: values.id,
    name: localTextOf(values.name, locale),
    unitName: localTextOf(values.unitName, locale),
    template: values.template,
    kind: values.kind,
    capacityMilli: milliOf(capacity),
    units: isCountable ? values.units.map(({ id, name }) => ({ id, name: localTextOf(name, locale) })) : [],
    weeklyHours: values.isAlwaysOpen ? null : values.week.map((text) => parseRanges(text) ?? []),
    exceptions: values.exceptions.map(({ date, hours }) => ({
      date: parseLocalDate(date) ?? date,
      ranges: parseRanges(hours) ?? [],
    })),
    outages: values.outages.flatMap(outageOf),
    shares: values.shares.flatMap(shareOf),
    gridSeconds: seconds(values.gridSeconds),
    reclaimSeconds: seconds(values.reclaimSeconds),
  };
}

function outageOf({ start, end, isEndKnown, ...rest }: OutageValues): Outage[] {
  if (start === null) return []; // never saved: `poolProblems` holds such a form back
  return [{ ...rest, start: instant(start), end: isEndKnown && end !== null ? instant(end) : null }];
}

/** A subsystem with neither guarantee nor limit has no share of its own. */
function shareOf({ subsystem, guarantee, limit }: ShareValues): Share[] {
  if (!guarantee && limit === null) return [];
  return [
    {
      subsystem,
      guaranteeMilli: milliOf(guarantee ?? 0),
      limitMilli: limit === null ? null : milliOf(limit),
    },
  ];
}

function milliOf(figure: number): Milli {
  return milli(Math.round(figure * MILLI));
}
