/**
 * When a running task is to be over. Past its planned end nobody knows; the books then assume a little longer, shown
 * as an assumption: now + max(5 min, 10 % of the plan).
 */
import type { Instant, Seconds } from '../units.ts';
import { MINUTE, instant } from '../units.ts';

export function expectedEnd(given: {
  readonly startedAt: Instant;
  readonly durationSeconds: Seconds;
  readonly now: Instant;
}): { readonly end: Instant; readonly isAssumed: boolean } {
  const planned = given.startedAt + given.durationSeconds;
  if (planned > given.now) return { end: instant(planned), isAssumed: false };
  const extra = Math.max(5 * MINUTE, Math.ceil(given.durationSeconds / 10));
  return { end: instant(given.now + extra), isAssumed: true };
}
