/**
 * Why a task waits, as one plain sentence with linked nouns. The planner's reason covers the whole wait stretch by
 * stretch; a person wants the one or two things that decide it. So stretches that are over are dropped, the planning
 * grid and kept starts are named only when nothing else is, and at most two stretches are said: the last one before
 * the start, and before it the closure that is under way, or a longer one. Every rule and refusal code has its words; a new one fails to compile.
 */
import type { ReasonView, TaskRow } from '../../shared/contract/tasks.ts';
import type { PlanRefusalCode, ReasonRule } from '../../shared/domain/reason.ts';
import type { SubsystemId } from '../../shared/domain/subsystem.ts';
import type { Instant } from '../../shared/units.ts';
import { m } from '../../shared/messages/index.ts';
import { locale, text } from '../locale.svelte.ts';
import { format } from './format.svelte.ts';
import type { Sentence } from './sentence.ts';
import { listed, plain, weave } from './sentence.ts';
import { subsystemInSentence } from './task-words.ts';

type ReasonStretch = ReasonView['segments'][number];
type Blocker = ReasonStretch['blockers'][number];
type Tie = ReasonStretch['ties'][number];
type Refusal = NonNullable<ReasonView['refusal']>;
type PoolNamed = Pick<ReasonStretch, 'poolId' | 'poolName'>;

/** Whose wait it is, and when it is asked: stretches that ended before `now` are not said. */
export interface ReasonSubject {
  readonly subsystem: SubsystemId;
  readonly now: Instant;
  /** Tasks are named by their patient alone, where there is little room. */
  readonly isShort?: boolean;
}

const HORIZON_DAYS = 90;
const BLOCKERS_NAMED_MAX = 3;
/** The planner names no more than this behind one stretch, so that there may be others. */
const BLOCKERS_KNOWN_MAX = 5;
/** Said only when nothing weightier holds a task up. */
const MINOR_RULES: readonly ReasonRule[] = ['grid', 'kept'];
/** A second stretch is worth saying from this share of the wait that is left. */
const SECOND_STRETCH_SHARE = 0.25;

/** What the reader of a waiting task is told; null once nothing is to be explained: confirmed, running, ended. */
export function whyWaiting(row: TaskRow, now: Instant): Sentence | null {
  if (row.state === 'held') return plain(m.reason_held());
  if (row.state !== 'waiting' && row.state !== 'tentative' && row.state !== 'confirmed') return null;
  const reason = row.reason;
  if (reason && (reason.refusal || reason.segments.length > 0)) {
    return reasonSentence(reason, { subsystem: row.subsystem, now });
  }
  if (row.state === 'confirmed') return null;
  const { start } = row;
  if (start === null) return plain(m.reason_not_planned());
  return weave((noun) => m.reason_starts_about({ start: noun(timePart(start, now)) }));
}

/**
 * The same in the room of a list's row, which says the start beside it: what decides it, without the time. Null where
 * nothing holds the task up, and the row has better to say.
 */
export function whyInRow(row: TaskRow, now: Instant): Sentence | null {
  if (row.state !== 'waiting' && row.state !== 'tentative') return null;
  const { reason } = row;
  const subject = { subsystem: row.subsystem, now, isShort: true };
  if (!reason) return null;
  if (reason.refusal) return refusalSentence(reason.refusal, subject);
  const [first, second] = decisiveStretches(reason.segments, now);
  if (!first) return null;
  if (isShutNow(first, now)) return shutSentence(first, second, subject);
  return weave((noun) => m.reason_row_waits({ clause: noun(clause(second ?? first, subject)) }));
}

function isShutNow(stretch: ReasonStretch, now: Instant): boolean {
  return stretch.isShut === true && stretch.from <= now;
}

/** A closed pool is in nobody's hands: first when it opens, then what comes after that, without the wait's own end. */
function shutSentence(
  first: ReasonStretch,
  second: ReasonStretch | undefined,
  subject: ReasonSubject,
): Sentence {
  return weave((noun) => {
    const [pool, turn] = [noun(poolPart(first)), noun(timePart(first.until, subject.now))];
    if (!second) return m.reason_shut({ pool, until: turn });
    return m.reason_row_shut_then({ pool, turn, second: noun(clause(second, subject)) });
  });
}

