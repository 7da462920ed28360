/**
 * Walks one pool through a window and shows every stretch in which nothing changes: capacity, load, what was reserved
 * and planned, who waited. A sweep line over all starts and ends: O(n log n), one visit per stretch. It measures
 * nothing itself; `account.ts` and `free-capacity.ts` do.
 */
import type { AccountingStep } from '../../../shared/calendar.ts';
import { SUBSYSTEM_IDS } from '../../../shared/domain/subsystem.ts';
import type { TaskId } from '../../../shared/ids.ts';
import type { Instant, Milli } from '../../../shared/units.ts';
import type { BookedSpans, Span } from './booked-spans.ts';
import { clip, isBookedIn } from './booked-spans.ts';
import { Timeline } from './timeline.ts';

/** One waiting task's wish for this pool, split at the instants where its other needs were or were not free. */
export interface WaitingSpan extends Span {
  readonly taskId: TaskId;
  readonly wantedMilli: Milli;
  readonly isOtherwiseReady: boolean;
  /** When the whole wait began, before the window or in it. */
  readonly since: Instant;
}

export interface SweepInput {
  /** Ascending; the last one at or before the window's start rules its beginning. Before the first: no capacity. */
  readonly steps: readonly AccountingStep[];
  readonly spans: readonly BookedSpans[];
  readonly waits: readonly WaitingSpan[];
  readonly window: Span;
  /** Instants at which a stretch must end although nothing changes. */
  readonly cuts: readonly number[];
}

/** One stretch; the object is reused, so a visitor must copy what it keeps. All values in thousandths of a unit. */
export interface PoolStretch {
  from: number;
  until: number;
  nominal: number;
  /** Scheduled to be open, outages included. */
  open: number;
  down: number;
  load: number;
  /** In the order of `SUBSYSTEM_IDS`. */
  readonly loadOf: number[];
  reserved: number;
  /** Reserved for tasks that are not using it: per task, what is reserved beyond what it holds. */
  reservedUnused: number;
  planned: number;
  /** By waiting tasks, beyond the units that they have: held for them, or in use until they gave way. */
  wanted: number;
  /** The part of it whose tasks lacked nothing but this pool. */
  wantedReady: number;
}

/** Nothing is there, nothing is booked and nobody waits. */
export function noStretch(): PoolStretch {
  return {
    from: 0,
    until: 0,
    nominal: 0,
    open: 0,
    down: 0,
    load: 0,
    loadOf: SUBSYSTEM_IDS.map(() => 0),
    reserved: 0,
    reservedUnused: 0,
    planned: 0,
    wanted: 0,
    wantedReady: 0,
  };
}

/** Kinds of change. A span's end is the kind after its start. */
const KIND = {
  cut: 0,
  step: 1,
  useFrom: 2,
  useUntil: 3,
  reservedFrom: 4,
  reservedUntil: 5,
  plannedFrom: 6,
  plannedUntil: 7,
  waitFrom: 8,
  waitUntil: 9,
} as const;

/** A task that has nothing, or that does not wait and cannot leave anything unused. */
const NOT_COUNTED = -1;

/** Calls `visit` for each stretch of the window in order; together they cover it without gaps. */
export function sweep(given: SweepInput, visit: (stretch: Readonly<PoolStretch>) => void): void {
  const { window } = given;
  const input = { ...given, spans: given.spans.filter((span) => isBookedIn(span, window)) };
  const changes = new PoolChanges(input);
  timelineOf(input).visit(window.until, {
    stretch(from, until) {
      changes.state.from = from;
      changes.state.until = until;
      visit(changes.state);
    },
    change: (kind, row) => changes.apply(kind, row),
  });
}

function timelineOf({ steps, spans, waits, window, cuts }: SweepInput): Timeline {
  const line = new Timeline(window.from);
  const addSpan = (span: Span | null, kind: number, row: number): void => {
    const part = span && clip(span, window);
    if (!part) return;
    line.add(part.from, kind, row);
    line.add(part.until, kind + 1, row);
  };
  for (const at of cuts) if (at > window.from && at < window.until) line.add(at, KIND.cut, 0);
  steps.forEach((step, row) => line.add(Math.max(step.at, window.from), KIND.step, row));
  spans.forEach((booked, row) => {
    addSpan(booked.actual, KIND.useFrom, row);
    for (const span of booked.reserved) addSpan(span, KIND.reservedFrom, row);
    addSpan(booked.planned, KIND.plannedFrom, row);
  });
  waits.forEach((wait, row) => addSpan(wait, KIND.waitFrom, row));
  return line;
}

/** The pool's state as changes are applied to it, with each task's own use and reservation. */
class PoolChanges {
  readonly state: PoolStretch;
  readonly #input: SweepInput;
  readonly #taskOf: number[];
  readonly #subsystemOf: number[];
  /** The task of each wait, where it holds anything. */
  readonly #taskOfWait: number[];
  readonly #useOfTask: number[];
  readonly #reservedOfTask: number[];
  readonly #wantedOfTask: number[];
  readonly #readyOfTask: number[];

