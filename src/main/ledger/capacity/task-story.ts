/**
 * What a task held after each of its entries, by the entries alone: so that of two that hold the same, it can be told
 * which came later and whether it was a promise, which has to fit, or a fact, which may break the world.
 */
import type { Allocation } from '../../../shared/domain/task.ts';
import type { Entry } from '../entry.ts';
import type { EntryPayloads } from '../entry-kinds/index.ts';

interface HeldPart {
  readonly start: number;
  readonly end: number;
  /** Of every pool. */
  readonly units: readonly string[];
}

interface Step {
  readonly seq: number;
  /** UTC seconds. */
  readonly recordedAt: number;
  readonly isPromise: boolean;
  readonly held: readonly HeldPart[];
  /** The first entry that this one takes back: the task stands again as before it. Null for what takes nothing back. */
  readonly reverses: number | null;
}

/** Which entry made a hold that has stood ever since. */
export interface Origin {
  readonly seq: number;
  /** UTC seconds. */
  readonly recordedAt: number;
  /** False for what happened: it need not fit. */
  readonly isPromise: boolean;
}

/** Nobody promised it: it came of what happened later. */
const HAPPENED: Origin = { seq: Number.MAX_SAFE_INTEGER, recordedAt: 0, isPromise: false };

/** Where a task stands while its entries are read. */
interface Standing {
  /** What earlier holds left behind. */
  behind: HeldPart[];
  /** Where it is, or is to be. */
  window: HeldPart[];
  isHeld: boolean;
}

export class TaskStory {
  readonly #steps: readonly Step[];

  /** @param entries  every entry about the task, oldest first */
  constructor(taskId: string, entries: readonly Entry[]) {
    const standing: Standing = { behind: [], window: [], isHeld: false };
    this.#steps = entries.map((entry) => {
      const recordedAt = Math.floor(entry.recorded.ms / 1000);
      const isPromise = apply(standing, entry, { taskId, recordedAt });
      const held = [...standing.behind, ...(standing.isHeld ? standing.window : [])];
      return { seq: entry.seq, recordedAt, isPromise, held, reverses: reversedBy(entry) };
    });
  }

  /** Since which entry the task has held something at `at`; a certain unit, where one is named. */
  originOf(at: number, unit: string | null): Origin {
    let origin: Origin = HAPPENED;
    let step = this.#steps.at(-1);
    while (step?.held.some((part) => holds(part, at, unit))) {
      origin = step;
      step = this.#before(step.reverses ?? step.seq);
    }
    return origin;
  }

  #before(seq: number): Step | undefined {
    return this.#steps.findLast((step) => step.seq < seq);
  }

  /** Where in (from, until) what it held began or ended, by any of its entries. */
  boundsWithin(from: number, until: number): number[] {
    const bounds = this.#steps.flatMap((step) => step.held.flatMap(({ start, end }) => [start, end]));
    return bounds.filter((at) => at > from && at < until);
  }
}

function holds(part: HeldPart, at: number, unit: string | null): boolean {
  return part.start <= at && at < part.end && (unit === null || part.units.includes(unit));
}

function partsOf({ segments, units }: Allocation): HeldPart[] {
  return segments.map(({ start, end }) => ({ start, end, units: units.flat() }));
}

const REVERSING: readonly string[] = ['task-reversed', 'task-rescheduled'];

function reversedBy({ kind, payload }: Entry): number | null {
  if (!REVERSING.includes(kind)) return null;
  return (JSON.parse(payload) as { reverses: number | null }).reverses; // checked when it was written
}

function cut(parts: readonly HeldPart[], at: number): HeldPart[] {
  return parts
    .map((part) => ({ ...part, end: Math.min(part.end, at) }))
    .filter((part) => part.start < part.end);
}

/** Gives up what it holds from `at` on. */
function leave(standing: Standing, at: number): void {
  if (standing.isHeld) standing.behind.push(...cut(standing.window, at));
  standing.window = [];
  standing.isHeld = false;
}

function take(standing: Standing, allocation: Allocation, isHeld = true): void {
  standing.window = partsOf(allocation);
  standing.isHeld = isHeld;
}

/** @returns whether what it now holds is promised by the entry */
function apply(
  standing: Standing,
  entry: Entry,
  { taskId, recordedAt }: { readonly taskId: string; readonly recordedAt: number },
): boolean {
  const payload: unknown = JSON.parse(entry.payload);
  // Checked when they were written; a kind that is not here says nothing of what a task holds.
  switch (entry.kind) {
    case 'plan-adopted':
      return planned(standing, payload as EntryPayloads['plan-adopted'], taskId);
    case 'task-moved':
      return moved(standing, payload as EntryPayloads['task-moved'], recordedAt);
    case 'task-amended':
      return amended(standing, payload as EntryPayloads['task-amended'], recordedAt);
    case 'task-rescheduled': {
      const { after } = payload as EntryPayloads['task-rescheduled'];
      take(standing, after.allocation, after.state !== 'tentative');
      return after.state === 'confirmed';
    }
    case 'allocation-repaired': {
      const repair = payload as EntryPayloads['allocation-repaired'];
      standing.window = [...cut(standing.window, repair.at), ...partsOf(repair.after)];
      return true;
    }
    case 'task-reversed':
      return reversed(standing, payload as EntryPayloads['task-reversed']);
    default:
      return false;
  }
}

function planned(standing: Standing, plan: EntryPayloads['plan-adopted'], taskId: string): boolean {
  const change = plan.changes.find((row) => row.taskId === taskId);
  if (change?.allocation) take(standing, change.allocation, false);
  else if (change) standing.window = [];
  return false;
}

/** What ends ends at its true time, and is given back when it is recorded at the latest. */
function moved(standing: Standing, move: EntryPayloads['task-moved'], recordedAt: number): boolean {
  const { action, allocation, at } = move;
  if (allocation !== null) take(standing, allocation, standing.isHeld);
  switch (action) {
    case 'confirm':
      standing.isHeld = true;
      return true;
    case 'start':
      standing.isHeld = true;
      return false;
    case 'finish':
      standing.window = cut(standing.window, Math.min(at, recordedAt));
      return false;
    default:
      leave(standing, Math.min(at, recordedAt));
      return false;
  }
}

function amended(
  standing: Standing,
  { task, allocation }: EntryPayloads['task-amended'],
  at: number,
): boolean {
  if (allocation !== undefined) {
    if (task.state !== 'running') leave(standing, at);
    take(standing, allocation);
    return task.state !== 'running';
  }
  if (task.state === 'waiting') leave(standing, at);
  return false;
}

/** Taken back to how it stood: what it then holds is promised anew, unless it was running. */
function reversed(standing: Standing, { stand }: EntryPayloads['task-reversed']): boolean {
  const rows = stand?.bookings ?? [];
  standing.window = rows.flatMap((row) => {
    const start = row.plannedStart ?? row.actualStart;
    const end = row.actualEnd ?? row.plannedEnd;
    if (start === null || end === null) return [];
    return [{ start, end, units: JSON.parse(row.unitIds) as string[] }]; // checked when it was written
  });
  standing.isHeld = rows.some((row) => row.isReserved === 1 || row.actualStart !== null);
  return stand?.task.state === 'confirmed';
}
