/** Reads the end of the chain: the figure that every export, backup and printout carries. */
import type { ReadDb } from '../handles.ts';
import type { HybridTime } from '../hybrid-clock.ts';

export interface Head {
  /** Length of the chain: 0 for an empty one. */
  readonly seq: number;
  /** Lower-case hexadecimal. */
  readonly hash: string;
  readonly site: string;
  readonly epoch: number;
  /** When the last entry was recorded; null for an empty chain. */
  readonly recorded: HybridTime | null;
}

/** @returns null for an empty chain */
export function findHead(db: ReadDb): Head | null {
  const row = db.get<{
    seq: number;
    hash: string;
    site: string;
    epoch: number;
    hlcMs: number;
    hlcCounter: number;
  }>(
    `SELECT seq, lower(hex(hash)) AS hash, site, epoch, hlc_ms AS hlcMs, hlc_counter AS hlcCounter
     FROM entries ORDER BY seq DESC LIMIT 1`,
  );
  if (row === null) return null;
  const { seq, hash, site, epoch, hlcMs, hlcCounter } = row;
  return { seq, hash, site, epoch, recorded: { ms: hlcMs, counter: hlcCounter } };
}

/** @throws Error for an empty chain, which an open ledger never has */
export function getHead(db: ReadDb): Head {
  const head = findHead(db);
  if (head === null) throw new Error('the chain is empty');
  return head;
}
