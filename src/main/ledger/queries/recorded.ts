/**
 * Where a moment of recorded time lies in the chain. Recorded time rises with the sequence, so halving the chain finds
 * it in twenty steps of a million, and no index has to be written for it with every entry.
 */

/** `(SELECT …)`: the first sequence number recorded at or after `ms`, an SQL expression; one past the end without any. */
export function firstSeqFrom(ms: string): string {
  const middle = '(low + high) / 2';
  const isBefore = `(SELECT hlc_ms FROM main.entries WHERE seq = ${middle}) < ${ms}`;
  return `(WITH RECURSIVE halves (low, high) AS (
      SELECT 1, coalesce((SELECT max(seq) FROM main.entries), 0) + 1
      UNION ALL
      SELECT iif(${isBefore}, ${middle} + 1, low), iif(${isBefore}, high, ${middle}) FROM halves WHERE low < high)
    SELECT low FROM halves WHERE low >= high)`;
}
