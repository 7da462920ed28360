/** What saving a pool would do to the plan, in sentences: how many tasks move, who loses a place, who is first. */
import type { LongerWait, NewlyDisplaced, PlanEffect, TaskShift } from '../../../shared/contract/whatif.ts';
import { m } from '../../../shared/messages/index.ts';
import type { Instant } from '../../../shared/units.ts';
import { format } from '../../format/format.svelte.ts';
import { reasonSentence } from '../../format/reason.ts';
import type { Sentence } from '../../format/sentence.ts';
import { twoIdentifiers } from '../../format/task-words.ts';
import { text } from '../../locale.svelte.ts';

/** Displaced tasks are listed by name beneath; here the others. */
export function effectSentences(effect: PlanEffect): string[] {
  const { later, earlier, lost, found, displacedCount } = effect;
  if (later + earlier + lost + found + displacedCount === 0) return [m.pools_effect_none()];
  return [
    ...(lost > 0 ? [m.pools_effect_lost({ count: lost })] : []),
    ...(later > 0 ? [m.pools_effect_later({ count: later })] : []),
    ...(earlier > 0 ? [m.pools_effect_earlier({ count: earlier })] : []),
    ...(found > 0 ? [m.pools_effect_found({ count: found })] : []),
  ];
}

/** `Carotid ultrasound · Jing Chen 1968-04-02`. */
export function namedTask({ workKind, patient }: Pick<TaskShift, 'workKind' | 'patient'>): string {
  const who = patient ? [twoIdentifiers(patient)] : [];
  return [text(workKind), ...who].join(' · ');
}

/** `10:40 · could begin 11:20`, `10:40 · running now`. */
export function displacedTimes(row: NewlyDisplaced, now: number): string {
  const repair = row.isRunning
    ? m.pools_effect_running()
    : row.repairStart === null
      ? m.pools_effect_no_repair()
      : m.pools_effect_repair({ time: format.moment(row.repairStart, now) });
  return `${format.moment(row.from, now)} · ${repair}`;
}

export function firstWords(shift: TaskShift, now: number): string {
  return m.pools_effect_first({ task: namedTask(shift), times: shiftTimes(shift, now) });
}

/** `10:40 → 11:20`. */
export function shiftTimes({ from, to }: Pick<TaskShift, 'from' | 'to'>, now: number): string {
  const timeOf = (at: number | null) => (at === null ? m.pools_effect_no_time() : format.moment(at, now));
  return `${timeOf(from)} → ${timeOf(to)}`;
}

/** Why it would wait; null where the plan gives no reason. */
export function waitSentence({ reason, subsystem }: LongerWait, now: Instant): Sentence | null {
  return reason && reasonSentence(reason, { subsystem, now });
}
