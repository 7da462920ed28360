/**
 * The formats bound to the window's language and the clinic's zone, as every template uses them: `format.time(at)`.
 * Reading them in a template makes it follow a language switch.
 */
import { locale } from '../locale.svelte.ts';
import { m } from '../../shared/messages/index.ts';
import * as figures from './figures.ts';
import * as time from './time.ts';
import * as unitWords from './unit-words.ts';

class Formats {
  timeZone = $state('UTC');

  get place(): time.Place {
    return { locale: locale.current, timeZone: this.timeZone };
  }

  time(instant: number): string {
    return time.timeOfDay(this.place, instant);
  }

  shortDate(instant: number): string {
    return time.shortDate(this.place, instant);
  }

  longDate(instant: number): string {
    return time.longDate(this.place, instant);
  }

  dateRange(from: number, until: number): string {
    return time.dateRange(this.place, from, until);
  }

  longMonth(instant: number): string {
    return time.longMonth(this.place, instant);
  }

  weekday(instant: number): string {
    return time.weekday(this.place, instant);
  }

  dayOfMonth(instant: number): string {
    return time.dayOfMonth(this.place, instant);
  }

  month(instant: number): string {
    return time.monthName(this.place, instant);
  }

  isoDate(instant: number): string {
    return time.isoDate(this.timeZone, instant);
  }

  /** `10:40` today, `tomorrow 08:00`, `Thu 19 Nov 08:00` otherwise. */
  moment(instant: number, now: number): string {
    const days = time.dayDistance(this.timeZone, instant, now);
    const clock = this.time(instant);
    if (days === 0) return clock;
    if (days === 1) return m.common_tomorrow_at({ time: clock });
    if (days === -1) return m.common_yesterday_at({ time: clock });
    return `${this.shortDate(instant)} ${clock}`;
  }

  /** For narrow columns: `10:40` today, `Thu 08:00` within a week, `26 Nov` otherwise. */
  momentShort(instant: number, now: number): string {
    const days = Math.abs(time.dayDistance(this.timeZone, instant, now));
    if (days === 0) return this.time(instant);
    if (days < 7) return `${time.weekday(this.place, instant)} ${this.time(instant)}`;
    return time.dayAndMonth(this.place, instant);
  }

  /** Like `moment`, with "today" said: for lists of starts. */
  momentNamed(instant: number, now: number): string {
    const days = time.dayDistance(this.timeZone, instant, now);
    return days === 0 ? m.common_today_at({ time: this.time(instant) }) : this.moment(instant, now);
  }

  /** `10:05–10:35`, with the day wherever a time is not today's: `yesterday 21:40–22:10`, `22:00–tomorrow 07:00`. */
  span(start: number, end: number, now: number): string {
    return `${this.moment(start, now)}–${this.#endOf(start, end, this.moment(end, now))}`;
  }

  /** The same for narrow columns: `Thu 21:40–22:10`, `Thu 23:40–00:10`. */
  spanShort(start: number, end: number, now: number): string {
    return `${this.momentShort(start, now)}–${this.#endOf(start, end, this.momentShort(end, now))}`;
  }

  /** On the day of the start the clock alone will do. */
  #endOf(start: number, end: number, named: string): string {
    return time.dayDistance(this.timeZone, end, start) === 0 ? this.time(end) : named;
  }

  duration(durationSeconds: number): string {
    return time.duration(locale.current, durationSeconds);
  }

  /** Monday first. */
  weekdayNames(): string[] {
    return time.weekdayNames(locale.current);
  }

  instantOfWall(date: string, clock: string): number | null {
    return time.instantOfWall(this.timeZone, date, clock);
  }

  count(value: number): string {
    return figures.count(locale.current, value);
  }

  units(valueMilli: number, digits?: number): string {
    return figures.units(locale.current, valueMilli, digits);
  }

  wholeUnits(valueMilli: number): string {
    return figures.wholeUnits(locale.current, valueMilli);
  }

  /** `3 rooms`, `1 room`. */
  unitCount(valueMilli: number, unitName: string): string {
    return unitWords.unitCount(locale.current, valueMilli, unitName);
  }

  /** The unit beside a field: `rooms`, or `room` where 1 is typed. */
  unitWord(amount: number | null, unitName: string): string {
    return unitWords.unitWord(locale.current, amount, unitName);
  }

  percent(numerator: number, denominator: number, digits?: number): string {
    return figures.percent(locale.current, numerator, denominator, digits);
  }
}

export const format = new Formats();
