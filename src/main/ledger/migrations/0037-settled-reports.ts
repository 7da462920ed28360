/**
 * What a report says of a day that is over, kept per day beside the work used (migration 0021, decision 0230): a year's
 * report adds up days instead of a million bookings. A day's figures stand only while its row in `settled_days` does, so
 * the triggers here take that row away for whatever changes a figure of the day: bookings, also those that only were
 * planned; tasks that waited, began or ended then; what they needed; pools whose hours or units were changed back then.
 *
 * What holds tasks back needs none of it: a reason explains the same stretch of the past before and after it is replaced,
 * unless the clock was set back meanwhile.
 */
import { SPAN_CLASS_SECONDS } from '../projections/spans.ts';
import { SETTLED_SECONDS_MAX } from './0021-settled-days.ts';
import type { Migration } from './migration.ts';

/** Later than every instant. */
const FOR_EVER = 1e12;

type Row = 'OLD' | 'NEW' | 't';

/** When a task that was brought in or begun stopped waiting; null while it waits, or never did. */
const waitEnd = (prefix: string): string => `coalesce(${prefix}started_at, ${prefix}ended_at)`;

/** The class of a wait that is over, as bookings have them (`projections/spans.ts`); null where there was none. */
export const waitClass = (prefix: string): string =>
  `CASE WHEN ${waitEnd(prefix)} <= ${prefix}submitted_at THEN NULL ${SPAN_CLASS_SECONDS.map(
    (seconds, index) => `WHEN ${waitEnd(prefix)} - ${prefix}submitted_at <= ${seconds} THEN ${index + 1}`,
  ).join(' ')} END`;

/** Written down after the fact: its waiting is not known. */
const isFact = (row: Row): string =>
  `(${row}.batch_id IS NOT NULL AND ${row}.started_at IS NOT NULL AND ${row}.submitted_at >= ${row}.started_at)`;

/** A task waits from here at the earliest. */
const waitsFrom = (row: Row): string =>
  `max(${row}.submitted_at, ${row}.earliest_start, coalesce(${row}.fixed_start, ${row}.submitted_at))`;

/** Until here; where it is not waiting at all, until it was submitted. */
const waitsUntil = (row: Row): string =>
  `coalesce(${row}.started_at, CASE WHEN ${row}.state = 'waiting' OR ${row}.state = 'tentative'
    OR ${row}.state = 'confirmed' THEN ${FOR_EVER} ELSE ${row}.ended_at END, ${row}.submitted_at)`;

/** Takes every settled day away that touches [from, until]: two SQL expressions in UTC seconds. */
const unsettle = (from: string, until: string): string => `
  DELETE FROM settled_days
  WHERE from_seconds > ${from} - ${SETTLED_SECONDS_MAX} AND from_seconds <= ${until} AND until_seconds > ${from};`;

export const unsettleFrom = (from: string): string => `
  DELETE FROM settled_days WHERE from_seconds > ${from} - ${SETTLED_SECONDS_MAX} AND until_seconds > ${from};`;

const LAST_SETTLED = '(SELECT until_seconds FROM settled_days ORDER BY from_seconds DESC LIMIT 1)';

/** A promise is from the first to the last of a task's windows, so one of them matters to the days of all. */
const hullStart = (row: Row): string =>
  `min(${row}.span_start, CASE ${row}.is_reserved WHEN 1 THEN coalesce((SELECT min(b.span_start) FROM bookings b
    WHERE b.task_key = ${row}.task_key), ${FOR_EVER}) ELSE ${FOR_EVER} END)`;
const hullEnd = (row: Row): string =>
  `max(coalesce(${row}.span_end, ${FOR_EVER}), CASE ${row}.is_reserved WHEN 1 THEN
    coalesce((SELECT max(coalesce(b.span_end, ${FOR_EVER})) FROM bookings b WHERE b.task_key = ${row}.task_key), 0)
    ELSE 0 END)`;

/** The first instant that any of a task's windows has a part in. */
export const FIRST_WINDOW = `coalesce((SELECT min(b.span_start) FROM bookings b WHERE b.task_key = NEW.task_key), ${FOR_EVER})`;

export const earlierOf = (column: string): string =>
  `min(coalesce(OLD.${column}, ${FOR_EVER}), coalesce(NEW.${column}, ${FOR_EVER}))`;

/** From when on a change of a task changes what a report says. */
const TASK_CHANGED_FROM = `
  CASE WHEN OLD.subsystem <> NEW.subsystem OR OLD.urgency <> NEW.urgency OR OLD.submitted_at <> NEW.submitted_at
    OR OLD.earliest_start <> NEW.earliest_start OR OLD.fixed_start IS NOT NEW.fixed_start
    OR OLD.after_tasks <> NEW.after_tasks OR OLD.batch_id IS NOT NEW.batch_id
  THEN min(OLD.submitted_at, NEW.submitted_at, ${earlierOf('started_at')}, ${FIRST_WINDOW})
  ELSE min(
    CASE WHEN ${waitsUntil('OLD')} <> ${waitsUntil('NEW')}
      THEN min(${waitsUntil('OLD')}, ${waitsUntil('NEW')}) ELSE ${FOR_EVER} END,
    CASE WHEN OLD.started_at IS NOT NEW.started_at OR (OLD.state = 'missed') <> (NEW.state = 'missed')
      THEN min(${earlierOf('started_at')}, ${FIRST_WINDOW}) ELSE ${FOR_EVER} END,
    CASE WHEN OLD.ended_at IS NOT NEW.ended_at OR OLD.state <> NEW.state OR OLD.is_assumed <> NEW.is_assumed
      THEN ${earlierOf('ended_at')} ELSE ${FOR_EVER} END) END`;

