/**
 * What the timeline says: a bar for those who hear it, the verdict on a move as one sentence, the window's name. Tables
 * by code, so that a rule without words fails to compile.
 */
import type { TimelineBar, TimelinePool, VerdictView } from '../../../shared/contract/timeline.ts';
import type { RescheduleRule } from '../../../shared/domain/reason.ts';
import { triage } from '../../format/triage.svelte.ts';
import { m } from '../../../shared/messages/index.ts';
import type { Instant } from '../../../shared/units.ts';
import { blockerList, blockerPart, timePart } from '../../format/reason.ts';
import { format } from '../../format/format.svelte.ts';
import type { Sentence } from '../../format/sentence.ts';
import { listed, plain, weave } from '../../format/sentence.ts';
import { stateWord, subsystemInSentence } from '../../format/task-words.ts';
import { locale, text } from '../../locale.svelte.ts';
import type { Level, TimeWindow } from './time-window.ts';

type Fitting = Extract<VerdictView, { readonly fits: true }>;
type Obstacle = Extract<VerdictView, { readonly fits: false }>;

export const LEVEL_WORDS: Readonly<Record<Level, () => string>> = {
  hour: m.timeline_level_hour,
  day: m.timeline_level_day,
  week: m.timeline_level_week,
  month: m.timeline_level_month,
};

/** `Wednesday 18 November 2026`, `16–22 Nov 2026`, `November 2026`. */
export function windowName(window: TimeWindow, level: Level): string {
  const middle = (window.from + window.until) / 2;
  if (level === 'month') return format.longMonth(middle);
  const isOneDay = format.isoDate(window.from) === format.isoDate(window.until - 1);
  return isOneDay ? format.longDate(window.from) : format.dateRange(window.from, window.until);
}

/** `10:05–10:35`, `about 10:40–11:10`. */
export function barTimes(bar: Pick<TimelineBar, 'start' | 'end' | 'state'>, now: Instant): string {
  const times = format.span(bar.start, bar.end, now);
  return bar.state === 'tentative' ? m.common_about_time({ time: times }) : times;
}

/** The state, and what is wrong with it. */
export function barState(bar: TimelineBar): string {
  if (bar.isDisplaced) return m.timeline_state_displaced({ state: stateWord(bar.state) });
  return bar.isEndAssumed ? m.timeline_state_overrun({ state: stateWord(bar.state) }) : stateWord(bar.state);
}

/** All that the drawing says of a bar, as one sentence. */
export function barSentence(bar: TimelineBar, now: Instant): string {
  return m.timeline_bar_label({
    kind: text(bar.workKind),
    state: barState(bar),
    times: barTimes(bar, now),
    subsystem: subsystemInSentence(bar.subsystem),
    level: bar.urgency,
    name: triage.nameOf(bar.urgency),
  });
}

/** What the planner says to a move. */
export function verdictSentence(verdict: VerdictView, now: Instant): Sentence {
  return verdict.fits ? fittingSentence(verdict, now) : obstacleSentence(verdict, now);
}

function fittingSentence(verdict: Fitting, now: Instant): Sentence {
  const times = format.span(verdict.start, verdict.end, now);
  const first = weave((noun) =>
    verdict.unitNames.length === 0
      ? m.timeline_fits({ times: noun([{ kind: 'time', text: times, at: verdict.start }]) })
      : m.timeline_fits_units({
          units: noun(
            listed(
              verdict.unitNames.map((name) => plain(text(name))),
              locale.current,
            ),
          ),
          times: noun([{ kind: 'time', text: times, at: verdict.start }]),
        }),
  );
  const rest = verdict.moveCount - verdict.moves.length;
  return [
    ...first,
    ...plain(m.timeline_gap()),
    ...(verdict.moves.length === 0 ? plain(m.timeline_nobody_moves()) : []),
    ...verdict.moves.flatMap((move) => [...moveSentence(move, now), ...plain(m.timeline_gap())]),
    ...(rest > 0 ? plain(m.timeline_more_move({ count: rest })) : []),
  ];
}

function moveSentence(move: Fitting['moves'][number], now: Instant): Sentence {
  const { from, to } = move;
  return weave((noun) => {
    const task = noun(blockerPart(move));
    if (to === null) return m.timeline_loses_place({ task });
    return from === null
      ? m.timeline_gains_place({ task, to: noun(timePart(to, now)) })
      : m.timeline_makes_way({ task, from: noun(timePart(from, now)), to: noun(timePart(to, now)) });
  });
}

function obstacleSentence(obstacle: Obstacle, now: Instant): Sentence {
  const { blockers, until } = obstacle;
  const where = obstacle.unitName ?? obstacle.poolName;
  return weave((noun) =>
    OBSTACLES[obstacle.rule]({
      where: noun(plain(where === null ? m.reason_some_pool() : text(where))),
      tasks: blockers.length === 0 ? null : noun(blockerList(blockers)),
      until: until === null ? null : noun(timePart(until, now)),
    }),
  );
}

interface ObstacleWords {
  readonly where: string;
  /** Null when nobody is behind it. */
  readonly tasks: string | null;
  readonly until: string | null;
}

const OBSTACLES: Readonly<Record<RescheduleRule, (words: ObstacleWords) => string>> = {
  capacity: ({ where, tasks }) =>
    tasks === null ? m.timeline_no_full({ where }) : m.timeline_no_taken({ where, tasks }),
  closed: ({ where }) => m.timeline_no_closed({ where }),
  outage: ({ where }) => m.timeline_no_outage({ where }),
  limit: ({ where }) => m.timeline_no_limit({ where }),
  guarantee: ({ where }) => m.timeline_no_guarantee({ where }),
  precedence: ({ tasks, until }) =>
    tasks === null || until === null
      ? m.timeline_no_before_unnamed()
      : m.timeline_no_before({ tasks, until }),
  delay: ({ tasks, until }) =>
    tasks === null || until === null ? m.timeline_no_before_unnamed() : m.timeline_no_delay({ tasks, until }),
  successor: ({ tasks }) => (tasks === null ? m.timeline_no_after_unnamed() : m.timeline_no_after({ tasks })),
  'earliest-start': ({ until }) => m.timeline_no_earliest({ until: until ?? '' }),
  'fixed-start': () => m.timeline_no_before_unnamed(),
  grid: ({ where }) => m.timeline_no_full({ where }),
  kept: ({ where }) => m.timeline_no_full({ where }),
  past: () => m.timeline_no_past(),
  'too-short': () => m.timeline_no_short(),
  horizon: () => m.timeline_no_horizon(),
};

/** What a pool's row says to those who hear it. */
export function poolSentence(pool: TimelinePool, loadMilli: number, capacityMilli: number): string {
  return m.timeline_pool_label({
    pool: text(pool.name),
    load: format.wholeUnits(loadMilli),
    capacity: format.wholeUnits(capacityMilli),
    unit: text(pool.unitName),
  });
}
