/** Makes every derived table of a ledger anew from its entries. The ledger must not be open anywhere. */
import { existsSync } from 'node:fs';
import { openLedger } from '../../ledger/index.ts';
import type { Clock, OpenRefusal, WriteRefusal } from '../../ledger/index.ts';
import { refuse } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';

/** @returns how many entries were applied */
export async function rebuildLedger(
  path: string,
  clock: Clock,
): Promise<Result<number, OpenRefusal | WriteRefusal>> {
  if (!existsSync(path)) return refuse('ledger-missing'); // opening would make a new one
  const opened = await openLedger({ path, clock });
  if (!opened.ok) return opened;
  const rebuilt = await opened.value.rebuild();
  await opened.value.close();
  return rebuilt;
}
