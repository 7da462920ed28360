/**
 * How a search is watched and stopped. The planner stays pure: a cancelled search answers with its best so far and
 * says how many schedules it used; the same settings with `stopAfter` at that number make the same plan again.
 */
export interface SearchControl {
  /** Asked between schedules; once true, the search ends with the best so far. */
  isCancelled(): boolean;
  /** Told now and then: schedules used and allowed. */
  report(used: number, budget: number): void;
}

export const UNWATCHED: SearchControl = { isCancelled: () => false, report: () => undefined };

/** Reports come about this many schedules apart. */
const REPORT_EVERY = 64;

/** A budget of schedules that is drawn down by several searches one after the other. */
export class Budget {
  readonly #control: SearchControl;
  readonly #total: number;
  readonly #stopAfter: number;
  #limit = 0;
  used = 0;

  /** @param stopAfter  ends everything after this many schedules, as a cancellation did; Infinity for never */
  constructor(total: number, stopAfter: number, control: SearchControl) {
    this.#total = total;
    this.#stopAfter = stopAfter;
    this.#control = control;
  }

  /** Schedules left of the whole. */
  get rest(): number {
    return this.#total - this.used;
  }

  /** Schedules left of the grant. */
  get granted(): number {
    return Math.max(0, this.#limit - this.used);
  }

  /** Whether another schedule could be had. */
  get isOpen(): boolean {
    return this.used < Math.min(this.#limit, this.#stopAfter) && !this.#control.isCancelled();
  }

  /** From here on at most `most` schedules more. */
  grant(most: number): void {
    this.#limit = Math.min(this.#total, this.used + most);
  }

  /** Takes `count` schedules, or none: false when the grant is used up or somebody has cancelled. */
  take(count: number): boolean {
    const most = Math.min(this.#limit, this.#stopAfter);
    if (this.used + count > most || this.#control.isCancelled()) return false;
    const before = this.used;
    this.used += count;
    if (Math.floor(before / REPORT_EVERY) !== Math.floor(this.used / REPORT_EVERY)) {
      this.#control.report(this.used, this.#total);
    }
    return true;
  }
}
