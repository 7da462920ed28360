/** The pools as they are now, each with its strip. */
import { listPools as readPools } from '../../ledger/index.ts';
import { accept } from '../../../shared/result.ts';
import { getClinic } from '../planning/books.ts';
import type { Usecase } from '../usecase.ts';
import { readStrips } from '../views/read-strips.ts';

export const listPools: Usecase<'pool.list'> = (place) => {
  const { db } = place;
  const now = place.now();
  const pools = readPools(db, now);
  const { strips } = readStrips(db, pools, getClinic(db).timeZone, now);
  return accept({ pools, strips });
};
