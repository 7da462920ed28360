/**
 * Reads the times that other systems write, and judges how long a row's work took. Pure.
 */
import { dayNumberOf, instantOfWall, isLocalDate } from '../../shared/local-time.ts';
import type { Instant, Seconds } from '../../shared/units.ts';
import { MINUTE, instant, seconds } from '../../shared/units.ts';

const WITH_ZONE = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/;
const WALL = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/;

/**
 * The instant a cell names, or null when it names none. With `Z` or an offset it is taken as such; without, it is wall
 * time of the clinic's zone; a bare date is that day's first instant. Fractions of a second are dropped.
 */
export function readInstant(text: string, timeZone: string): Instant | null {
  if (WITH_ZONE.test(text)) {
    const milliseconds = Date.parse(text.replace(' ', 'T'));
    return Number.isNaN(milliseconds) || !isLocalDate(text.slice(0, 10))
      ? null
      : instant(Math.floor(milliseconds / 1000));
  }
  const wall = WALL.exec(text);
  const date = wall?.[1];
  if (!wall || !date || !isLocalDate(date)) return null;
  const [hours, minutes, second] = [wall[2], wall[3], wall[4]].map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
  ]; // three parts in, three numbers out
  if (hours > 23 || minutes > 59 || second > 59) return null;
  return instant(instantOfWall(dayNumberOf(date), hours * MINUTE + minutes, timeZone) + second);
}

export type LengthRemark = 'no-end' | 'zero-length' | 'implausible-length';

/** How long the work took, and what is odd about the file's own answer. Inverted times never get here. */
export function judgeLength(
  start: Instant,
  end: Instant | null,
  limits: { readonly defaultSeconds: Seconds; readonly believableSecondsMax: Seconds | null },
): { readonly durationSeconds: Seconds; readonly remark: LengthRemark | null } {
  const byDefault = (remark: LengthRemark) => ({ durationSeconds: limits.defaultSeconds, remark });
  if (end === null) return byDefault('no-end');
  const length = seconds(end - start);
  if (length === 0) return byDefault('zero-length');
  if (limits.believableSecondsMax !== null && length > limits.believableSecondsMax) {
    return byDefault('implausible-length');
  }
  return { durationSeconds: length, remark: null };
}
