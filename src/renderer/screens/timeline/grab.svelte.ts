/**
 * A bar in somebody's hand: where it would go, what the planner says to that, and the drop. The pointer and the
 * keyboard do the same. Verdicts are asked a moment after the last step, the newest one counts; what is dropped is what
 * the verdict was about, and main judges it again.
 */
import type { Api } from '../../api.ts';
import type { ErrorCode } from '../../../shared/contract/index.ts';
import type { Response } from '../../../shared/contract/index.ts';
import type { RescheduleRequest, VerdictView } from '../../../shared/contract/timeline.ts';
import type { UnitId } from '../../../shared/ids.ts';
import type { Refusal } from '../../../shared/result.ts';
import { HOUR, MINUTE, instant, type Instant } from '../../../shared/units.ts';
import { unitBeside } from '../../charts/timeline-rows.ts';
import { format } from '../../format/format.svelte.ts';
import type { BarPlace } from './timeline.svelte.ts';
import { snapped } from './time-window.ts';

/** What was done, and the command by which it can be taken back. */
export type Rescheduled = Response<'task.reschedule'> & { readonly commandId: string };

/** What is in the hand: the whole bar, or its end. */
export type Handle = 'bar' | 'end';

/** Where the grabbed bar would stand. */
export interface Wish {
  readonly start: Instant;
  readonly end: Instant;
  readonly unitId: UnitId | null;
}

const ASK_AFTER_MS = 80;

export class GrabState {
  place = $state.raw<BarPlace | null>(null);
  wish = $state.raw<Wish | null>(null);
  /** The planner's answer to `wish`; null while it is asked for. */
  verdict = $state.raw<VerdictView | null>(null);
  isDropping = $state(false);

  readonly isHeld = $derived(this.place !== null);
  readonly isMoved = $derived.by(() => {
    const { place, wish } = this;
    if (!place || !wish) return false;
    const { bar } = place.placed;
    return wish.start !== bar.start || wish.end !== bar.end || wish.unitId !== place.row.unitId;
  });

  readonly #api: Api;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #answer: Promise<VerdictView | null> | null = null;

  constructor(api: Api) {
    this.#api = api;
  }

  /** @returns whether the bar may be moved or extended at all */
  take(place: BarPlace): boolean {
    const { bar } = place.placed;
    if (!bar.mayMove && !bar.mayExtend) return false;
    this.place = place;
    this.wish = { start: bar.start, end: bar.end, unitId: place.row.unitId };
    this.verdict = null;
    return true;
  }

  /** Lets go without a move. */
  putBack(): void {
    this.#asked += 1;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.place = null;
    this.wish = null;
    this.verdict = null;
    this.#answer = null;
  }

  /** To an instant under the pointer: the bar's start, or its end. A running bar keeps its start. */
  moveTo(handle: Handle, at: number, unitId: UnitId | null): void {
    const { place, wish } = this;
    if (!place || !wish) return;
    const { bar } = place.placed;
    const length = bar.end - bar.start;
    if (handle === 'bar' && bar.mayMove) {
      const start = this.#snap(at);
      const unit = place.row.unitId === null ? null : (unitId ?? wish.unitId);
      this.#wishFor({ start, end: instant(start + length), unitId: unit });
    } else this.#wishFor({ ...wish, end: this.#endAt(at) });
  }

  /** By steps of the pool's grid: the keyboard's way. */
  nudge(handle: Handle, steps: number): void {
    const { place, wish } = this;
    if (!place || !wish) return;
    const by = steps * place.pool.gridSeconds;
    if (handle === 'end' || !place.placed.bar.mayMove) {
      this.#wishFor({ ...wish, end: this.#endAt(wish.end + by) });
      return;
    }
    const start = this.#snap(wish.start + by);
    this.#wishFor({ ...wish, start, end: instant(start + wish.end - wish.start) });
  }

  /** An hour further or back. */
  leap(direction: 1 | -1): void {
    if (this.place)
      this.nudge('bar', direction * Math.max(1, Math.round(HOUR / this.place.pool.gridSeconds)));
  }

  toUnit(by: 1 | -1): void {
    const { place, wish } = this;
    if (!place || !wish || !place.placed.bar.mayMove) return;
    const unitId = unitBeside(place.pool, wish.unitId, by);
    if (unitId !== null) this.#wishFor({ ...wish, unitId });
  }

  /**
   * Does it, when the planner agrees.
   * @returns what was done; the refusal of the command; null when the verdict says no or nothing was moved
   */
  async drop(): Promise<Rescheduled | Refusal<ErrorCode<'task.reschedule'>> | null> {
    const { place } = this;
    if (!place || !this.isMoved || this.isDropping) return null;
    const verdict = this.verdict ?? (await this.#verdictNow());
    const request = this.#request();
    if (!verdict?.fits || !request) return null;
    this.isDropping = true;
    const commandId = crypto.randomUUID();
    const reply = await this.#api.command('task.reschedule', request, commandId);
    this.isDropping = false;
    return reply.ok ? { ...reply.value, commandId } : reply.error;
  }

  #wishFor(wish: Wish): void {
    const before = this.wish;
    const isSame = before?.start === wish.start && before.end === wish.end && before.unitId === wish.unitId;
    if (isSame) return;
    this.wish = wish;
    this.verdict = null;
    this.#answer = null;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#verdictNow(), ASK_AFTER_MS);
  }

  #verdictNow(): Promise<VerdictView | null> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#answer ??= this.#ask();
    return this.#answer;
  }

  async #ask(): Promise<VerdictView | null> {
    const asked = ++this.#asked;
    const request = this.isMoved ? this.#request() : null;
    if (!request) return null;
    const reply = await this.#api.query('timeline.verdict', request);
    if (asked !== this.#asked || !reply.ok) return null;
    this.verdict = reply.value.verdict;
    return this.verdict;
  }

  #request(): RescheduleRequest | null {
    const { place, wish } = this;
    if (!place || !wish) return null;
    const { unitId } = wish;
    const isOther = unitId !== null && unitId !== place.row.unitId;
    return {
      taskId: place.placed.bar.taskId,
      start: wish.start,
      end: wish.end,
      unit: isOther ? { poolId: place.pool.poolId, unitId } : null,
    };
  }

  #snap(at: number): Instant {
    return snapped(at, this.place?.pool.gridSeconds ?? MINUTE, format.timeZone);
  }

  /** Ends stand on the grid too, at least one step after the start. */
  #endAt(at: number): Instant {
    const grid = this.place?.pool.gridSeconds ?? MINUTE;
    const start = this.wish?.start ?? 0;
    const end = this.#snap(at);
    return end > start ? end : this.#snap(start + grid);
  }
}
