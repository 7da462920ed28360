/**
 * The six states a pool's time is accounted in (they add up to exactly 100 %), in the order they are drawn.
 */
export const ACCOUNTING_STATES = [
  'used',
  'reserved-unused',
  'idle-while-waited',
  'idle',
  'down',
  'closed',
] as const;
export type AccountingState = (typeof ACCOUNTING_STATES)[number];
