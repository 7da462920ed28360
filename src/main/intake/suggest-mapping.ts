/**
 * Prefills the mapping step: which of the clinic's pools each table of an export most likely uses. A suggestion that
 * a person sees and may change; it decides nothing. Pure.
 */
import type { SourceTable, TableMapping } from '../../shared/domain/intake.ts';
import { SUBSYSTEM_OF_TABLE } from '../../shared/domain/intake.ts';
import type { Pool, PoolTemplate } from '../../shared/domain/pool.ts';
import { ROUTINE } from '../../shared/domain/urgency.ts';
import { compareIds } from '../../shared/ids.ts';
import type { Milli } from '../../shared/units.ts';
import { milli } from '../../shared/units.ts';
import { EXPORT_TABLES } from './clinic-export/tables.ts';

interface Liking {
  /** Most fitting first. */
  readonly templates: readonly PoolTemplate[];
  /** What such a pool is often called, in either language. */
  readonly words: RegExp;
}

const LIKINGS: Readonly<Record<SourceTable, Liking>> = {
  encounters: { templates: ['room', 'staff', 'bed'], words: /exam|consult|treatment|诊/i },
  imaging_studies: {
    templates: ['scanner', 'room', 'workstation'],
    words: /imag|radi|x-?ray|ultraso|影像|放射|超声/i,
  },
  claims: { templates: ['staff', 'workstation'], words: /claim|insur|bill|理赔|医保|保险/i },
  procedures: { templates: ['compute', 'workstation'], words: /analy|research|server|core|分析|科研|计算/i },
  devices: { templates: ['monitor', 'bed'], words: /monitor|telemetr|监护|监测|监控/i },
};

const NAMED_SCORE = 8;
const GUARANTEED_SCORE = 4;
/** One data set's analysis takes this much of a divisible pool, where it has so much. */
const DIVISIBLE_RATE: Milli = milli(4000);

/** One row per table, all included, in the order of the export's tables; empty when there are no pools. */
export function suggestMapping(pools: readonly Pool[]): TableMapping[] {
  return EXPORT_TABLES.flatMap(({ table, defaultDurationSeconds }) => {
    const [best] = pools
      .map((pool) => ({ pool, score: scoreOf(pool, table) }))
      .sort((left, right) => right.score - left.score || compareIds(left.pool.id, right.pool.id));
    if (!best) return [];
    const { pool } = best;
    const rateMilli =
      pool.kind === 'countable' ? milli(1000) : milli(Math.min(DIVISIBLE_RATE, pool.capacityMilli));
    return [
      { table, isIncluded: true, poolId: pool.id, rateMilli, defaultDurationSeconds, urgency: ROUTINE },
    ];
  });
}

/** Higher fits better; a pool that the subsystem may not use at all fits worst. */
function scoreOf(pool: Pool, table: SourceTable): number {
  const { templates, words } = LIKINGS[table];
  const share = pool.shares.find((row) => row.subsystem === SUBSYSTEM_OF_TABLE[table]);
  if (share?.limitMilli === 0) return -1;
  const rank = templates.indexOf(pool.template);
  const template = rank < 0 ? 0 : templates.length - rank;
  const named = words.test(pool.name.en) || words.test(pool.name.zh) ? NAMED_SCORE : 0;
  return template + (template > 0 ? named : 0) + ((share?.guaranteeMilli ?? 0) > 0 ? GUARANTEED_SCORE : 0);
}
