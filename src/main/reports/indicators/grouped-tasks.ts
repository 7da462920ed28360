/**
 * Waits and ends by group: tasks that started in the period by when or as what they did, and tasks that finished. The
 * groups' counts add up to those of the tables of waits and of outcomes.
 */
import type { GroupedTaskRow } from '../../../shared/domain/report-grouping.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import type { Seconds } from '../../../shared/units.ts';
import { seconds } from '../../../shared/units.ts';
import type { SecondsList } from '../days/day-figures.ts';
import type { GroupedSeconds } from '../days/group-figures.ts';
import { listMeaning } from '../days/group-figures.ts';
import { MEDIAN, P90, percentiles } from './percentile.ts';
import { countUpTo, secondsOrNull } from './waits.ts';

interface GroupUnderWay {
  started: number;
  readonly waits: SecondsList[];
  withinTarget: number;
  finished: number;
  readonly turnarounds: SecondsList[];
}

/**
 * @param targets  target wait per class, class 1 first; a class beyond the list has the last one's
 * @returns one row per group with a start or an end, in no order
 */
export function groupedTaskRows(
  lists: Iterable<GroupedSeconds>,
  targets: readonly Seconds[],
  isChosen: (subsystem: SubsystemId) => boolean,
): GroupedTaskRow[] {
  const groups = new Map<string, GroupUnderWay>();
  for (const { groupId, list, count, seconds: values } of lists) {
    const meaning = listMeaning(list);
    if (count === 0 || !isChosen(typeof meaning === 'string' ? meaning : meaning.subsystem)) continue;
    const row = groups.get(groupId) ?? {
      started: 0,
      waits: [],
      withinTarget: 0,
      finished: 0,
      turnarounds: [],
    };
    groups.set(groupId, row);
    if (typeof meaning === 'string') {
      row.finished += count;
      row.turnarounds.push(values);
    } else {
      row.started += count;
      row.waits.push(values);
      row.withinTarget += countUpTo(
        { sorted: [], others: [values] },
        targets[meaning.urgency - 1] ?? targets.at(-1) ?? seconds(0),
      );
    }
  }
  return [...groups].map(([groupId, row]) => rowFrom(groupId, row));
}

function rowFrom(
  groupId: string,
  { started, waits, withinTarget, finished, turnarounds }: GroupUnderWay,
): GroupedTaskRow {
  const [waitMedian = null, waitP90 = null] = percentiles({ sorted: [], others: waits }, [MEDIAN, P90]);
  const [wholeMedian = null, wholeP90 = null] = percentiles({ sorted: [], others: turnarounds }, [
    MEDIAN,
    P90,
  ]);
  return {
    groupId,
    started,
    waitSecondsMedian: secondsOrNull(waitMedian),
    waitSecondsP90: secondsOrNull(waitP90),
    withinTarget: { numerator: withinTarget, denominator: started },
    finished,
    turnarounds: turnarounds.reduce((sum, { length }) => sum + length, 0),
    turnaroundSecondsMedian: secondsOrNull(wholeMedian),
    turnaroundSecondsP90: secondsOrNull(wholeP90),
  };
}
