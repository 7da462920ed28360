/**
 * What a variant does, in plain sentences: who waits less or more, who starts later, who loses a place. Pure; the
 * figures say the rest. The weightiest comes first, and no more is said than a person reads.
 */
import type { PlanFigures, VariantResult } from '../../../shared/contract/whatif.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';

export type Verdict =
  | { readonly kind: 'displaced' | 'lost' | 'found'; readonly count: number }
  | { readonly kind: 'unfinished-more' | 'unfinished-fewer'; readonly count: number }
  | { readonly kind: 'waits-less' | 'waits-more'; readonly subsystem: SubsystemId; readonly seconds: number }
  | { readonly kind: 'earlier' | 'later'; readonly subsystem: SubsystemId; readonly count: number }
  | { readonly kind: 'nothing' };

const MINUTE = 60;
/** Of waits, and of tasks that start earlier or later, this many subsystems are named. */
const NAMED_MAX = 3;

/** In the order in which they are said. */
export function verdictsOf(
  today: PlanFigures,
  { figures, effect }: Pick<VariantResult, 'figures' | 'effect'>,
): Verdict[] {
  const verdicts: Verdict[] = [];
  const counted = (kind: 'displaced' | 'lost' | 'found', count: number) => {
    if (count > 0) verdicts.push({ kind, count });
  };
  counted('displaced', effect.displacedCount);
  counted('lost', effect.lost);
  verdicts.push(...waitVerdicts(today, figures), ...shiftVerdicts(effect));
  counted('found', effect.found);
  const more = figures.unfinished - today.unfinished;
  if (more !== 0)
    verdicts.push({ kind: more > 0 ? 'unfinished-more' : 'unfinished-fewer', count: Math.abs(more) });
  return verdicts.length === 0 ? [{ kind: 'nothing' }] : verdicts;
}

function waitVerdicts(today: PlanFigures, figures: PlanFigures): Verdict[] {
  return figures.waits
    .flatMap(({ subsystem, waitSecondsMedian: after }) => {
      const before = today.waits.find((row) => row.subsystem === subsystem)?.waitSecondsMedian ?? null;
      if (before === null || after === null || Math.abs(after - before) < MINUTE) return [];
      return [{ subsystem, change: after - before }];
    })
    .sort((left, right) => Math.abs(right.change) - Math.abs(left.change))
    .slice(0, NAMED_MAX)
    .map(({ subsystem, change }) => ({
      kind: change < 0 ? 'waits-less' : 'waits-more',
      subsystem,
      seconds: Math.abs(change),
    }));
}

function shiftVerdicts({ shiftsBySubsystem }: VariantResult['effect']): Verdict[] {
  const named = (kind: 'earlier' | 'later'): Verdict[] =>
    shiftsBySubsystem
      .filter((row) => row[kind] > 0)
      .sort((left, right) => right[kind] - left[kind])
      .slice(0, NAMED_MAX)
      .map((row) => ({ kind, subsystem: row.subsystem, count: row[kind] }));
  return [...named('later'), ...named('earlier')];
}
