/**
 * The timeline's state: which stretch of time is shown, what the ledger says of it, which pools are open, which bar is
 * chosen. Given an `Api`; touches no DOM. Answers that have been overtaken are dropped; while new ones are on their way
 * the old ones stay, so that zooming and panning never blank the screen.
 */
import type { Api } from '../../api.ts';
import type { Response } from '../../../shared/contract/index.ts';
import type { TimelineBar, TimelinePool } from '../../../shared/contract/timeline.ts';
import type { PoolId, TaskId } from '../../../shared/ids.ts';
import type { Refusal } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/units.ts';
import type { PlacedBar, PoolLayout, TimelineRow } from '../../charts/timeline-rows.ts';
import { layoutPool } from '../../charts/timeline-rows.ts';
import { format } from '../../format/format.svelte.ts';
import type { ClinicDay, Level, TimeWindow } from './time-window.ts';
import { covers, fetchWindow, isDense, keepingInSight, levelOf, levelWindow } from './time-window.ts';
import { paged, panned, zoomed } from './time-window.ts';

export type TimelineView = Response<'timeline.get'>;

/** A bar with where it stands: what the keyboard walks over. */
export interface BarPlace {
  readonly placed: PlacedBar;
  readonly row: TimelineRow;
  readonly pool: TimelinePool;
}

/** Pools with more units than this begin folded. */
const UNITS_SHOWN = 8;
/** Height of a unit's row: on screens, and on paper. */
export const ROW_PIXELS = { screen: 32, paper: 24 };
const USUAL_DAY = { fromMinute: 0, toMinute: 1440 };

export class TimelineState {
  view = $state.raw<TimelineView | null>(null);
  /** What is in sight; null until the first answer says what the clinic's day is. */
  shown = $state.raw<TimeWindow | null>(null);
  selectedKey = $state<string | null>(null);
  readonly #folds = $state<Record<PoolId, boolean>>({});

