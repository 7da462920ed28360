/**
 * From what a person filled in to the command that makes the clinic, and what is still wrong with it, step by step.
 * Pure. Names are given once and kept in both languages; a clinic translates them later where it wants to.
 */
import type { Request } from '../../../shared/contract/index.ts';
import type { WeeklyHours } from '../../../shared/domain/pool.ts';
import { sameText, type Locale, type LocalText } from '../../../shared/domain/local-text.ts';
import { SUBSYSTEM_IDS, type SubsystemId } from '../../../shared/domain/subsystem.ts';
import { poolId, unitId } from '../../../shared/ids.ts';
import { milli, seconds } from '../../../shared/units.ts';
import { parseRanges } from '../../format/typed-hours.ts';
import type { StarterPool } from './pool-templates.ts';

export interface PoolRow extends StarterPool {
  /** As typed; the template's own name in both languages while it is unchanged. */
  readonly typedName: string;
  readonly typedSize: number | null;
}

export interface DefaultRow {
  readonly poolId: string | null;
  readonly durationSeconds: number | null;
}

export interface NewClinic {
  readonly name: string;
  readonly timeZone: string;
  readonly language: Locale;
  readonly personName: string;
  readonly jobTitle: string;
  readonly pools: readonly PoolRow[];
  /** Typed ranges for Monday to Friday, Saturday, Sunday. */
  readonly hours: readonly [weekdays: string, saturday: string, sunday: string];
  readonly defaults: Readonly<Record<SubsystemId, DefaultRow>>;
}

export const STEPS = ['clinic', 'pools', 'hours', 'defaults'] as const;
export type Step = (typeof STEPS)[number];

type WirePool = Request<'clinic.create'>['pools'][number];

const MAX_UNITS = 500;
const MAX_DIVISIBLE = 100_000;
const GRID_SECONDS = seconds(300);
const RECLAIM_SECONDS = seconds(1800);

export const includedPools = (form: NewClinic): PoolRow[] => form.pools.filter((row) => row.isIncluded);

/** The fields of a step that are still wrong; the screen has the words. */
export function faultsOf(form: NewClinic, step: Step): string[] {
  switch (step) {
    case 'clinic':
      return (['name', 'timeZone', 'personName', 'jobTitle'] as const).filter(
        (field) => form[field].trim() === '',
      );
    case 'pools': {
      const rows = includedPools(form);
      return rows.length === 0 ? ['pools'] : rows.filter((row) => !isPoolRight(row)).map((row) => row.id);
    }
    case 'hours':
      return form.hours.flatMap((typed, index) => (parseRanges(typed) === null ? [`hours-${index}`] : []));
    case 'defaults':
      return SUBSYSTEM_IDS.filter((id) => {
        const row = form.defaults[id];
        return row.poolId !== null && row.durationSeconds === null;
      });
  }
}

function isPoolRight(row: PoolRow): boolean {
  return row.typedName.trim() !== '' && isSizeRight(row);
}

/** The most units that a clinic begins with in a pool. */
export function sizeMax({ kind }: PoolRow): number {
  return kind === 'countable' ? MAX_UNITS : MAX_DIVISIBLE;
}

export function isSizeRight(row: PoolRow): boolean {
  const { typedSize: size } = row;
  if (size === null || size <= 0 || size > sizeMax(row)) return false;
  return row.kind === 'divisible' || Number.isInteger(size);
}

/** The command's body. Call it only when no step has a fault. */
export function clinicRequest(form: NewClinic): Request<'clinic.create'> {
  const week = weekOf(form.hours);
  const pools = includedPools(form);
  const isThere = new Set(pools.map((row) => row.id));
  return {
    name: sameText(form.name.trim()),
    timeZone: form.timeZone,
    language: form.language,
    person: { name: form.personName.trim(), jobTitle: sameText(form.jobTitle.trim()) },
    pools: pools.map((row) => poolOf(row, row.isAlwaysOpen ? null : week)),
    defaults: SUBSYSTEM_IDS.flatMap((subsystem) => {
      const row = form.defaults[subsystem];
      if (row.poolId === null || row.durationSeconds === null || !isThere.has(row.poolId)) return [];
      return [{ subsystem, poolId: poolId(row.poolId), durationSeconds: seconds(row.durationSeconds) }];
    }),
  };
}

function weekOf(hours: NewClinic['hours']): WeeklyHours {
  const [weekdays, saturday, sunday] = hours.map((typed) => parseRanges(typed) ?? []);
  const day = weekdays ?? [];
  return [day, day, day, day, day, saturday ?? [], sunday ?? []];
}

function poolOf(row: PoolRow, week: WeeklyHours | null): WirePool {
  const size = row.typedSize ?? 0;
  const isOwnName = row.typedName !== row.name.en && row.typedName !== row.name.zh;
  const name: LocalText = isOwnName ? sameText(row.typedName.trim()) : row.name;
  return {
    id: poolId(row.id),
    name,
    unitName: row.unitName,
    template: row.template,
    kind: row.kind,
    capacityMilli: milli(Math.round(size * 1000)),
    units: row.kind === 'divisible' ? [] : unitsOf(row.id, name, size),
    weeklyHours: week,
    exceptions: [],
    outages: [],
    shares: [],
    gridSeconds: GRID_SECONDS,
    reclaimSeconds: RECLAIM_SECONDS,
  };
}

function unitsOf(id: string, name: LocalText, size: number): WirePool['units'] {
  return Array.from({ length: size }, (_unused, index) => ({
    id: unitId(`${id}-${index + 1}`),
    name: { en: `${name.en} ${index + 1}`, zh: `${name.zh} ${index + 1}` },
  }));
}
