/**
 * An independent judge of plans: it reads a snapshot and a plan as plain data and lists every rule of DESIGN section 3
 * that the plan breaks. It shares no code with the planner, keeps no clever structure, and looks at every instant at
 * which anything changes.
 */
import type { PlanPool, PlanTask, Snapshot } from '../../../src/main/allocator/index.ts';
import type { Plan } from '../../../src/shared/domain/plan.ts';
import type { Allocation } from '../../../src/shared/domain/task.ts';

interface Held {
  readonly task: PlanTask;
  readonly allocation: Allocation;
  readonly isCommitted: boolean;
  readonly mayBorrow: boolean;
}

/** Every violation as one line; empty for a plan that keeps all rules. */
export function violations(snapshot: Snapshot, plan: Plan, horizonEnd: number): string[] {
  const found: string[] = [];
  const held = heldBy(snapshot, plan, found);
  for (const row of held) found.push(...taskViolations(snapshot, plan, row, held, horizonEnd));
  for (const pool of snapshot.pools) found.push(...poolViolations(pool, plan, held));
  found.push(...reasonViolations(snapshot, plan));
  return found;
}

function heldBy(snapshot: Snapshot, plan: Plan, found: string[]): Held[] {
  const tasks = new Map(snapshot.tasks.map((task) => [task.id, task]));
  const held: Held[] = [];
  for (const allocation of plan.allocations) {
    const task = tasks.get(allocation.taskId);
    if (!task) {
      found.push(`${allocation.taskId}: planned but not in the snapshot`);
      continue;
    }
    const isCommitted = (task.state === 'confirmed' || task.state === 'running') && task.current !== null;
    const promised = Math.ceil((task.durationSeconds * 1000) / (task.elastic?.minimumShareMilli ?? 1000));
    const reclaims = task.needs.map((need) => poolOf(snapshot, need.poolId)?.reclaimSeconds ?? 0);
    const mayBorrow = task.preemptibility !== 'never' || reclaims.every((reclaim) => promised <= reclaim);
    held.push({ task, allocation, isCommitted, mayBorrow });
  }
  return held;
}

function poolOf(snapshot: Snapshot, id: string): PlanPool | undefined {
  return snapshot.pools.find((pool) => pool.id === id);
}

function capacityAt(pool: PlanPool, time: number): number {
  let value = pool.capacity[0]?.capacityMilli ?? 0;
  for (const step of pool.capacity) if (step.at <= time) value = step.capacityMilli;
  return value;
}

function isClosed(pool: PlanPool, time: number): boolean {
  let cause = pool.capacity[0]?.cause ?? 'open';
  for (const step of pool.capacity) if (step.at <= time) cause = step.cause;
  return cause === 'closed' && capacityAt(pool, time) === 0;
}

function startOf(allocation: Allocation | undefined): number {
  return allocation?.segments[0]?.start ?? NaN;
}

function endOf(allocation: Allocation | undefined): number {
  return allocation?.segments.at(-1)?.end ?? NaN;
}

function rateAt(row: Held, poolId: string, time: number): number {
  const index = row.task.needs.findIndex((need) => need.poolId === poolId);
  const segment = row.allocation.segments.find(({ start, end }) => start <= time && time < end);
  return index < 0 ? 0 : (segment?.ratesMilli[index] ?? 0);
}

function taskViolations(
  snapshot: Snapshot,
  plan: Plan,
  row: Held,
  held: readonly Held[],
  horizonEnd: number,
): string[] {
  const { task, allocation } = row;
  if (row.isCommitted) return committedViolations(plan, row);
  const found: string[] = [];
  const say = (text: string): number => found.push(`${task.id}: ${text}`);
  const start = startOf(allocation);
  if (start < Math.max(plan.now, task.earliestStart)) say('starts before its earliest start');
  if (start >= horizonEnd) say('starts beyond the horizon');
  if (task.fixedStart !== null && start !== task.fixedStart) say('does not keep its fixed start');
  for (const [place, id] of task.after.entries()) {
    const before = held.find((other) => other.task.id === id);
    const end = before ? endOf(before.allocation) : snapshot.ended.find((other) => other.taskId === id)?.at;
    const delay = task.delays?.[place] ?? 0;
    if (end === undefined || end + delay > start)
      say(`starts before ${id} has ended, and ${delay} s after it`);
  }
  const isKept = task.state === 'tentative' && startOf(task.current ?? undefined) === start;
  if (task.fixedStart === null && !isKept && !isOnGrid(snapshot, task, start)) say('starts off the grid');
  found.push(...workViolations(snapshot, row));
  return found;
}

