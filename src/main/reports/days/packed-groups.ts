/** One day's groups as the ledger keeps them: as days are (`packed-days.ts`). Unpacking gives the same groups again. */
import type { SettledGroups, SettledGroupsRow } from '../../ledger/index.ts';
import type { PoolId } from '../../../shared/ids.ts';
import { instant } from '../../../shared/units.ts';
import type { GroupFigures, KeptGrouping } from './group-figures.ts';
import { cellSize } from './group-figures.ts';
import { aligned, bytesOf, isShort, secondsBytes } from './packed-days.ts';

interface PackedGroups {
  readonly groupIds: readonly string[];
  readonly cells: number;
  /** For each list of tasks: the group's place among `taskGroupIds`, the list, its tasks, its seconds. */
  readonly taskGroupIds: readonly string[];
  readonly lists: readonly number[];
}

const LIST_NUMBERS = 4;

/** @returns null where a wait is longer than can be kept: then the day is measured each time */
export function packGroups(by: KeptGrouping, figures: GroupFigures): SettledGroups | null {
  const { groupIds, cells, tasks } = figures;
  if (!tasks.every(({ seconds }) => isShort(seconds))) return null;
  const taskGroupIds = [...new Set(tasks.map(({ groupId }) => groupId))];
  const packed: PackedGroups = {
    groupIds,
    cells: cells.length / (cellSize(by) + 1),
    taskGroupIds,
    lists: tasks.flatMap(({ groupId, list, count, seconds }) => [
      taskGroupIds.indexOf(groupId),
      list,
      count,
      seconds.length,
    ]),
  };
  return {
    grouping: by,
    groups: JSON.stringify(packed),
    cells: bytesOf(cells),
    seconds: secondsBytes(tasks.map(({ seconds }) => seconds)),
  };
}

/** Unpacks days one after another; those with the same pools share the list of them. */
export function groupsUnpacker(by: KeptGrouping): (row: SettledGroupsRow) => GroupFigures {
  const pools = new Map<string, readonly PoolId[]>();
  const size = cellSize(by) + 1;
  return (row) => {
    const packed = JSON.parse(row.groups) as PackedGroups; // written by `packGroups`
    const poolIds = pools.get(row.poolIds) ?? (JSON.parse(row.poolIds) as PoolId[]); // written by `packDay`
    pools.set(row.poolIds, poolIds);
    const all = new Uint32Array(aligned(row.seconds));
    const { lists, taskGroupIds } = packed;
    let at = 0;
    return {
      days: [{ start: instant(row.from), end: instant(row.to) }],
      poolIds,
      groupIds: packed.groupIds,
      cells:
        row.cells.byteLength === packed.cells * size * 4
          ? new Uint32Array(aligned(row.cells))
          : new Float64Array(aligned(row.cells)),
      tasks: Array.from({ length: lists.length / LIST_NUMBERS }, (_, index) => {
        const [group = 0, list = 0, count = 0, length = 0] = lists.slice(
          index * LIST_NUMBERS,
          (index + 1) * LIST_NUMBERS,
        );
        at += length;
        return { groupId: taskGroupIds[group] ?? '', list, count, seconds: all.subarray(at - length, at) };
      }),
    };
  };
}
