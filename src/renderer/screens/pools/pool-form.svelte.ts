/**
 * The pool that is being changed or added: what is typed in the four parts of the form and what is wrong with it.
 * Knows no `Api`: saving is the screen's.
 */
import type { Locale } from '../../../shared/domain/local-text.ts';
import type { Pool } from '../../../shared/domain/pool.ts';
import type { Instant } from '../../../shared/units.ts';
import type { PoolFormValues, PoolPart, PoolProblem, PoolProblemAt, PoolSent } from './pool-form-values.ts';
import {
  capacityOf,
  emptyPool,
  newOutage,
  newUnit,
  POOL_PARTS,
  poolOf,
  poolProblems,
  valuesOf,
} from './pool-form-values.ts';
import { parseRanges, usualWeek, withMondayUntilFriday, writtenRanges } from '../../format/typed-hours.ts';

export class PoolFormState {
  readonly isNew: boolean;
  readonly locale: Locale;
  values = $state<PoolFormValues>(emptyPool());
  part = $state<PoolPart>('units');
  /** Fields are not called wrong before somebody has tried to save them. */
  #isAttempted = $state(false);

  readonly problems: readonly PoolProblemAt[] = $derived.by(() =>
    this.#isAttempted ? poolProblems(this.values) : [],
  );
  readonly capacity = $derived.by(() => capacityOf(this.values));
  /** The pool as typed, as text; null while something is wrong. */
  readonly written = $derived.by(() => {
    const pool = poolOf($state.snapshot(this.values), this.locale);
    return pool && JSON.stringify(pool);
  });
  readonly isChanged = $derived.by(() => this.written !== this.#opened);
  readonly #opened: string | null;
  /** Units that no guarantee holds; negative when more is promised than there is. */
  readonly unpromised = $derived.by(
    () => (this.capacity ?? 0) - this.values.shares.reduce((sum, share) => sum + (share.guarantee ?? 0), 0),
  );

  #over: ReadonlySet<string> | null = null;

  private constructor(values: PoolFormValues, isNew: boolean, locale: Locale) {
    const pool = isNew ? null : poolOf(values, locale);
    this.#opened = pool && JSON.stringify(pool);
    this.values = values;
    this.isNew = isNew;
    this.locale = locale;
  }

  static of(pool: Pool, locale: Locale): PoolFormState {
    return new PoolFormState(valuesOf(pool, locale), false, locale);
  }

  static empty(locale: Locale): PoolFormState {
    return new PoolFormState(emptyPool(), true, locale);
  }

  problemAt(
    part: PoolProblemAt['part'],
    row: number | null,
    codes?: readonly PoolProblem[],
  ): PoolProblem | null {
    const found = this.problems.find(
      (problem) => problem.part === part && problem.row === row && (codes?.includes(problem.code) ?? true),
    );
    return found?.code ?? null;
  }

  /** Opens the part that is meant; leaves the open one where it is none. */
  openPart(named: string | null): void {
    this.part = POOL_PARTS.find((part) => part === named) ?? this.part;
  }

  /** The pool to save, or null after opening the part in which something is wrong. */
  checkedPool(): PoolSent | null {
    this.#isAttempted = true;
    const wrong = poolProblems(this.values).find((problem) => problem.part !== 'names');
    if (wrong && wrong.part !== 'names') this.part = wrong.part;
    return poolOf($state.snapshot(this.values), this.locale);
  }

  addUnit(): void {
    this.values.units.push(newUnit(nextName(this.values.units.map((unit) => unit.name.here))));
  }

  removeUnit(at: number): void {
    const [removed] = this.values.units.splice(at, 1);
    this.values.outages = this.values.outages.filter((outage) => outage.unitId !== removed?.id);
  }

  setUsualWeek(): void {
    this.values.week = usualWeek();
  }

  copyMonday(): void {
    this.values.week = withMondayUntilFriday(this.values.week);
  }

  /** Shows a day's hours as they were understood, once its field is left. */
  tidyDay(day: number): void {
    const ranges = parseRanges(this.values.week[day] ?? '');
    if (ranges) this.values.week[day] = writtenRanges(ranges);
  }

  addException(): void {
    this.values.exceptions.push({ date: '', hours: '' });
  }

  removeException(at: number): void {
    this.values.exceptions.splice(at, 1);
  }

  /** Outages that were over at `now`, when this was first asked: a row does not jump while its end is typed. */
  overAt(now: Instant): ReadonlySet<string> {
    this.#over ??= new Set(
      this.values.outages.filter(({ end }) => end !== null && end <= now).map(({ id }) => id),
    );
    return this.#over;
  }

  addOutage(now: Instant): void {
    this.values.outages.push(newOutage(now));
  }

  removeOutage(at: number): void {
    this.values.outages.splice(at, 1);
  }
}

/** `Room 3` after `Room 2`; a number where there is no pattern to follow. */
function nextName(names: readonly string[]): string {
  const last = /^(.*?)(\d+)$/.exec(names.at(-1) ?? '');
  return last ? `${last[1] ?? ''}${Number(last[2]) + 1}` : String(names.length + 1);
}
