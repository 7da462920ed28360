/**
 * Turns a variant as it was sent into the planner's: its pools' calendars expanded like those of the books. Checks it
 * as saving it would be checked.
 */
import type { Variant } from '../../allocator/index.ts';
import type { VariantSent } from '../../../shared/contract/whatif.ts';
import type { Pool } from '../../../shared/domain/pool.ts';
import type { Result } from '../../../shared/result.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { Books } from '../planning/snapshot.ts';
import { snapshotOf } from '../planning/snapshot.ts';
import { poolFault } from '../pools/set-pool.ts';

export type VariantRefusal = 'invalid-pool' | 'guarantees-exceed-capacity' | 'unknown-pool';

/** The first fault of the variant's pools, or nothing. A variant changes pools and adds none. */
export function checkVariant(sent: VariantSent, pools: readonly Pool[]): Result<null, VariantRefusal> {
  const known = new Set(pools.map((pool) => pool.id));
  for (const pool of sent.pools) {
    const fault = poolFault(pool) ?? (known.has(pool.id) ? null : 'unknown-pool');
    if (fault) return refuse(fault, { poolId: pool.id });
  }
  return accept(null);
}

/** @param given  what the books' own snapshot was made with */
export function variantOf(
  id: string,
  sent: VariantSent,
  given: Omit<Parameters<typeof snapshotOf>[0], 'books'> & { readonly books: Books },
): Variant {
  const books: Books = { ...given.books, pools: sent.pools, tasks: [] };
  return {
    id,
    policies: Object.fromEntries(sent.subsystems.map((row) => [row.subsystem, row.policy])),
    weights: Object.fromEntries(sent.subsystems.map((row) => [row.subsystem, row.weight])),
    pools: snapshotOf({ ...given, books }).pools,
  };
}