function isOnGrid(snapshot: Snapshot, task: PlanTask, start: number): boolean {
  let coarsest: PlanPool | undefined;
  for (const need of task.needs) {
    const pool = poolOf(snapshot, need.poolId);
    if (pool && (!coarsest || pool.gridSeconds > coarsest.gridSeconds)) coarsest = pool;
  }
  return !coarsest || (start - coarsest.gridOffset) % coarsest.gridSeconds === 0;
}

function committedViolations(plan: Plan, { task, allocation }: Held): string[] {
  const before = task.current;
  const isOverrun = task.state === 'running' && endOf(before ?? undefined) <= plan.now;
  const same = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);
  if (!isOverrun)
    return same(before?.segments, allocation.segments) ? [] : [`${task.id}: committed work was moved`];
  const assumed = plan.now + Math.max(300, Math.ceil(task.durationSeconds / 10));
  return endOf(allocation) === assumed ? [] : [`${task.id}: an overrun is not assumed to end at ${assumed}`];
}

function workViolations(snapshot: Snapshot, { task, allocation }: Held): string[] {
  const found: string[] = [];
  const { segments } = allocation;
  const open = segments.reduce((total, { start, end }) => total + end - start, 0);
  if (!task.elastic && open !== task.durationSeconds)
    found.push(`${task.id}: runs ${open} s of its ${task.durationSeconds} s`);
  for (const [index, need] of task.needs.entries()) {
    const isDivisible = poolOf(snapshot, need.poolId)?.kind === 'divisible';
    const done = segments.reduce(
      (total, row) => total + (row.ratesMilli[index] ?? 0) * (row.end - row.start),
      0,
    );
    if (isDivisible && done < need.rateMilli * task.durationSeconds)
      found.push(`${task.id}: its work is not all done`);
    const least = isDivisible
      ? Math.ceil((need.rateMilli * (task.elastic?.minimumShareMilli ?? 1000)) / 1000)
      : need.rateMilli;
    for (const row of segments) {
      const rate = row.ratesMilli[index] ?? 0;
      if (rate < least || rate > need.rateMilli) found.push(`${task.id}: holds ${rate} of ${need.poolId}`);
    }
  }
  for (let index = 1; index < segments.length; index++) {
    const [gapStart, gapEnd] = [segments[index - 1]?.end ?? 0, segments[index]?.start ?? 0];
    if (gapStart > gapEnd) found.push(`${task.id}: segments overlap`);
    const pools = task.needs.flatMap((need) => poolOf(snapshot, need.poolId) ?? []);
    const instants = [gapStart, ...pools.flatMap((pool) => pool.capacity.map((step): number => step.at))];
    const inGap = instants.filter((time) => time >= gapStart && time < gapEnd);
    const pauses = inGap.every((time) => pools.some((pool) => isClosed(pool, time)));
    if (gapStart < gapEnd && !(task.maySpanClosures && pauses)) found.push(`${task.id}: pauses in open time`);
  }
  return found;
}

function poolViolations(pool: PlanPool, plan: Plan, held: readonly Held[]): string[] {
  const users = held.filter((row) => row.task.needs.some((need) => need.poolId === pool.id));
  const instants = new Set<number>([
    plan.now,
    ...pool.capacity.map((step) => step.at),
    ...pool.absences.map((row) => row.from),
  ]);
  for (const row of users) for (const { start, end } of row.allocation.segments) instants.add(start).add(end);
  return [...instants]
    .filter((time) => time >= plan.now)
    .flatMap((time) => [
      ...capacityViolations(pool, plan, users, time),
      ...shareViolations(pool, users, time),
      ...unitViolations(pool, plan, users, time),
    ]);
}

function excessAt(pool: PlanPool, plan: Plan, time: number): number {
  return plan.displacements
    .filter((row) => row.poolId === pool.id && row.from <= time && time < row.until)
    .reduce((total, row) => total + row.excessMilli, 0);
}

function capacityViolations(pool: PlanPool, plan: Plan, users: readonly Held[], time: number): string[] {
  const load = users.reduce((total, row) => total + rateAt(row, pool.id, time), 0);
  const capacity = capacityAt(pool, time);
  if (load <= capacity) return [];
  const found: string[] = [];
  const tentative = users.filter((row) => !row.isCommitted && rateAt(row, pool.id, time) > 0);
  for (const row of tentative) found.push(`${row.task.id}: planned over capacity of ${pool.id} at ${time}`);
  if (load - capacity > excessAt(pool, plan, time))
    found.push(`${pool.id}: ${load} of ${capacity} at ${time}, not displaced`);
  return found;
}

