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
  /** Some of the window's time only: cut at these instants, and told whether a stretch that begins at one counts. */
  readonly only?: { readonly cuts: readonly Instant[]; readonly isCounted: (from: number) => boolean } | null;
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
  const parts = new PartsUnderWay();
  eachClaimedStretch(input, ({ stretch, offered, used, reservedUnused, waitedFor, ...claims }) => {
    switch (figure) {
      case 'used':
        return parts.giveOut(stretch, claims.running, 0, used);
      case 'overcommitted':
        return parts.giveOut(stretch, claims.running, used, stretch.load - used);
      case 'reserved-unused':
        return parts.giveOut(stretch, claims.reserved(), 0, reservedUnused);
      case 'idle-while-waited':
        return parts.giveOut(stretch, claims.waiting(), 0, waitedFor);
      case 'idle':
        return parts.addStretch(stretch, offered - used - reservedUnused - waitedFor);
      case 'down':
        return parts.addStretch(stretch, stretch.down);
      case 'closed':
        return parts.addStretch(stretch, stretch.nominal - stretch.open);
      case 'actual':
        return parts.giveOut(stretch, claims.running, 0, stretch.load);
      case 'reserved':
        return parts.giveOut(stretch, claims.allReserved, 0, stretch.reserved);
      case 'planned':
        return parts.giveOut(stretch, claims.planned(), 0, stretch.planned);
      case 'unmet': {
        const left = offered - used - reservedUnused;
        const lacking = stretch.open > 0 ? Math.max(0, stretch.wanted - left) : 0;
        return parts.giveOut(stretch, claims.wanting(), left, lacking);
      }
    }
  });
  return parts.all();
}

/** What a group of tasks puts into a pool's figures. */
export type ClaimedWork = Record<(typeof CLAIMED_FIGURES)[number], number>;
export const CLAIMED_FIGURES = ['used', 'overcommitted', 'reserved-unused', 'idle-while-waited'] as const;

/** The parts of those figures of a pool that tasks make up, by group of tasks, in one pass; given out as above. */
export function claimedWork<Group>(
  input: PoolPartsInput,
  groupOf: (taskId: TaskId) => Group,
): Map<Group, ClaimedWork> {
  const groups = new Map<Group, ClaimedWork>();
  const rowOf = (taskId: TaskId): ClaimedWork => {
    const group = groupOf(taskId);
    const known = groups.get(group);
    if (known) return known;
    const row = { used: 0, overcommitted: 0, 'reserved-unused': 0, 'idle-while-waited': 0 };
    groups.set(group, row);
    return row;
  };
  eachClaimedStretch(input, ({ stretch, used, reservedUnused, waitedFor, ...claims }) => {
    const duration = stretch.until - stretch.from;
    const addTo =
      (figure: keyof ClaimedWork) =>
      (taskId: TaskId, given: number): void => {
        rowOf(taskId)[figure] += given * duration;
      };
    giveOut(claims.running, 0, used, addTo('used'));
    if (stretch.load > used) giveOut(claims.running, used, stretch.load - used, addTo('overcommitted'));
    if (reservedUnused > 0) giveOut(claims.reserved(), 0, reservedUnused, addTo('reserved-unused'));
    if (waitedFor > 0) giveOut(claims.waiting(), 0, waitedFor, addTo('idle-while-waited'));
  });
  return groups;
}

/** A stretch of the accounting with how it was split and who claims what. */
interface ClaimedStretch {
  readonly stretch: Readonly<PoolStretch>;
  readonly offered: number;
  readonly used: number;
  readonly reservedUnused: number;
  readonly waitedFor: number;
  readonly running: readonly Claim[];
  readonly allReserved: readonly Claim[];
  planned(): readonly Claim[];
  /** Also waits that lacked something else, less what their own tasks have. */
  wanting(): readonly Claim[];
  /** Waits less what their own tasks have, in use or held for them. */
  waiting(): readonly Claim[];
  /** Reservations less what their own tasks are using. */
  reserved(): readonly Claim[];
}

