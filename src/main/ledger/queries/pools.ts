/** Reads pools as they are, were or will be: every version counts from its effective time until the next one's. */
import type { PoolId } from '../../../shared/ids.ts';
import type { Pool } from '../../../shared/domain/pool.ts';
import { instant } from '../../../shared/units.ts';
import type { Instant } from '../../../shared/units.ts';
import type { ReadDb } from '../handles.ts';

export interface PoolVersion {
  readonly pool: Pool;
  readonly effectiveFrom: Instant;
}

interface VersionRow {
  readonly pool: string;
  readonly effectiveFrom: number;
}

/** As many descriptions as several large clinics have. */
const DESCRIPTIONS_MAX = 500;
/** Pools by their descriptions, which hardly ever change and are read with every picture of the clinic. */
const poolsByText = new Map<string, Pool>();

/** The same pool for the same description: nobody may change what was read, and whatever is worked out of it keeps. */
function poolOf(text: string): Pool {
  const known = poolsByText.get(text);
  if (known) return known;
  const pool = JSON.parse(text) as Pool; // the projector wrote it from a checked payload
  if (poolsByText.size >= DESCRIPTIONS_MAX) poolsByText.clear();
  poolsByText.set(text, pool);
  return pool;
}

const VERSION_IN_FORCE = `
  SELECT v.pool FROM pool_versions v
  WHERE v.pool_id = p.pool_id AND v.effective_seconds <= :at
  ORDER BY v.effective_seconds DESC, v.seq DESC LIMIT 1`;

/** Pools in force at `at`, in the order they were first entered. */
export function listPools(db: ReadDb, at: Instant): Pool[] {
  return db
    .all<{ pool: string | null }>(`SELECT (${VERSION_IN_FORCE}) AS pool FROM pools p ORDER BY p.first_seq`, {
      at,
    })
    .flatMap((row) => (row.pool === null ? [] : [poolOf(row.pool)]));
}

/** The pool as it is at `at`; null when there is none or it begins later. */
export function findPool(db: ReadDb, poolId: PoolId, at: Instant): Pool | null {
  const row = db.get<{ pool: string | null }>(
    `SELECT (${VERSION_IN_FORCE}) AS pool FROM pools p WHERE p.pool_id = :poolId`,
    { poolId, at },
  );
  return row?.pool ? poolOf(row.pool) : null;
}

/*
 * Per pool: from the version in force at the window's start on; for a pool younger than that, from its first one.
 * Of versions with one effective time only the last entered counts.
 */
const LIST_VERSIONS = `
  SELECT v.pool, v.effective_seconds AS effectiveFrom
  FROM pools p
  JOIN pool_versions v ON v.pool_id = p.pool_id
  WHERE v.effective_seconds < :to
    AND v.effective_seconds >= coalesce(
      (SELECT max(b.effective_seconds) FROM pool_versions b
        WHERE b.pool_id = p.pool_id AND b.effective_seconds <= :from), v.effective_seconds)
    AND v.seq = (SELECT max(s.seq) FROM pool_versions s
        WHERE s.pool_id = v.pool_id AND s.effective_seconds = v.effective_seconds)
  ORDER BY p.first_seq, v.effective_seconds`;

const FIRST_VERSIONS = `
  SELECT (SELECT v.pool FROM pool_versions v WHERE v.pool_id = p.pool_id
      ORDER BY v.effective_seconds, v.seq DESC LIMIT 1) AS pool,
    (SELECT min(v.effective_seconds) FROM pool_versions v WHERE v.pool_id = p.pool_id) AS effectiveFrom
  FROM pools p ORDER BY p.first_seq`;

/**
 * Versions that were in force at some instant of [from, to), by pool in the order they were first entered, then by
 * time. A pool that is younger than the window comes with its first version, so that imported history has a capacity
 * to be measured against: its `effectiveFrom` then says that it was not yet in force.
 */
export function listPoolVersions(
  db: ReadDb,
  window: { readonly from: Instant; readonly to: Instant },
): PoolVersion[] {
  const rows = db.all<VersionRow>(LIST_VERSIONS, { from: window.from, to: window.to });
  const versions = rows.map(versionOf);
  const known = new Set(versions.map((version) => version.pool.id));
  const young = db.all<VersionRow>(FIRST_VERSIONS).map(versionOf);
  return [...versions, ...young.filter((version) => !known.has(version.pool.id))];
}

function versionOf(row: VersionRow): PoolVersion {
  return { pool: poolOf(row.pool), effectiveFrom: instant(row.effectiveFrom) };
}
