/**
 * A pool's capacity as it is known today, and as it was known when an entry was written: versions and time zones that
 * came later were not known then.
 */
import { offeredSteps } from '../../../shared/calendar.ts';
import type { OfferedStep, PoolVersion } from '../../../shared/calendar.ts';
import type { Pool } from '../../../shared/domain/pool.ts';
import type { Instant } from '../../../shared/units.ts';
import type { ReadDb } from '../handles.ts';
import { CLINIC_KINDS_SQL } from '../migrations/0058-fewer-pages.ts';

interface VersionRow {
  readonly seq: number;
  readonly effective: number;
  readonly pool: Pool;
}

interface ZoneRow {
  readonly seq: number;
  readonly zone: string;
}

const LIST_VERSIONS = `
  SELECT seq, effective_seconds AS effective, pool FROM pool_versions WHERE pool_id = :poolId
  ORDER BY effective_seconds, seq`;

const LIST_ZONES = `
  SELECT seq, payload ->> '$.timeZone' AS zone FROM entries
  WHERE kind = 'clinic-set' AND ${CLINIC_KINDS_SQL} ORDER BY seq`;

/** Earlier than any instant that is compared with it: what is older than its pool is measured against its first version. */
const ALWAYS = Number.MIN_SAFE_INTEGER as Instant;

export function listZones(db: ReadDb): ZoneRow[] {
  return db.all<ZoneRow>(LIST_ZONES);
}

export class KnownCapacity {
  readonly #versions: readonly VersionRow[];
  readonly #zones: readonly ZoneRow[];

  constructor(db: ReadDb, poolId: string, zones: readonly ZoneRow[]) {
    this.#zones = zones;
    this.#versions = db
      .all<{ seq: number; effective: number; pool: string }>(LIST_VERSIONS, { poolId })
      .map((row) => ({ ...row, pool: JSON.parse(row.pool) as Pool })); // the projector wrote it from a checked payload
  }

  /** As it is known today, over [from, until). */
  steps(from: number, until: number): OfferedStep[] {
    return this.#stepsKnown(Number.MAX_SAFE_INTEGER, from, until);
  }

  /**
   * What entry `seq`, recorded at `recordedAt`, could count on at `at`: what the pool was then known to be at `at`, or
   * what it was at the time of the entry, whichever is more (a plan takes a pool to stay as it is).
   */
  whenWritten(seq: number, recordedAt: number, at: number): number {
    const [dated] = this.#stepsKnown(seq, at, at + 1);
    const inForce = this.#versions.filter((row) => row.seq < seq && row.effective <= recordedAt).at(-1);
    const [kept] = inForce ? this.#stepsOf([{ from: ALWAYS, pool: inForce.pool }], seq, at, at + 1) : [];
    return Math.max(dated?.capacityMilli ?? 0, kept?.capacityMilli ?? 0);
  }

  #stepsKnown(seq: number, from: number, until: number): OfferedStep[] {
    const known = this.#versions.filter((row) => row.seq < seq);
    const versions = known.map(({ effective, pool }, index) => ({
      from: index === 0 ? ALWAYS : (effective as Instant), // an integer of the table's
      pool,
    }));
    return this.#stepsOf(versions, seq, from, until);
  }

  #stepsOf(versions: readonly PoolVersion[], seq: number, from: number, until: number): OfferedStep[] {
    const zone = this.#zones.findLast((row) => row.seq < seq)?.zone ?? 'UTC';
    const window = { from: from as Instant, until: until as Instant }; // integers of the table's
    return offeredSteps(versions, window, zone);
  }
}