  constructor(input: SweepInput) {
    this.#input = input;
    const tasks = new Map<string, number>();
    const waiting = new Set(input.waits.map(({ taskId }) => taskId));
    for (const { taskId, reserved } of input.spans) {
      const isCounted = reserved.length > 0 || waiting.has(taskId);
      if (isCounted && !tasks.has(taskId)) tasks.set(taskId, tasks.size);
    }
    const isAnyCounted = tasks.size > 0;
    this.#taskOf = input.spans.map(
      ({ taskId }) => (isAnyCounted ? tasks.get(taskId) : undefined) ?? NOT_COUNTED,
    );
    this.#subsystemOf = input.spans.map(({ subsystem }) => SUBSYSTEM_IDS.indexOf(subsystem));
    this.#taskOfWait = input.waits.map(({ taskId }) => tasks.get(taskId) ?? NOT_COUNTED);
    const perTask = (): number[] => new Array<number>(tasks.size).fill(0);
    this.#useOfTask = perTask();
    this.#reservedOfTask = perTask();
    this.#wantedOfTask = perTask();
    this.#readyOfTask = perTask();
    this.state = noStretch();
  }

  apply(kind: number, row: number): void {
    const rate = this.#input.spans[row]?.rateMilli ?? 0; // only read for kinds whose rows are spans
    switch (kind) {
      case KIND.step:
        return this.#applyStep(row);
      case KIND.useFrom:
        return this.#changeUse(row, rate);
      case KIND.useUntil:
        return this.#changeUse(row, -rate);
      case KIND.reservedFrom:
        return this.#changeReserved(row, rate);
      case KIND.reservedUntil:
        return this.#changeReserved(row, -rate);
      case KIND.plannedFrom:
        this.state.planned += rate;
        return;
      case KIND.plannedUntil:
        this.state.planned -= rate;
        return;
      case KIND.waitFrom:
        return this.#applyWait(row, 1);
      case KIND.waitUntil:
        return this.#applyWait(row, -1);
      default:
        return; // a cut changes nothing
    }
  }

  #applyStep(row: number): void {
    const step = this.#input.steps[row];
    if (!step) return; // rows are indexes of this list
    this.state.nominal = step.nominalMilli;
    this.state.open = step.openMilli;
    this.state.down = step.downMilli;
  }

  #applyWait(row: number, sign: number): void {
    const wait = this.#input.waits[row];
    if (!wait) return; // rows are indexes of this list
    const wanted = sign * wait.wantedMilli;
    const ready = wait.isOtherwiseReady ? wanted : 0;
    const task = this.#taskOfWait[row] ?? NOT_COUNTED;
    if (task !== NOT_COUNTED) return this.#changeTask(task, { wanted, ready });
    this.state.wanted += wanted;
    this.state.wantedReady += ready;
  }

  #changeUse(row: number, by: number): void {
    const subsystem = this.#subsystemOf[row] ?? 0; // both lists have a row per span
    const task = this.#taskOf[row] ?? NOT_COUNTED;
    this.state.load += by;
    this.state.loadOf[subsystem] = (this.state.loadOf[subsystem] ?? 0) + by;
    this.#changeTask(task, { use: by });
  }

  #changeReserved(row: number, by: number): void {
    this.state.reserved += by;
    this.#changeTask(this.#taskOf[row] ?? NOT_COUNTED, { reserved: by });
  }

  /** What is held for a task and not in use is unused; what it has, held or in use, it does not want beside that. */
  #changeTask(task: number, { use = 0, reserved = 0, wanted = 0, ready = 0 }: TaskChange): void {
    if (task === NOT_COUNTED) return;
    this.#count(task, -1);
    this.#useOfTask[task] = (this.#useOfTask[task] ?? 0) + use;
    this.#reservedOfTask[task] = (this.#reservedOfTask[task] ?? 0) + reserved;
    this.#wantedOfTask[task] = (this.#wantedOfTask[task] ?? 0) + wanted;
    this.#readyOfTask[task] = (this.#readyOfTask[task] ?? 0) + ready;
    this.#count(task, 1);
  }

  #count(task: number, sign: number): void {
    const use = this.#useOfTask[task] ?? 0;
    const reserved = this.#reservedOfTask[task] ?? 0;
    const has = Math.max(use, reserved);
    this.state.reservedUnused += sign * (has - use);
    this.state.wanted += sign * Math.max(0, (this.#wantedOfTask[task] ?? 0) - has);
    this.state.wantedReady += sign * Math.max(0, (this.#readyOfTask[task] ?? 0) - has);
  }
}

interface TaskChange {
  readonly use?: number;
  readonly reserved?: number;
  readonly wanted?: number;
  readonly ready?: number;
}
