/**
 * Where a time axis is ruled and labelled: whole local hours, days or months, as many as have room. Local time comes
 * from two functions of the caller, so that this file knows no zone.
 */

export interface TickZone {
  /** Local date `YYYY-MM-DD` of an instant. */
  readonly dateOf: (at: number) => string;
  /** Local wall clock `HH:MM` of an instant. */
  readonly clockOf: (at: number) => string;
}

export interface Tick {
  readonly at: number;
  readonly kind: 'hour' | 'day' | 'month';
}

const HOUR = 3600;
const DAY = 86_400;
const MINUTE_STEPS = [5, 10, 15, 30];
const HOUR_STEPS = [1, 2, 3, 6, 12];
const DAY_STEPS = [1, 2, 7, 14];

/** The first whole local hour at or after an instant; zones with half-hour offsets included. */
function firstHour(from: number, zone: TickZone): number {
  const minutes = Number(zone.clockOf(from).slice(3));
  const intoHour = minutes * 60 + (((from % 60) + 60) % 60);
  return intoHour === 0 ? from : from + HOUR - intoHour;
}

/** Local hours at multiples of the smallest step whose labels are at least `gap` pixels apart. */
export function hourTicks(window: TickWindow, zone: TickZone): Tick[] {
  const perHour = window.width / Math.max(1, (window.until - window.from) / HOUR);
  const step = HOUR_STEPS.find((hours) => hours * perHour >= window.gap) ?? 24;
  const ticks: Tick[] = [];
  for (let at = firstHour(window.from, zone); at < window.until; at += HOUR) {
    if (Number(zone.clockOf(at).slice(0, 2)) % step === 0) ticks.push({ at, kind: 'hour' });
  }
  return ticks;
}

/** Local times every few minutes where there is room for them, else whole hours. */
export function clockTicks(window: TickWindow, zone: TickZone): Tick[] {
  const perMinute = (window.width * 60) / Math.max(1, window.until - window.from);
  const step = MINUTE_STEPS.find((minutes) => minutes * perMinute >= window.gap);
  if (step === undefined) return hourTicks(window, zone);
  const past = Number(zone.clockOf(window.from).slice(3)) % step;
  const into = past * 60 + (((window.from % 60) + 60) % 60);
  const ticks: Tick[] = [];
  for (
    let at = into === 0 ? window.from : window.from - into + step * 60;
    at < window.until;
    at += step * 60
  ) {
    ticks.push({ at, kind: 'hour' });
  }
  return ticks;
}

export interface TickWindow {
  readonly from: number;
  readonly until: number;
  readonly width: number;
  /** Pixels a label needs. */
  readonly gap: number;
}

/** Starts of local days within the window, ascending; found hour by hour around each, so that DST days are right. */
function dayStarts(window: TickWindow, zone: TickZone): number[] {
  const starts: number[] = [];
  let date = zone.dateOf(window.from - 1);
  for (let at = firstHour(window.from, zone); at < window.until;) {
    const here = zone.dateOf(at);
    if (here !== date) starts.push(at);
    date = here;
    const hour = Number(zone.clockOf(at).slice(0, 2));
    at += hour < 22 && hour > 3 ? (22 - hour) * HOUR : HOUR;
  }
  return starts;
}

/**
 * Ticks for a window of any length: hours up to two days, days up to three months, months beyond.
 */
export function timeTicks(window: TickWindow, zone: TickZone): Tick[] {
  const days = (window.until - window.from) / DAY;
  if (days <= 2) return hourTicks(window, zone);
  const starts = dayStarts(window, zone);
  if (days > 93) {
    const months = starts.filter((at) => zone.dateOf(at).endsWith('-01'));
    const step = Math.max(1, Math.ceil((months.length * window.gap) / window.width));
    return months.filter((_at, index) => index % step === 0).map((at) => ({ at, kind: 'month' }));
  }
  const perDay = window.width / days;
  const step = DAY_STEPS.find((wide) => wide * perDay >= window.gap) ?? 28;
  return starts.filter((_at, index) => index % step === 0).map((at) => ({ at, kind: 'day' }));
}