/** When the first task was submitted that comes after one that is not there; null (no day) where there is none. */
const FIRST_WITHOUT_PREDECESSOR = `
  (SELECT min(t.submitted_at) FROM tasks t WHERE t.after_tasks <> '[]' AND EXISTS (
    SELECT 1 FROM json_each(t.after_tasks) j WHERE NOT EXISTS (SELECT 1 FROM tasks p WHERE p.task_id = j.value)))`;

const ofNeed = (row: Row): string => `
WHEN EXISTS (SELECT 1 FROM tasks t WHERE t.task_key = ${row}.task_key AND NOT ${isFact('t')}
  AND ${waitsFrom('t')} < ${LAST_SETTLED})
BEGIN ${unsettle(
  `(SELECT ${waitsFrom('t')} FROM tasks t WHERE t.task_key = ${row}.task_key)`,
  `(SELECT ${waitsUntil('t')} FROM tasks t WHERE t.task_key = ${row}.task_key)`,
)} END;`;

/**
 * A pool's first version also says what it was before, and one of the same instant takes its place; a pool that is new is
 * in no settled day yet.
 */
const ofVersion = (row: Row): string => `
WHEN EXISTS (SELECT 1 FROM pool_versions v WHERE v.pool_id = ${row}.pool_id AND v.seq <> ${row}.seq)
BEGIN ${unsettleFrom(`CASE WHEN EXISTS (SELECT 1 FROM pool_versions v WHERE v.pool_id = ${row}.pool_id
  AND v.effective_seconds < ${row}.effective_seconds)
  THEN ${row}.effective_seconds ELSE -${FOR_EVER} END`)} END;`;

export const settledReports: Migration = {
  version: 37,
  sql: [
    `
CREATE TABLE settled_reports (
  from_seconds INTEGER PRIMARY KEY REFERENCES settled_days ON DELETE CASCADE,
  -- Its figures hold for whoever asks then or later.
  measured_at INTEGER NOT NULL,
  -- The settings that they were measured by: for others they do not count.
  basis TEXT NOT NULL,
  -- JSON: the pools, in the order of their figures.
  pool_ids TEXT NOT NULL,
  -- JSON: counts, and how many of the seconds below belong to what.
  tasks TEXT NOT NULL,
  -- Whole numbers as 32-bit integers, or 64-bit floats where they need them, little end first: as many for each pool.
  pool_sums BLOB NOT NULL,
  pool_bins BLOB NOT NULL,
  -- 32-bit integers, little end first: waits and turnarounds in seconds.
  task_seconds BLOB NOT NULL
) STRICT;

DROP TRIGGER booking_made_unsettles;
DROP TRIGGER booking_changed_unsettles;
DROP TRIGGER booking_gone_unsettles;
DROP TRIGGER task_changed_unsettles;

CREATE TRIGGER booking_made_unsettles AFTER INSERT ON bookings
WHEN NEW.span_start < ${LAST_SETTLED} OR NEW.is_reserved = 1
BEGIN ${unsettle(hullStart('NEW'), hullEnd('NEW'))} END;
CREATE TRIGGER booking_changed_unsettles AFTER UPDATE ON bookings
BEGIN ${unsettle(hullStart('OLD'), hullEnd('OLD'))} ${unsettle(hullStart('NEW'), hullEnd('NEW'))} END;
CREATE TRIGGER booking_gone_unsettles AFTER DELETE ON bookings
WHEN OLD.span_start < ${LAST_SETTLED} OR OLD.is_reserved = 1
BEGIN ${unsettle(hullStart('OLD'), hullEnd('OLD'))} END;

CREATE TRIGGER task_made_unsettles AFTER INSERT ON tasks WHEN NOT ${isFact('NEW')}
BEGIN ${unsettle(waitsFrom('NEW'), waitsUntil('NEW'))} END;
CREATE TRIGGER task_changed_unsettles
AFTER UPDATE OF subsystem, state, urgency, submitted_at, earliest_start, fixed_start, after_tasks, started_at, ended_at,
  is_assumed, batch_id ON tasks
BEGIN ${unsettleFrom(TASK_CHANGED_FROM)} END;
CREATE TRIGGER task_gone_unsettles AFTER DELETE ON tasks WHEN NOT ${isFact('OLD')}
BEGIN ${unsettle(waitsFrom('OLD'), waitsUntil('OLD'))} END;

-- Work that comes after what an import had brought in waits differently once that is gone.
CREATE TRIGGER import_reversed_unsettles AFTER UPDATE OF reversed_seq ON imports WHEN NEW.reversed_seq IS NOT NULL
BEGIN ${unsettleFrom(FIRST_WITHOUT_PREDECESSOR)} END;

CREATE TRIGGER need_made_unsettles AFTER INSERT ON task_needs ${ofNeed('NEW')}
CREATE TRIGGER need_gone_unsettles AFTER DELETE ON task_needs ${ofNeed('OLD')}

CREATE TRIGGER reason_adopted_unsettles AFTER INSERT ON reasons WHEN NEW.adopted_at < ${LAST_SETTLED}
BEGIN ${unsettleFrom('NEW.adopted_at')} END;

CREATE TRIGGER pool_described_unsettles AFTER INSERT ON pool_versions ${ofVersion('NEW')}
CREATE TRIGGER pool_undescribed_unsettles AFTER DELETE ON pool_versions ${ofVersion('OLD')}

CREATE INDEX tasks_by_end ON tasks (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX tasks_by_wait ON tasks (${waitClass('')}, submitted_at);
`,
  ],
};