function shareViolations(pool: PlanPool, users: readonly Held[], time: number): string[] {
  const found: string[] = [];
  const loadOf = (subsystem: string): number =>
    users
      .filter((row) => row.task.subsystem === subsystem)
      .reduce((total, row) => total + rateAt(row, pool.id, time), 0);
  const capacity = capacityAt(pool, time);
  const guarantee = (milli: number): number => {
    if (capacity >= pool.nominalMilli) return milli;
    const scaled = Math.floor((milli * capacity) / pool.nominalMilli);
    return pool.kind === 'countable' ? Math.floor(scaled / 1000) * 1000 : scaled;
  };
  const firm = users
    .filter((row) => !row.mayBorrow)
    .reduce((total, row) => total + rateAt(row, pool.id, time), 0);
  for (const row of users) {
    if (row.isCommitted || rateAt(row, pool.id, time) === 0) continue;
    const limit = pool.shares.find((share) => share.subsystem === row.task.subsystem)?.limitMilli ?? Infinity;
    if (loadOf(row.task.subsystem) > limit)
      found.push(`${row.task.id}: over its limit on ${pool.id} at ${time}`);
    const heldBack = pool.shares
      .filter((share) => share.subsystem !== row.task.subsystem)
      .reduce(
        (total, share) => total + Math.max(0, guarantee(share.guaranteeMilli) - loadOf(share.subsystem)),
        0,
      );
    if (!row.mayBorrow && firm + heldBack > capacity)
      found.push(`${row.task.id}: on units held back in ${pool.id} at ${time}`);
  }
  return found;
}

function unitViolations(pool: PlanPool, plan: Plan, users: readonly Held[], time: number): string[] {
  if (pool.kind !== 'countable' || pool.units.length === 0) return [];
  const found: string[] = [];
  const holders = new Map<string, Held>();
  const isDisplaced = (row: Held): boolean =>
    plan.displacements.some(
      (other) => other.taskId === row.task.id && other.from <= time && time < other.until,
    );
  const byRank = [...users].sort((left, right) => Number(right.isCommitted) - Number(left.isCommitted));
  for (const row of byRank) {
    const rate = rateAt(row, pool.id, time);
    if (rate === 0) continue;
    const index = row.task.needs.findIndex((need) => need.poolId === pool.id);
    const units = row.allocation.units[index] ?? [];
    if (!row.isCommitted && units.length * 1000 !== rate)
      found.push(`${row.task.id}: ${units.length} units for ${rate}`);
    for (const unit of units) {
      const other = holders.get(unit);
      if (other && !isDisplaced(row) && !isDisplaced(other))
        found.push(`${row.task.id} and ${other.task.id} both hold ${unit}`);
      const isAbsent = pool.absences.some(
        (gone) => gone.unitId === unit && gone.from <= time && time < gone.until,
      );
      if (isAbsent && !(row.isCommitted && isDisplaced(row)))
        found.push(`${row.task.id}: ${unit} is absent at ${time}`);
      holders.set(unit, row);
    }
  }
  return found;
}

function reasonViolations(snapshot: Snapshot, plan: Plan): string[] {
  const found: string[] = [];
  for (const task of snapshot.tasks) {
    const allocation = plan.allocations.find((row) => row.taskId === task.id);
    const reason = plan.reasons.find((row) => row.taskId === task.id);
    const isCommitted = (task.state === 'confirmed' || task.state === 'running') && task.current !== null;
    if (!allocation) {
      if (!reason?.refusal) found.push(`${task.id}: neither planned nor refused`);
      continue;
    }
    if (reason?.refusal) found.push(`${task.id}: planned and refused`);
    if (isCommitted) continue;
    const wish = Math.max(plan.now, task.earliestStart);
    const start = startOf(allocation);
    if (start === wish) {
      if (reason) found.push(`${task.id}: a reason without a wait`);
      continue;
    }
    let covered = wish;
    for (const segment of reason?.segments ?? []) {
      if (segment.from !== covered || segment.until <= segment.from)
        found.push(`${task.id}: a gap in its reason at ${covered}`);
      if (segment.blockers.length > 5) found.push(`${task.id}: too many blockers`);
      covered = segment.until;
    }
    if (covered !== start) found.push(`${task.id}: its reason ends at ${covered}, it starts at ${start}`);
  }
  return found;
}
