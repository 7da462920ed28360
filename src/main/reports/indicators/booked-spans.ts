/**
 * Reads a booking as spans of time: when its units were used, when they were held for it, when it was planned. The one
 * place that knows what an open end means, when a reservation stops counting, and that nothing is used in the future.
 *
 * An open end is never busy for ever. A task without a recorded end is taken to end when its planned (or default)
 * duration is over. While it is still marked as running and not yet twice as late, it is believed to run on; after
 * that its end counts as forgotten: the planned duration is what is accounted, and the end is reported as assumed.
 */
import type { BookingFigures } from '../../ledger/index.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import type { PoolId, TaskId } from '../../../shared/ids.ts';
import type { Instant, Milli, Seconds } from '../../../shared/units.ts';
import { MINUTE, after, between, instant, seconds } from '../../../shared/units.ts';

/** [from, until), never empty. */
export interface Span {
  readonly from: Instant;
  readonly until: Instant;
}

export interface BookedSpans {
  readonly taskId: TaskId;
  readonly poolId: PoolId;
  readonly subsystem: SubsystemId;
  readonly rateMilli: Milli;
  /** Ends at `asOf` at the latest. */
  readonly actual: Span | null;
  /** Ascending, disjoint: the confirmed window, and the rest of what runs at `asOf`. */
  readonly reserved: readonly Span[];
  readonly planned: Span | null;
  readonly isRunning: boolean;
  /** Begun and marked as running, however long ago it should have ended: what Today shows. */
  readonly isMarkedRunning: boolean;
  readonly isEndAssumed: boolean;
}

export type DefaultDurations = Readonly<Record<SubsystemId, Seconds>>;

/** Running past its end, a task is taken to go on for at least this long. */
const OVERRUN_MINIMUM = seconds(5 * MINUTE);

interface ExpectedEnd {
  readonly at: Instant;
  readonly isAssumed: boolean;
}

/**
 * @param defaults  durations for bookings that have neither an end nor a plan
 */
export function bookedSpans(booking: BookingFigures, asOf: Instant, defaults: DefaultDurations): BookedSpans {
  const { taskId, poolId, subsystem, rateMilli, actualStart } = booking;
  const end = actualStart === null ? null : expectedEnd(booking, actualStart, asOf, defaults);
  const actual = actualStart !== null && end ? spanOf(actualStart, earlier(end.at, asOf)) : null;
  return {
    taskId,
    poolId,
    subsystem,
    rateMilli,
    actual,
    reserved: reservedSpans(booking, end?.at ?? null, asOf),
    planned: plannedSpan(booking),
    isRunning: actualStart !== null && end !== null && actualStart <= asOf && asOf < end.at,
    isMarkedRunning:
      booking.state === 'running' &&
      actualStart !== null &&
      actualStart <= asOf &&
      booking.actualEnd === null,
    isEndAssumed: end?.isAssumed ?? false,
  };
}

export function touches(span: Span, window: Span): boolean {
  return span.from < window.until && span.until > window.from;
}

/** Whether anything of it, planned, reserved or actual, lies within a window. */
export function isBookedIn({ actual, reserved, planned }: BookedSpans, window: Span): boolean {
  return (
    (actual !== null && touches(actual, window)) ||
    (planned !== null && touches(planned, window)) ||
    reserved.some((span) => touches(span, window))
  );
}

/** The part of a span that lies within a window, or null. */
export function clip(span: Span, window: Span): Span | null {
  return spanOf(later(span.from, window.from), earlier(span.until, window.until));
}

/**
 * Whether what a booking says of the time before `until` will be the same for everybody who asks at `asOf` or later, as
 * long as nobody changes it: its end is recorded, lies beyond `until` in any case, or counts as forgotten for good.
 * @param until  at most `asOf`
 */
export function isKnownBefore(
  booking: BookingFigures,
  until: Instant,
  asOf: Instant,
  defaults: DefaultDurations,
): boolean {
  const { actualStart, actualEnd, state } = booking;
  if (actualStart === null) return true;
  if (actualStart > asOf) return false; // part of work that pauses: it goes on by itself
  if (actualEnd !== null || actualStart >= until) return true;
  const duration = plannedDuration(booking, defaults);
  const plannedEnd = actualStart + duration;
  return plannedEnd >= until || asOf > plannedEnd + (state === 'running' ? duration : 0);
}

function plannedDuration(booking: BookingFigures, defaults: DefaultDurations): Seconds {
  const planned = plannedSpan(booking);
  return planned ? between(planned.from, planned.until) : defaults[booking.subsystem];
}

function expectedEnd(
  booking: BookingFigures,
  start: Instant,
  asOf: Instant,
  defaults: DefaultDurations,
): ExpectedEnd {
  if (booking.actualEnd !== null) return { at: booking.actualEnd, isAssumed: false };
  const duration = plannedDuration(booking, defaults);
  const plannedEnd = after(start, duration);
  if (asOf <= plannedEnd) return { at: plannedEnd, isAssumed: false };
  if (booking.state === 'running' && asOf <= after(plannedEnd, duration)) {
    const rest = seconds(Math.max(OVERRUN_MINIMUM, Math.ceil(duration / 10)));
    return { at: after(asOf, rest), isAssumed: false };
  }
  return { at: plannedEnd, isAssumed: true };
}

/**
 * A reservation that was given up ends when it was: the books' planned end says so, whatever the state is now. Otherwise
 * it ends with the work it was made for; what runs at `asOf` holds its units until its expected end.
 */
function reservedSpans(booking: BookingFigures, end: Instant | null, asOf: Instant): Span[] {
  const window = booking.isReserved ? plannedSpan(booking) : null;
  if (end === null) return present(window);
  const rest = spanOf(later(asOf, booking.actualStart ?? asOf), end);
  const windowEnd = window && earlier(earlier(window.until, end), rest?.from ?? end);
  return [...present(window && windowEnd && spanOf(window.from, windowEnd)), ...present(rest)];
}

function plannedSpan({ plannedStart, plannedEnd }: BookingFigures): Span | null {
  return plannedStart === null || plannedEnd === null ? null : spanOf(plannedStart, plannedEnd);
}

function spanOf(from: Instant, until: Instant): Span | null {
  return from < until ? { from, until } : null;
}

function present(span: Span | null): Span[] {
  return span ? [span] : [];
}

function earlier(left: Instant, right: Instant): Instant {
  return instant(Math.min(left, right));
}

function later(left: Instant, right: Instant): Instant {
  return instant(Math.max(left, right));
}
