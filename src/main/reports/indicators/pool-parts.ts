/**
 * The parts of a figure of a pool's time: what each task, or each stretch without a task, puts into it. The stretches
 * are the accounting's own (`sweep.ts`), and within one the parts are given out until its amount is used up, so that
 * they add up to the figure exactly.
 *
 * Where more is booked than the pool offers, who came first counts as used and the latest to start as overcommitted;
 * likewise the earliest reservation and the longest wait come first where not all of them fit into what is left.
 */
import type { AccountingStep } from '../../../shared/calendar.ts';
import type { PoolFigure } from '../../../shared/domain/report-parts.ts';
import type { TaskId } from '../../../shared/ids.ts';
import { compareIds } from '../../../shared/ids.ts';
import type { Instant } from '../../../shared/units.ts';
import { instant } from '../../../shared/units.ts';
import type { BookedSpans, Span } from './booked-spans.ts';
import { clip } from './booked-spans.ts';
import type { PoolStretch, WaitingSpan } from './sweep.ts';
import { sweep } from './sweep.ts';

/** One row behind a figure: a task, or a stretch of time that no task is to blame for. */
export interface Part {
  readonly taskId: TaskId | null;
  /** Of the time in which it had a part, within the period. */
  readonly from: Instant;
  /** Null: it goes on. */
  readonly until: Instant | null;
  /** Work in thousandth-unit · seconds, or 1 where tasks are counted. */
  readonly amount: number;
}

export interface PoolPartsInput {
  /** Of this pool, covering the window. */
  readonly steps: readonly AccountingStep[];
  readonly spans: readonly BookedSpans[];
  readonly waits: readonly WaitingSpan[];
  readonly window: Span;
  /** At which what is booked turns from used to reserved; the accounting is cut there too. */
  readonly asOf: Instant;
}

/** A span of one task in the order in which units are given out. */
interface Claim extends Span {
  readonly taskId: TaskId;
  readonly rateMilli: number;
  /** Who has claimed for longer is given units first. */
  readonly since: number;
}

/** @returns one part per task, or per stretch of one height, in no order; together exactly the account's figure */
export function poolParts(input: PoolPartsInput, figure: PoolFigure): Part[] {
  const uses = new ActiveClaims(claimsOf(input, ({ actual }) => (actual ? [actual] : [])));
  const reservations = new ActiveClaims(claimsOf(input, ({ reserved }) => reserved));
  const waits = new ActiveClaims(waitClaims(input));
  const parts = new PartsUnderWay();
  sweep({ ...input, cuts: [input.asOf] }, (stretch) => {
    const running = uses.at(stretch.from);
    const reserved = reservations.at(stretch.from);
    const waiting = waits.at(stretch.from);
    const offered = stretch.open - stretch.down;
    const used = Math.min(stretch.load, offered);
    const reservedUnused = Math.min(stretch.reservedUnused, offered - used);
    const left = offered - used - reservedUnused;
    switch (figure) {
      case 'used':
        return parts.giveOut(stretch, running, 0, used);
      case 'overcommitted':
        return parts.giveOut(stretch, running, used, stretch.load - used);
      case 'reserved-unused':
        return parts.giveOut(stretch, notInUse(reserved, running), 0, reservedUnused);
      case 'idle-while-waited':
        return parts.giveOut(stretch, waiting, 0, Math.min(stretch.wantedReady, left));
      case 'idle':
        return parts.addStretch(stretch, left - Math.min(stretch.wantedReady, left));
      case 'down':
        return parts.addStretch(stretch, stretch.down);
      case 'closed':
        return parts.addStretch(stretch, stretch.nominal - stretch.open);
    }
  });
  return parts.all();
}

/** Gathers what each task got, and joins neighbouring stretches of one height. */
class PartsUnderWay {
  readonly #ofTask = new Map<TaskId, { from: number; until: number; amount: number }>();
  readonly #stretches: { from: number; until: number; milli: number }[] = [];

