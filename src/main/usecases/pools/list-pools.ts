/** The pools as they are now, each with its strip. */
import { listPools as readPools } from '../../ledger/index.ts';
import type { Response } from '../../../shared/contract/index.ts';
import type { Pool } from '../../../shared/domain/pool.ts';
import { accept } from '../../../shared/result.ts';
import { getClinic } from '../planning/books.ts';
import type { Usecase } from '../usecase.ts';
import { readStrips } from '../views/read-strips.ts';

export const listPools: Usecase<'pool.list'> = (place) => {
  const { db } = place;
  const now = place.now();
  const pools = readPools(db, now);
  const { strips } = readStrips(db, pools, getClinic(db).timeZone, now);
  return accept({ pools: pools.map(poolView), strips: [...strips] });
};

/** The same pool with lists a reply may carry. */
export function poolView(pool: Pool): Response<'pool.list'>['pools'][number] {
  return {
    ...pool,
    units: [...pool.units],
    weeklyHours: pool.weeklyHours?.map((day) => [...day]) ?? null,
    exceptions: pool.exceptions.map((exception) => ({ ...exception, ranges: [...exception.ranges] })),
    outages: [...pool.outages],
    shares: [...pool.shares],
  };
}