  readonly day: ClinicDay = $derived({ zone: format.timeZone, ...(this.view?.day ?? USUAL_DAY) });
  readonly level: Level = $derived(this.shown ? levelOf(this.shown) : 'day');
  readonly isDense = $derived((this.shown !== null && isDense(this.shown)) || this.view?.isDense === true);
  readonly layouts: readonly PoolLayout[] = $derived(
    (this.view?.pools ?? []).map((pool) =>
      layoutPool(
        pool,
        { isExpanded: this.isExpanded(pool), isDense: this.isDense },
        { row: this.#rowPixels, now: this.view?.now ?? 0 },
      ),
    ),
  );
  /** Every bar in sight, by row, then start. */
  readonly places: readonly BarPlace[] = $derived.by(() => {
    const { shown } = this;
    if (!shown) return [];
    return this.layouts.flatMap(({ pool, rows }) =>
      rows.flatMap((row) =>
        row.bars
          .filter(({ bar }) => bar.end > shown.from && bar.start < shown.until)
          .map((placed) => ({ placed, row, pool })),
      ),
    );
  });
  readonly selected: BarPlace | null = $derived(
    this.selectedKey === null ? null : this.#find(this.selectedKey),
  );
  /** The bar that the Tab key reaches. */
  readonly focusKey = $derived(
    this.places.some((place) => place.placed.key === this.selectedKey)
      ? this.selectedKey
      : (this.places[0]?.placed.key ?? null),
  );
  readonly isEmpty = $derived(this.view !== null && this.view.pools.length === 0);
  /** Nothing of the clinic's is in sight, in any pool. */
  readonly now: Instant | null = $derived(this.view?.now ?? null);

  readonly #api: Api;
  readonly #refuse: (refusal: Refusal) => void;
  readonly #rowPixels: number;
  #asked = 0;
  /** The window that was asked for last, so that a pan within it asks nothing. */
  #fetched: { readonly window: TimeWindow; readonly isDense: boolean } | null = null;

  /** @param refuse  told of every refusal; the screen shows it as a notice */
  constructor(api: Api, refuse: (refusal: Refusal) => void, rowPixels = ROW_PIXELS.screen) {
    this.#api = api;
    this.#rowPixels = rowPixels;
    this.#refuse = refuse;
  }

  /** Asks for what is in sight and a little around it; the clinic's own day the first time. */
  async load(): Promise<void> {
    const asked = ++this.#asked;
    const { shown } = this;
    const request = shown
      ? { window: fetchWindow(shown), isDense: isDense(shown) }
      : { window: null, isDense: false };
    this.#fetched = request.window && { window: request.window, isDense: request.isDense };
    const reply = await this.#api.query('timeline.get', request);
    if (asked !== this.#asked) return;
    if (!reply.ok) {
      this.#refuse(reply.error);
      return;
    }
    this.view = reply.value;
    if (!shown) this.#begin({ from: reply.value.from, until: reply.value.until }, reply.value.now);
  }

  /** Outside its hours the clinic's day is still shown, moved so that now is in it. */
  #begin(window: TimeWindow, now: Instant): void {
    this.shown = keepingInSight(window, now, now);
    this.#fetched = { window, isDense: false };
  }

  /** What was read elsewhere, all of it in sight: for paper. */
  take(view: TimelineView, foldedPools: readonly PoolId[]): void {
    this.view = view;
    this.shown = { from: view.from, until: view.until };
    for (const pool of view.pools) this.#folds[pool.poolId] = !foldedPools.includes(pool.poolId);
  }

  /** Pools whose units are not shown. */
  get foldedPools(): PoolId[] {
    return this.layouts.filter((layout) => !layout.isExpanded).map((layout) => layout.pool.poolId);
  }

  /** Shows another stretch of time, and asks for it where it is not there yet. */
  show(window: TimeWindow): void {
    this.shown = window;
    const fetched = this.#fetched;
    if (fetched?.isDense !== isDense(window) || !covers(fetched.window, window)) void this.load();
  }

  showLevel(level: Level): void {
    const { shown } = this;
    if (shown) this.show(levelWindow(level, this.#middleOf(shown), this.day));
  }

  page(by: number): void {
    if (this.shown) this.show(paged(this.shown, by, this.day));
  }

  pan(bySeconds: number): void {
    if (this.shown) this.show(panned(this.shown, bySeconds));
  }

  /** @param anchor  the instant that keeps its place; the middle when left out */
  zoom(factor: number, anchor?: number): void {
    if (this.shown) this.show(zoomed(this.shown, factor, anchor ?? this.#middleOf(this.shown)));
  }

  showNow(): void {
    if (this.now !== null) this.goTo(this.now);
  }

  goTo(at: Instant): void {
    const window = levelWindow(this.level, at, this.day);
    this.show(keepingInSight(window, at, at));
  }

  isExpanded(pool: TimelinePool): boolean {
    return this.#folds[pool.poolId] ?? (pool.kind === 'divisible' || pool.units.length <= UNITS_SHOWN);
  }

  toggle(pool: TimelinePool): void {
    this.#folds[pool.poolId] = !this.isExpanded(pool);
  }

  select(key: string | null): void {
    this.selectedKey = key;
  }

  /** The first bar of a task, brought into sight. @returns whether there is one among what was read */
  selectTask(taskId: TaskId): boolean {
    for (const layout of this.layouts) {
      const row = layout.rows.find((each) => each.bars.some(({ bar }) => bar.taskId === taskId));
      const placed = row?.bars.find(({ bar }) => bar.taskId === taskId);
      if (!placed) continue;
      this.selectedKey = placed.key;
      this.#bringIntoSight(placed.bar);
      return true;
    }
    return false;
  }

  /** Where the arrow keys lead from the focused bar: by time within its row, by row to what is nearest in time. */
  step(direction: 'earlier' | 'later' | 'above' | 'below' | 'first' | 'last'): string | null {
    const here = this.focusKey === null ? null : this.#find(this.focusKey);
    if (!here) return null;
    const next = this.#neighbour(here, direction);
    if (next) {
      this.selectedKey = next.key;
      this.#bringIntoSight(next.bar);
    }
    return this.selectedKey;
  }

  #neighbour({ row, placed }: BarPlace, direction: Parameters<TimelineState['step']>[0]): PlacedBar | null {
    const at = row.bars.findIndex((other) => other.key === placed.key);
    if (direction === 'earlier') return row.bars[at - 1] ?? null;
    if (direction === 'later') return row.bars[at + 1] ?? null;
    if (direction === 'first') return row.bars[0] ?? null;
    if (direction === 'last') return row.bars.at(-1) ?? null;
    const rows = this.layouts.flatMap((layout) => layout.rows).filter((each) => each.bars.length > 0);
    const next = rows[rows.findIndex((each) => each.key === row.key) + (direction === 'above' ? -1 : 1)];
    const distance = ({ bar }: PlacedBar): number => Math.abs(bar.start - placed.bar.start);
    return (
      next?.bars.reduce<PlacedBar | null>(
        (best, other) => (best && distance(best) <= distance(other) ? best : other),
        null,
      ) ?? null
    );
  }

  #bringIntoSight(bar: TimelineBar): void {
    if (this.shown) this.show(keepingInSight(this.shown, bar.start, bar.end));
  }

  #find(key: string): BarPlace | null {
    for (const { pool, rows } of this.layouts) {
      for (const row of rows) {
        const placed = row.bars.find((candidate) => candidate.key === key);
        if (placed) return { placed, row, pool };
      }
    }
    return null;
  }

  /** The middle of what is in sight, or now where that is in sight: what a level is chosen around. */
  #middleOf(window: TimeWindow): Instant {
    const { now } = this;
    if (now !== null && now >= window.from && now < window.until) return now;
    return Math.floor((window.from + window.until) / 2) as Instant; // between two instants
  }
}