/** The planner's reason in one sentence. */
export function reasonSentence(reason: ReasonView, subject: ReasonSubject): Sentence {
  if (reason.refusal) return refusalSentence(reason.refusal, subject);
  const until = reason.segments.at(-1)?.until;
  if (until === undefined || until <= subject.now) return plain(m.reason_over());
  const [first, second] = decisiveStretches(reason.segments, subject.now);
  if (!first) return plain(m.reason_over());
  return weave((noun) => {
    const end = noun(timePart(until, subject.now));
    if (isShutNow(first, subject.now)) {
      const [pool, turn] = [noun(poolPart(first)), noun(timePart(first.until, subject.now))];
      if (!second) return m.reason_shut({ pool, until: turn });
      return m.reason_shut_then({ pool, turn, until: end, second: noun(clause(second, subject)) });
    }
    if (!second) return m.reason_waits({ until: end, clause: noun(clause(first, subject)) });
    return m.reason_waits_twice({
      until: end,
      turn: noun(timePart(first.until, subject.now)),
      first: noun(clause(first, subject)),
      second: noun(clause(second, subject)),
    });
  });
}

/** One stretch, or two in the order of time. */
function decisiveStretches(segments: readonly ReasonStretch[], now: Instant): ReasonStretch[] {
  const ahead = joinedStretches(segments.filter((segment) => segment.until > now));
  const weighty = ahead.filter((stretch) => !MINOR_RULES.includes(stretch.rule));
  const candidates = weighty.length > 0 ? weighty : ahead;
  const last = candidates.at(-1);
  if (!last) return [];
  const lengthOf = (stretch: ReasonStretch) => stretch.until - Math.max(stretch.from, now);
  const longest = candidates
    .slice(0, -1)
    .reduce<ReasonStretch | null>(
      (best, each) => (best && lengthOf(best) >= lengthOf(each) ? best : each),
      null,
    );
  const [present] = candidates;
  if (present && present !== last && isShutNow(present, now)) return [present, last];
  const isWorthSaying =
    weighty.length > 0 && longest && lengthOf(longest) >= SECOND_STRETCH_SHARE * (last.until - now);
  return isWorthSaying ? [longest, last] : [last];
}

/** Neighbouring stretches of one rule in one pool are one stretch; its blockers keep their order, each once. */
function joinedStretches(segments: readonly ReasonStretch[]): ReasonStretch[] {
  const joined: ReasonStretch[] = [];
  for (const segment of segments) {
    const last = joined.at(-1);
    if (last?.rule === segment.rule && last.poolId === segment.poolId) {
      joined[joined.length - 1] = {
        ...last,
        until: segment.until,
        ...(segment.delaySeconds !== undefined && { delaySeconds: segment.delaySeconds }),
        blockers: eachOnce([...last.blockers, ...segment.blockers]),
        ties: joinedTies([...last.ties, ...segment.ties]),
      };
    } else joined.push(segment);
  }
  return joined;
}

function joinedTies(ties: readonly Tie[]): Tie[] {
  return [...Map.groupBy(ties, (tie) => tie.poolId).values()].flatMap((same) => {
    const [first] = same;
    return first ? [{ ...first, blockers: eachOnce(same.flatMap((tie) => tie.blockers)) }] : [];
  });
}

function eachOnce(blockers: readonly Blocker[]): Blocker[] {
  return [...new Map(blockers.map((blocker) => [blocker.taskId, blocker])).values()];
}

/** One tied pool is said too; more would be no plain sentence. */
function clause(stretch: ReasonStretch, subject: ReasonSubject): Sentence {
  const first = heldUp(stretch.rule, stretch, subject);
  const [tie] = stretch.ties;
  if (!tie) return first;
  return weave((noun) =>
    m.reason_and({ first: noun(first), second: noun(heldUp('capacity', tie, subject)) }),
  );
}

function heldUp(
  rule: ReasonRule,
  by: PoolNamed & Pick<ReasonStretch, 'blockers' | 'delaySeconds'>,
  subject: ReasonSubject,
): Sentence {
  const { blockers } = by;
  return weave((noun) => {
    const pool = noun(poolPart(by));
    const tasks = blockers.length > 0 ? noun(blockerList(blockers, subject.isShort)) : null;
    const delay = by.delaySeconds === undefined ? null : format.duration(by.delaySeconds);
    return CLAUSES[rule]({ pool, tasks, delay, subsystem: subsystemInSentence(subject.subsystem) });
  });
}

interface ClauseWords {
  readonly pool: string;
  /** Null when the planner named none. */
  readonly tasks: string | null;
  /** What is to pass after the named task; null with other rules. */
  readonly delay: string | null;
  readonly subsystem: string;
}

