/**
 * Hybrid logical time (Kulkarni et al. 2014), for one site: wall milliseconds that never go back, and a counter for
 * what happens within one millisecond or while the wall clock lags. Order of entries = order of (ms, counter).
 * A wall clock that leaps by more than a day is not believed until a person has confirmed it: time once recorded
 * cannot be taken back, and a clinic would carry a wrong year for ever.
 */

/** The only source of the time of day; tests bring their own. */
export interface Clock {
  /** Milliseconds since the Unix epoch, UTC. */
  nowMs(): number;
}

export interface HybridTime {
  readonly ms: number;
  readonly counter: number;
}

export interface ClockJump {
  /** Where the clock was last believed to be. */
  readonly believedMs: number;
  readonly nowMs: number;
}

export const CLOCK_JUMP_MS = 24 * 3_600_000;
/** A clinic may be closed, or its computer asleep, for this long without anybody having to confirm the date. */
export const PAUSE_MS_MAX = 31 * CLOCK_JUMP_MS;

export class HybridClock {
  readonly #clock: Clock;
  readonly #pauseMsMax: number;
  #last: HybridTime | null;
  #believedMs: number | null;
  /** How far the next reading may be ahead: longer than a day right after opening, when a clinic was closed. */
  #aheadMsMax: number;

  /**
   * @param last  time of the ledger's last entry; null for an empty one
   * @param pauseMsMax  longest time between that entry and now that counts as a pause and not as a jump
   */
  constructor(clock: Clock, last: HybridTime | null, pauseMsMax: number) {
    this.#clock = clock;
    this.#last = last;
    this.#believedMs = last?.ms ?? null;
    this.#pauseMsMax = Math.max(pauseMsMax, CLOCK_JUMP_MS);
    this.#aheadMsMax = this.#pauseMsMax;
  }

  /** The computer was asleep: the next reading may be ahead by a pause, as after opening. */
  allowPause(): void {
    this.#aheadMsMax = this.#pauseMsMax;
  }

  /**
   * Reads the wall clock. Call it at least once a day while the application is open, so that a quiet weekend is not
   * taken for a jump.
   * @returns the jump that a person has to confirm first, or null when the reading is believed
   */
  observe(): ClockJump | null {
    const nowMs = this.#clock.nowMs();
    const believedMs = this.#believedMs;
    if (believedMs !== null) {
      const leap = nowMs - believedMs;
      if (leap > this.#aheadMsMax || leap < -CLOCK_JUMP_MS) return { believedMs, nowMs };
    }
    this.#believe(nowMs);
    return null;
  }

  /** A person has said that the wall clock is right. */
  confirm(): void {
    this.#believe(this.#clock.nowMs());
  }

  /** The wall clock, in whole seconds: the effective time of what happens now. */
  nowSeconds(): number {
    return Math.floor(this.#clock.nowMs() / 1000);
  }

  /** The next hybrid time: later than every one before it, whatever the wall clock says. */
  tick(): HybridTime {
    const nowMs = this.#clock.nowMs();
    const last = this.#last;
    if (this.#believedMs === null) this.#believe(nowMs); // the first entry of a new ledger
    this.#last =
      last === null || nowMs > last.ms
        ? { ms: nowMs, counter: 0 }
        : { ms: last.ms, counter: last.counter + 1 };
    return this.#last;
  }

  /** The time of the last entry, to return to when a transaction is rolled back. */
  last(): HybridTime | null {
    return this.#last;
  }

  /** Forgets the ticks since `last`: their entries were rolled back. */
  rewind(last: HybridTime | null): void {
    this.#last = last;
  }

  #believe(nowMs: number): void {
    this.#believedMs = nowMs;
    this.#aheadMsMax = CLOCK_JUMP_MS;
  }
}