function eachClaimedStretch(input: PoolPartsInput, visit: (claimed: ClaimedStretch) => void): void {
  const uses = new ActiveClaims(claimsOf(input, ({ actual }) => (actual ? [actual] : [])));
  const reservations = new ActiveClaims(claimsOf(input, ({ reserved }) => reserved));
  const waits = new ActiveClaims(waitClaims(input, ({ isOtherwiseReady }) => isOtherwiseReady));
  const planned = new ActiveClaims(claimsOf(input, ({ planned }) => (planned ? [planned] : [])));
  const wanting = new ActiveClaims(waitClaims(input, () => true));
  const { only = null, asOf } = input;
  sweep({ ...input, cuts: [asOf, ...(only?.cuts ?? [])] }, (stretch) => {
    if (only?.isCounted(stretch.from) === false) return;
    const running = uses.at(stretch.from);
    const reserved = reservations.at(stretch.from);
    const waiting = waits.at(stretch.from);
    const offered = stretch.open - stretch.down;
    const used = Math.min(stretch.load, offered);
    const reservedUnused = Math.min(stretch.reservedUnused, offered - used);
    visit({
      stretch,
      offered,
      used,
      reservedUnused,
      waitedFor: Math.min(stretch.wantedReady, offered - used - reservedUnused),
      running,
      waiting: () => less(waiting, [...running, ...less(reserved, running)]),
      reserved: () => less(reserved, running),
      allReserved: reserved,
      planned: () => planned.at(stretch.from),
      wanting: () => less(wanting.at(stretch.from), [...running, ...less(reserved, running)]),
    });
  });
}

/** Gives units to the claims in their order: the first `skipped` units to nobody, the next `wanted` to the parts. */
function giveOut(
  claims: readonly Claim[],
  skipped: number,
  wanted: number,
  add: (taskId: TaskId, givenMilli: number) => void,
): void {
  let [toSkip, left] = [skipped, wanted];
  for (const { taskId, rateMilli } of claims) {
    if (left <= 0) return;
    const passed = Math.min(toSkip, rateMilli);
    const given = Math.min(left, rateMilli - passed);
    toSkip -= passed;
    left -= given;
    if (given > 0) add(taskId, given);
  }
  if (left > 0) throw new RangeError('more is accounted than is claimed');
}

/** Gathers what each task got, and joins neighbouring stretches of one height. */
class PartsUnderWay {
  readonly #ofTask = new Map<TaskId, { from: number; until: number; amount: number }>();
  readonly #stretches: { from: number; until: number; milli: number }[] = [];

  giveOut(
    { from, until }: Readonly<PoolStretch>,
    claims: readonly Claim[],
    skipped: number,
    wanted: number,
  ): void {
    giveOut(claims, skipped, wanted, (taskId, given) =>
      this.#add(taskId, from, until, given * (until - from)),
    );
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

/** A wait keeps its place in every window and however it is cut. */
function waitClaims({ waits }: PoolPartsInput, isClaimed: (wait: WaitingSpan) => boolean): Claim[] {
  return waits.filter(isClaimed).map(({ taskId, from, until, wantedMilli, since }) => ({
    taskId,
    from,
    until,
    rateMilli: wantedMilli,
    since,
  }));
}

/** Claims less what the same tasks claim otherwise, in their order. */
function less(claims: readonly Claim[], covering: readonly Claim[]): Claim[] {
  const left = new Map<TaskId, number>();
  for (const { taskId, rateMilli } of covering) left.set(taskId, (left.get(taskId) ?? 0) + rateMilli);
  return claims.map((claim) => {
    const covered = Math.min(left.get(claim.taskId) ?? 0, claim.rateMilli);
    left.set(claim.taskId, (left.get(claim.taskId) ?? 0) - covered);
    return { ...claim, rateMilli: claim.rateMilli - covered };
  });
}
