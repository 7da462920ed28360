/** What the What-if screen says, as plain text in the window's language. Tables by code. */
import { m } from '../../../shared/messages/index.ts';
import type { Pool } from '../../../shared/domain/pool.ts';
import { format } from '../../format/format.svelte.ts';
import { subsystemInSentence } from '../../format/task-words.ts';
import { text } from '../../locale.svelte.ts';
import { POLICY_NAME, SUBSYSTEM_SHORT } from '../../ui/subsystem-words.ts';
import type { Change, ChangeKind, ChangeProblem, DayChoice } from './changes.ts';
import { changeProblem } from './changes.ts';
import type { Verdict } from './verdict.ts';
import type { WindowChoice } from './whatif.svelte.ts';

const MILLI = 1000;

export const KIND_WORDS: Readonly<Record<ChangeKind, () => string>> = {
  units: m.whatif_kind_units,
  outage: m.whatif_kind_outage,
  hours: m.whatif_kind_hours,
  shares: m.whatif_kind_shares,
  policy: m.whatif_kind_policy,
  weight: m.whatif_kind_weight,
};

export const DAY_WORDS: Readonly<Record<DayChoice, () => string>> = {
  'every-day': m.whatif_days_every_day,
  weekdays: m.whatif_days_weekdays,
  saturday: m.whatif_days_saturday,
  sunday: m.whatif_days_sunday,
};

export const WINDOW_WORDS: Readonly<Record<WindowChoice, () => string>> = {
  day: m.whatif_window_day,
  days3: m.whatif_window_days3,
  week: m.whatif_window_week,
};

const PROBLEMS: Readonly<Record<ChangeProblem, () => string>> = {
  'pool-missing': m.whatif_problem_pool_missing,
  'units-missing': m.whatif_problem_units_missing,
  'nothing-left': m.whatif_problem_nothing_left,
  'outage-times-missing': m.whatif_problem_outage_times_missing,
  'outage-ends-before-start': m.whatif_problem_outage_ends_before_start,
  'hours-unreadable': m.whatif_problem_hours_unreadable,
  'guarantee-unreadable': m.whatif_problem_share_unreadable,
  'limit-unreadable': m.whatif_problem_share_unreadable,
  'share-not-whole': m.whatif_problem_share_not_whole,
  'guarantee-exceeds-limit': m.whatif_problem_guarantee_exceeds_limit,
};

export function problemWords(problem: ChangeProblem | null): string | null {
  return problem && PROBLEMS[problem]();
}

/** `A`, `B`, `C`. */
export function letterOf(index: number): string {
  return String.fromCharCode(65 + index);
}

/** `Exam rooms: 1 room more`. */
export function changeWords(change: Change, pools: readonly Pool[], now: number): string {
  const subsystem = SUBSYSTEM_SHORT[change.subsystem]();
  if (change.kind === 'policy') {
    return m.whatif_change_policy({ subsystem, policy: POLICY_NAME[change.policy]() });
  }
  if (change.kind === 'weight') {
    return m.whatif_change_weight({ subsystem, weight: format.count(change.weight) });
  }
  const pool = pools.find(({ id }) => id === change.poolId);
  if (!pool || changeProblem(change, pools) !== null) {
    return `${pool ? text(pool.name) : KIND_WORDS[change.kind]()}: ${m.whatif_change_incomplete()}`;
  }
  return poolChangeWords(change, pool, now);
}

function poolChangeWords(change: Change, pool: Pool, now: number): string {
  const name = text(pool.name);
  const amount = (figure: number) => format.unitCount(Math.abs(figure) * MILLI, text(pool.unitName));
  switch (change.kind) {
    case 'units': {
      const by = change.by ?? 0;
      const words = { pool: name, amount: amount(by) };
      return by > 0 ? m.whatif_change_units_more(words) : m.whatif_change_units_fewer(words);
    }
    case 'outage': {
      const unit = pool.units.find(({ id }) => id === change.outageUnit);
      return m.whatif_change_outage({
        what: unit ? text(unit.name) : name,
        start: format.moment(change.start ?? now, now),
        end: format.moment(change.end ?? now, now),
      });
    }
    case 'hours': {
      const days = DAY_WORDS[change.days]();
      return change.hours.trim() === ''
        ? m.whatif_change_hours_closed({ pool: name, days })
        : m.whatif_change_hours({ pool: name, days, hours: change.hours });
    }
    default: {
      const subsystem = SUBSYSTEM_SHORT[change.subsystem]();
      const guarantee = amount(change.guarantee ?? 0);
      return change.limit === null
        ? m.whatif_change_share({ pool: name, subsystem, guarantee })
        : m.whatif_change_share_limit({ pool: name, subsystem, guarantee, limit: amount(change.limit) });
    }
  }
}

/** One plain sentence. @param until  the end of the window that is compared */
export function verdictWords(verdict: Verdict, until: number, now: number): string {
  switch (verdict.kind) {
    case 'nothing':
      return m.whatif_says_nothing();
    case 'displaced':
      return m.whatif_says_displaced({ count: verdict.count });
    case 'lost':
      return m.whatif_says_lost({ count: verdict.count });
    case 'found':
      return m.whatif_says_found({ count: verdict.count });
    case 'waits-less':
    case 'waits-more': {
      const words = {
        subsystem: SUBSYSTEM_SHORT[verdict.subsystem](),
        time: format.duration(verdict.seconds),
      };
      return verdict.kind === 'waits-less'
        ? m.whatif_says_waits_less(words)
        : m.whatif_says_waits_more(words);
    }
    case 'later':
    case 'earlier': {
      const words = { count: verdict.count, subsystem: subsystemInSentence(verdict.subsystem) };
      return verdict.kind === 'later' ? m.whatif_says_later(words) : m.whatif_says_earlier(words);
    }
    default: {
      const words = { count: verdict.count, time: format.moment(until, now) };
      return verdict.kind === 'unfinished-more'
        ? m.whatif_says_unfinished_more(words)
        : m.whatif_says_unfinished_fewer(words);
    }
  }
}

/** `18 min later`, `no time`. */
export function shiftWords(from: number | null, to: number | null): string {
  if (to === null || from === null) return to === null ? m.whatif_who_no_time() : '';
  const time = format.duration(Math.abs(to - from));
  return to > from ? m.whatif_shift_later({ time }) : m.whatif_shift_earlier({ time });
}
