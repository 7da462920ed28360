/**
 * Who holds a pool, by end: answers "which tasks stand in the way here" for reasons. Sorted by end, then task id,
 * then start, so that the answer never depends on the order of booking.
 */
import type { SubsystemId } from '../../shared/domain/subsystem.ts';
import type { TaskId } from '../../shared/ids.ts';
import { compareIds } from '../../shared/ids.ts';

interface Holder {
  readonly taskId: TaskId;
  readonly from: number;
  readonly until: number;
  readonly subsystem: SubsystemId;
}

function compareHolders(left: Holder, right: Holder): number {
  return left.until - right.until || compareIds(left.taskId, right.taskId) || left.from - right.from;
}

export class HolderList {
  readonly #holders: Holder[] = [];
  #longest = 0;

  insert(holder: Holder): void {
    this.#longest = Math.max(this.#longest, holder.until - holder.from);
    this.#holders.splice(this.#position(holder), 0, holder);
  }

  /** @throws RangeError when it is not held (a fault of the caller) */
  remove(holder: Holder): void {
    const index = this.#position(holder);
    const found = this.#holders[index];
    if (!found || compareHolders(found, holder) !== 0) throw new RangeError('not held');
    this.#holders.splice(index, 1);
  }

  /**
   * Up to `count` tasks that hold something in [from, until), by end, then id, each once.
   * @param subsystem  only this subsystem's tasks; null for everybody's
   */
  overlapping(from: number, until: number, count: number, subsystem: SubsystemId | null): TaskId[] {
    const found: TaskId[] = [];
    for (
      let index = this.#firstEndingAfter(from);
      index < this.#holders.length && found.length < count;
      index++
    ) {
      const holder = this.#holders[index];
      if (!holder || holder.until >= until + this.#longest) break;
      if (subsystem !== null && holder.subsystem !== subsystem) continue;
      if (holder.from < until && !found.includes(holder.taskId)) found.push(holder.taskId);
    }
    return found;
  }

  #firstEndingAfter(time: number): number {
    let low = 0;
    let high = this.#holders.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#holders[middle]?.until ?? Infinity) <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Where the holder stands or would stand. */
  #position(holder: Holder): number {
    let low = 0;
    let high = this.#holders.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#holders[middle];
      if (other && compareHolders(other, holder) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