  /** Gives units to the claims in their order: the first `skipped` units to nobody, the next `wanted` to the parts. */
  giveOut(
    { from, until }: Readonly<PoolStretch>,
    claims: readonly Claim[],
    skipped: number,
    wanted: number,
  ): void {
    let [toSkip, left] = [skipped, wanted];
    for (const { taskId, rateMilli } of claims) {
      if (left <= 0) return;
      const passed = Math.min(toSkip, rateMilli);
      const given = Math.min(left, rateMilli - passed);
      toSkip -= passed;
      left -= given;
      if (given > 0) this.#add(taskId, from, until, given * (until - from));
    }
    if (left > 0) throw new RangeError('more is accounted than is claimed');
  }

  addStretch({ from, until }: Readonly<PoolStretch>, milli: number): void {
    if (milli === 0) return;
    const last = this.#stretches.at(-1);
    if (last?.until === from && last.milli === milli) last.until = until;
    else this.#stretches.push({ from, until, milli });
  }

  all(): Part[] {
    const ofTasks = [...this.#ofTask].map(([taskId, { from, until, amount }]) => ({
      taskId,
      from: instant(from),
      until: instant(until),
      amount,
    }));
    const ofStretches = this.#stretches.map(({ from, until, milli }) => ({
      taskId: null,
      from: instant(from),
      until: instant(until),
      amount: milli * (until - from),
    }));
    return [...ofTasks, ...ofStretches];
  }

  #add(taskId: TaskId, from: number, until: number, amount: number): void {
    const known = this.#ofTask.get(taskId);
    if (known) {
      known.until = until;
      known.amount += amount;
    } else this.#ofTask.set(taskId, { from, until, amount });
  }
}

/** Which claims hold at ascending instants, those of longest standing first. */
class ActiveClaims {
  readonly #claims: readonly Claim[];
  #next = 0;
  #active: Claim[] = [];

  constructor(claims: readonly Claim[]) {
    this.#claims = claims.toSorted((left, right) => left.from - right.from);
  }

  /** @param at  not before the instant asked for last */
  at(at: number): readonly Claim[] {
    const isOver = ({ until }: Claim): boolean => until <= at;
    if (this.#active.some(isOver)) this.#active = this.#active.filter((claim) => !isOver(claim));
    const { length } = this.#active;
    for (let claim = this.#claims[this.#next]; claim && claim.from <= at; claim = this.#claims[this.#next]) {
      if (!isOver(claim)) this.#active.push(claim);
      this.#next += 1;
    }
    if (this.#active.length > length) {
      this.#active.sort((left, right) => left.since - right.since || compareIds(left.taskId, right.taskId));
    }
    return this.#active;
  }
}

function claimsOf(
  { spans, window }: PoolPartsInput,
  spansOf: (booked: BookedSpans) => readonly Span[],
): Claim[] {
  return spans.flatMap((booked) =>
    spansOf(booked)
      .filter((span) => clip(span, window) !== null)
      .map((span) => ({
        ...span,
        taskId: booked.taskId,
        rateMilli: booked.rateMilli,
        since: span.from,
      })),
  );
}

/** Only where nothing but this pool was lacking; a wait cut into pieces keeps the place of its first. */
function waitClaims({ waits }: PoolPartsInput): Claim[] {
  const since = new Map<TaskId, number>();
  for (const { taskId, from } of waits) since.set(taskId, Math.min(since.get(taskId) ?? from, from));
  return waits
    .filter(({ isOtherwiseReady }) => isOtherwiseReady)
    .map(({ taskId, from, until, wantedMilli }) => ({
      taskId,
      from,
      until,
      rateMilli: wantedMilli,
      since: since.get(taskId) ?? from,
    }));
}

/** What each task has reserved beyond what it is using, in the order of the reservations. */
function notInUse(reserved: readonly Claim[], running: readonly Claim[]): Claim[] {
  const inUse = new Map<TaskId, number>();
  for (const { taskId, rateMilli } of running) inUse.set(taskId, (inUse.get(taskId) ?? 0) + rateMilli);
  return reserved.map((claim) => {
    const covered = Math.min(inUse.get(claim.taskId) ?? 0, claim.rateMilli);
    inUse.set(claim.taskId, (inUse.get(claim.taskId) ?? 0) - covered);
    return { ...claim, rateMilli: claim.rateMilli - covered };
  });
}
