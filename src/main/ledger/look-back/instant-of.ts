/**
 * Which entries count when a ledger is looked at as of an instant. By recorded time: those that had been written by
 * then, a stretch of the chain from its beginning. By effective time: those and whatever was entered later about what
 * had happened by then, which is what is known today of how things stood.
 */
import { ENTERED_LATER_SQL } from '../migrations/0023-looking-back.ts';
import type { Connection } from '../connection.ts';
import { firstSeqFrom } from '../queries/recorded.ts';

export const LOOK_BACK_BY = ['recorded', 'effective'] as const;
export type LookBackBy = (typeof LOOK_BACK_BY)[number];

export interface LookBackAt {
  /** UTC seconds; the whole second counts. */
  readonly at: number;
  readonly by: LookBackBy;
}

const LAST_RECORDED = `SELECT ${firstSeqFrom(':ms')} - 1`;

/** @returns the last entry recorded by the end of that second; 0 when there was none */
export function lastRecordedBy(connection: Connection, at: number): number {
  return (
    connection
      .prepare<[{ readonly ms: number }], number>(LAST_RECORDED)
      .pluck()
      .get({ ms: (at + 1) * 1000 }) ?? 0
  );
}

/**
 * Makes the temporary table `late`: entries after `last` about what had happened by then. Empty when only what was
 * recorded counts.
 */
export function noteLateEntries(connection: Connection, { at, by }: LookBackAt, last: number): void {
  connection.exec('CREATE TEMP TABLE late (seq INTEGER PRIMARY KEY)');
  if (by === 'recorded') return;
  connection
    .prepare(
      `INSERT INTO temp.late SELECT seq FROM main.entries
       WHERE ${ENTERED_LATER_SQL} AND effective_seconds <= ? AND seq > ? ORDER BY seq`,
    )
    .run(at, last);
}
