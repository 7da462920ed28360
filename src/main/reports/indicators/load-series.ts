/**
 * The steps of a load chart. As long as there are few enough, one step per change; beyond that equal bins whose work is
 * summed exactly, so that no stretch of load is lost or smoothed away however long the window is.
 */
import type { LoadStep } from '../../../shared/domain/report.ts';
import { DAY, HOUR, MINUTE, instant, work } from '../../../shared/units.ts';
import type { Span } from './booked-spans.ts';
import type { PoolStretch } from './sweep.ts';

/** Bin lengths in seconds that read well; longer ones are whole multiples of the last. */
const BIN_SECONDS = [
  5 * MINUTE,
  15 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  7 * DAY,
  28 * DAY,
];

interface Sums {
  from: number;
  until: number;
  actual: number;
  reserved: number;
  planned: number;
  offered: number;
}

export class LoadSeries {
  /** Where the bins end, to be made cuts of the sweep. */
  readonly bounds: readonly number[];
  readonly #stepsMax: number;
  readonly #bins: Sums[];
  #exact: Sums[] | null;
  #bin = 0;

  /** @param stepsMax  most steps to give; 0 for no series at all */
  constructor(window: Span, stepsMax: number) {
    this.#stepsMax = stepsMax;
    this.#bins = stepsMax > 0 ? emptyBins(window, stepsMax) : [];
    this.#exact = stepsMax > 0 ? [] : null;
    this.bounds = this.#bins.map(({ until }) => until);
  }

  add(stretch: Readonly<PoolStretch>): void {
    while ((this.#bins[this.#bin]?.until ?? Infinity) <= stretch.from) this.#bin += 1;
    const bin = this.#bins[this.#bin];
    if (!bin) return;
    addTo(bin, stretch);
    if (this.#exact) this.#addExact(this.#exact, stretch);
  }

  /** Ascending and gapless over the window. */
  steps(): LoadStep[] {
    return (this.#exact ?? this.#bins).map((sums) => ({
      from: instant(sums.from),
      until: instant(sums.until),
      actualWork: work(sums.actual),
      reservedWork: work(sums.reserved),
      plannedWork: work(sums.planned),
      offeredWork: work(sums.offered),
    }));
  }

  #addExact(steps: Sums[], stretch: Readonly<PoolStretch>): void {
    const { from, until } = stretch;
    const last = steps.at(-1);
    if (last && isLevelWith(last, stretch)) {
      last.until = until;
      addTo(last, stretch);
      return;
    }
    if (steps.length === this.#stepsMax) {
      this.#exact = null;
      return;
    }
    const step = { from, until, actual: 0, reserved: 0, planned: 0, offered: 0 };
    addTo(step, stretch);
    steps.push(step);
  }
}

function emptyBins(window: Span, stepsMax: number): Sums[] {
  const length = window.until - window.from;
  const longest = BIN_SECONDS.at(-1) ?? DAY; // the list is not empty
  const size =
    BIN_SECONDS.find((seconds) => Math.ceil(length / seconds) <= stepsMax) ??
    longest * Math.ceil(length / stepsMax / longest);
  const bins: Sums[] = [];
  for (let from: number = window.from; from < window.until; from += size) {
    const until = Math.min(from + size, window.until);
    bins.push({ from, until, actual: 0, reserved: 0, planned: 0, offered: 0 });
  }
  return bins;
}

function addTo(sums: Sums, stretch: Readonly<PoolStretch>): void {
  const duration = stretch.until - stretch.from;
  sums.actual += stretch.load * duration;
  sums.reserved += stretch.reserved * duration;
  sums.planned += stretch.planned * duration;
  sums.offered += (stretch.open - stretch.down) * duration;
}

/** Whether the stretch goes on at the same heights; a step of the exact series has constant heights. */
function isLevelWith(step: Sums, stretch: Readonly<PoolStretch>): boolean {
  const duration = step.until - step.from;
  return (
    step.actual === stretch.load * duration &&
    step.reserved === stretch.reserved * duration &&
    step.planned === stretch.planned * duration &&
    step.offered === (stretch.open - stretch.down) * duration
  );
}