const CLAUSES: Readonly<Record<ReasonRule, (words: ClauseWords) => string>> = {
  capacity: ({ pool, tasks }) =>
    tasks === null ? m.reason_capacity_unnamed({ pool }) : m.reason_capacity({ pool, tasks }),
  closed: ({ pool }) => m.reason_closed({ pool }),
  outage: ({ pool }) => m.reason_outage({ pool }),
  limit: ({ pool, tasks, subsystem }) =>
    tasks === null ? m.reason_limit_unnamed({ pool, subsystem }) : m.reason_limit({ pool, tasks, subsystem }),
  guarantee: ({ pool, tasks }) =>
    tasks === null ? m.reason_guarantee_unnamed({ pool }) : m.reason_guarantee({ pool, tasks }),
  precedence: ({ tasks }) =>
    tasks === null ? m.reason_precedence_unnamed() : m.reason_precedence({ tasks }),
  delay: ({ tasks, delay }) =>
    tasks === null || delay === null ? m.reason_delay_unnamed() : m.reason_delay({ tasks, delay }),
  'fixed-start': () => m.reason_fixed_start(),
  grid: () => m.reason_grid(),
  kept: () => m.reason_kept(),
};

/** Why there is no start at all. */
function refusalSentence(refusal: Refusal, subject: ReasonSubject): Sentence {
  const { blockers } = refusal;
  const why = weave((noun) =>
    REFUSALS[refusal.code]({
      pool: noun(poolPart(refusal)),
      isPoolNamed: refusal.poolName !== null,
      tasks: blockers.length > 0 ? noun(blockerList(blockers, subject.isShort)) : null,
      subsystem: subsystemInSentence(subject.subsystem),
    }),
  );
  return weave((noun) => m.reason_refused({ why: noun(why) }));
}

interface RefusalWords {
  readonly pool: string;
  readonly isPoolNamed: boolean;
  /** The tasks it comes after that are behind it; null when none is named. */
  readonly tasks: string | null;
  readonly subsystem: string;
}

const REFUSALS: Readonly<Record<PlanRefusalCode, (words: RefusalWords) => string>> = {
  'unknown-pool': () => m.reason_refused_unknown_pool(),
  'invalid-need': ({ pool }) => m.reason_refused_invalid_need({ pool }),
  'precedence-cycle': ({ tasks }) =>
    tasks === null
      ? m.reason_refused_precedence_cycle_unnamed()
      : m.reason_refused_precedence_cycle({ tasks }),
  'unknown-predecessor': ({ tasks }) =>
    tasks === null ? m.reason_refused_unknown_predecessor() : m.reason_refused_missed_predecessor({ tasks }),
  'exceeds-capacity': ({ pool }) => m.reason_refused_exceeds_capacity({ pool }),
  'exceeds-limit': ({ pool, subsystem }) => m.reason_refused_exceeds_limit({ pool, subsystem }),
  'longer-than-any-opening': ({ pool }) => m.reason_refused_longer_than_any_opening({ pool }),
  'fixed-start-not-possible': ({ pool }) => m.reason_refused_fixed_start({ pool }),
  'waits-for-refused': ({ tasks }) =>
    tasks === null
      ? m.reason_refused_waits_for_refused_unnamed()
      : m.reason_refused_waits_for_refused({ tasks }),
  'beyond-horizon': ({ pool, isPoolNamed }) =>
    isPoolNamed
      ? m.reason_refused_beyond_horizon_pool({ pool, days: HORIZON_DAYS })
      : m.reason_refused_beyond_horizon({ days: HORIZON_DAYS }),
};

/** Tasks as a sentence names them: at most three, the rest counted where all of them are known. */
export function blockerList(blockers: readonly Blocker[], isShort = false): Sentence {
  const isLong = blockers.length > BLOCKERS_NAMED_MAX;
  const named = blockers
    .slice(0, isLong ? BLOCKERS_NAMED_MAX - 1 : BLOCKERS_NAMED_MAX)
    .map((blocker) => blockerPart(blocker, isShort));
  const rest = blockers.length - named.length;
  if (rest === 0) return listed(named, locale.current);
  const others = blockers.length < BLOCKERS_KNOWN_MAX ? m.reason_more({ count: rest }) : m.reason_others();
  return listed([...named, plain(others)], locale.current);
}

/** A task by its patient and kind, linked; by its kind alone where there is no patient or the identity was erased. */
export function blockerPart(blocker: Blocker, isShort = false): Sentence {
  const kind = text(blocker.workKind);
  const { taskId, subsystem, patientName } = blocker;
  const inFull = patientName === null ? kind : m.reason_task({ patient: patientName, kind });
  const name = isShort ? (patientName ?? kind) : inFull;
  return [{ kind: 'task', text: name, taskId, subsystem }];
}

function poolPart({ poolId, poolName }: PoolNamed): Sentence {
  if (poolId === null || poolName === null) return plain(m.reason_some_pool());
  return [{ kind: 'pool', text: text(poolName), poolId }];
}

export function timePart(at: Instant, now: Instant): Sentence {
  return [{ kind: 'time', text: format.moment(at, now), at }];
}
