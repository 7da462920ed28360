import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  FIRST_START,
  LIST_SETTLED_DAYS,
  SUM_SETTLED_WORK,
  SUM_USED_WORK,
} from '../../src/main/ledger/settled-days.ts';
import {
  LIST_MARKED_DAYS,
  LIST_REPORTS_OF_DAYS,
  LIST_SETTLED_GROUPS,
  LIST_SETTLED_REPORTS,
} from '../../src/main/ledger/settled-reports.ts';
import { LIST_BOOKINGS, LIST_BOOKINGS_OF_POOL } from '../../src/main/ledger/queries/bookings.ts';
import {
  LIST_ALL,
  LIST_BY_ACTOR,
  LIST_BY_SEQ,
  LIST_SEQS_OF_TASK,
  READ_FORWARD,
} from '../../src/main/ledger/queries/entries.ts';
import {
  COUNT_TASKS,
  LIST_OPEN_TASKS,
  LIST_KEYS_BACKWARD,
  LIST_KEYS_FORWARD,
  LIST_TASKS_IN_WINDOW,
} from '../../src/main/ledger/queries/tasks.ts';
import {
  LIST_BOOKING_FIGURES,
  LIST_BOOKING_FIGURES_ELSEWHERE,
  LIST_BOOKING_FIGURES_OF_POOL,
  LIST_OPEN_ENDED_FIGURES,
  LIST_OPEN_TASK_FIGURES,
  LIST_TASK_FIGURES,
  LIST_WAITED_FIGURES,
} from '../../src/main/ledger/queries/report-facts.ts';
import {
  COUNT_ENDED_WORK,
  LIST_BATCH_KEYS,
  OWN_STARTED_WORK,
} from '../../src/main/ledger/queries/accounting.ts';
import { LIST_WAIT_CAUSES } from '../../src/main/ledger/queries/reasons.ts';
import { LIST_TASK_TRAITS } from '../../src/main/ledger/queries/task-traits.ts';
import { LIST_TIMELINE } from '../../src/main/ledger/queries/timeline.ts';
import { migrate } from '../../src/main/ledger/migrations/index.ts';

const connection = new Database(':memory:');

beforeAll(() => migrate(connection, 0));
afterAll(() => connection.close());

/** What SQLite would do, one step per line, in the order it would do it. */
function planOf(sql: string): string[] {
  const names = [...new Set(sql.match(/:[a-zA-Z]+/g) ?? [])].map((name) => name.slice(1));
  const params = Object.fromEntries(names.map((name) => [name, null]));
  return connection
    .prepare<[Record<string, null>], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    .all(params)
    .map((row) => row.detail);
}

const BY_SPAN =
  'SEARCH b USING INDEX bookings_by_span (pool_id=? AND span_class=? AND span_start>? AND span_start<?)';
const BY_STATE = 'SEARCH t USING COVERING INDEX tasks_by_state (subsystem=? AND state=?)';
const PAGE = 'SEARCH tasks USING COVERING INDEX tasks_by_state (subsystem=? AND state=?)';
const NEEDS = 'SEARCH n USING PRIMARY KEY (task_key=?)';
const HOLDS = 'SEARCH b USING PRIMARY KEY (task_key=? AND run=?)';

const hotQueries = [
  { name: 'bookings of a window', sql: LIST_BOOKINGS, want: [BY_SPAN] },
  { name: 'bookings of a pool and window', sql: LIST_BOOKINGS_OF_POOL, want: [BY_SPAN] },
  { name: 'the timeline of a window', sql: LIST_TIMELINE, want: [BY_SPAN] },
  {
    name: 'what the tasks of a report are grouped by',
    sql: LIST_TASK_TRAITS,
    want: ['SEARCH t USING INDEX sqlite_autoindex_tasks_1 (task_id=?)'],
  },
  { name: 'work used in a window', sql: SUM_USED_WORK, want: [BY_SPAN] },
  {
    name: 'work used on settled days',
    sql: SUM_SETTLED_WORK,
    want: ['SEARCH w USING PRIMARY KEY (pool_id=? AND subsystem=? AND from_seconds>? AND from_seconds<?)'],
  },
  {
    name: 'the first booking',
    sql: FIRST_START,
    want: ['SEARCH b USING COVERING INDEX bookings_by_span (pool_id=? AND span_class=?)'],
  },
  {
    name: 'settled days',
    sql: LIST_SETTLED_DAYS,
    want: ['SEARCH settled_days USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)'],
  },
  {
    name: 'tasks of a window',
    sql: LIST_TASKS_IN_WINDOW,
    want: [BY_SPAN.replace('INDEX', 'COVERING INDEX'), NEEDS, HOLDS],
  },
  {
    name: "a report's tasks of a window",
    sql: LIST_TASK_FIGURES,
    want: [BY_SPAN.replace('INDEX', 'COVERING INDEX'), NEEDS],
  },
  {
    name: "a report's open tasks",
    sql: LIST_OPEN_TASK_FIGURES,
    want: [BY_STATE.replace('COVERING ', ''), NEEDS],
  },
  { name: "a report's bookings of a window", sql: LIST_BOOKING_FIGURES, want: [BY_SPAN] },
  {
    name: "a report's tasks that waited in a window",
    sql: LIST_WAITED_FIGURES,
    want: ['SEARCH t USING INDEX tasks_by_wait (<expr>=? AND submitted_at>? AND submitted_at<?)', NEEDS],
  },
  {
    name: 'other bookings of the tasks of a window',
    sql: LIST_BOOKING_FIGURES_ELSEWHERE,
    want: ['SEARCH b USING PRIMARY KEY (task_key=?)'],
  },
  {
    name: 'bookings without an end',
    sql: LIST_OPEN_ENDED_FIGURES,
    want: ['SEARCH b USING INDEX bookings_by_span (pool_id=? AND span_class=?)'],
  },
  {
    name: 'settled days of a report',
    sql: LIST_SETTLED_REPORTS,
    want: ['SEARCH d USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)'],
  },
  {
    name: 'which days of a report are settled',
    sql: LIST_MARKED_DAYS,
    want: [
      'SEARCH d USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)',
      'SEARCH k USING COVERING INDEX sqlite_autoindex_settled_marks_1 (from_seconds=?)',
    ],
  },
  {
    name: 'some settled days of a report',
    sql: LIST_REPORTS_OF_DAYS,
    want: ['SEARCH r USING INTEGER PRIMARY KEY (rowid=?)'],
  },
  {
    name: 'the bookings of one pool for a report',
    sql: LIST_BOOKING_FIGURES_OF_POOL,
    want: [BY_SPAN],
  },
  {
    name: 'settled days of a grouped report',
    sql: LIST_SETTLED_GROUPS,
    want: [
      'SEARCH d USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)',
      'SEARCH g USING INDEX sqlite_autoindex_settled_groups_1 (from_seconds=? AND grouping=?)',
    ],
  },
  {
    name: 'where the tasks of imports lie',
    sql: LIST_BATCH_KEYS,
    want: ['SEARCH t USING COVERING INDEX tasks_by_batch (batch_id=?)'],
  },
  {
    name: 'work of the clinic’s own between them',
    sql: OWN_STARTED_WORK,
    want: ['SEARCH tasks USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)'],
  },
  {
    name: 'how much ended in a month',
    sql: COUNT_ENDED_WORK,
    want: ['SEARCH tasks USING COVERING INDEX tasks_by_end (ended_at>? AND ended_at<?)'],
  },
  { name: 'a page of tasks, oldest first', sql: LIST_KEYS_FORWARD, want: [PAGE] },
  { name: 'a page of tasks, newest first', sql: LIST_KEYS_BACKWARD, want: [PAGE] },
  { name: 'open tasks', sql: LIST_OPEN_TASKS, want: [BY_STATE.replace('COVERING ', ''), NEEDS, HOLDS] },
  {
    name: 'what held tasks back in a window',
    sql: LIST_WAIT_CAUSES,
    want: [
      'SEARCH c USING INDEX wait_causes_by_end (until_at>?)',
      'SEARCH t USING INTEGER PRIMARY KEY (rowid=?)',
    ],
  },
  { name: 'counts by subsystem and state', sql: COUNT_TASKS, want: [BY_STATE] },
  { name: 'a stretch of entries', sql: READ_FORWARD, want: ['SEARCH e USING INTEGER PRIMARY KEY (rowid>?)'] },
  {
    name: 'entries of a person',
    sql: LIST_BY_ACTOR,
    want: ['SEARCH e USING INDEX entries_by_actor (actor=? AND seq>? AND seq<?)'],
  },
  {
    name: 'entries of a day',
    sql: LIST_ALL,
    want: [
      'SEARCH e USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)',
      'SEARCH main.entries USING INTEGER PRIMARY KEY (rowid=?)',
    ],
  },
  {
    name: 'entries about a task',
    sql: LIST_SEQS_OF_TASK,
    want: ['SEARCH te USING PRIMARY KEY (task_key=?)'],
  },
  {
    name: 'entries by number',
    sql: LIST_BY_SEQ,
    want: ['SEARCH e USING INTEGER PRIMARY KEY (rowid=?)'],
  },
];

const SMALL_TABLES = [
  'n', // the tasks of a window, found before
  'i', // imports
  'p',
  'c',
  'halves', // of the chain, where recorded time is looked for
  'json_each VIRTUAL TABLE INDEX 1:',
  'j', // the days that are named
  'CONSTANT ROW',
  '5 CONSTANT ROWS',
  '13 CONSTANT ROWS',
  's',
];

test('cuts a page from the index without sorting', () => {
  expect(planOf(LIST_KEYS_FORWARD)).toEqual([PAGE]);
  expect(planOf(LIST_KEYS_BACKWARD)).toEqual([PAGE]);
});

test.each(hotQueries)('searches indexes and scans no large table for $name', ({ sql, want }) => {
  const plan = planOf(sql);
  for (const step of want) expect(plan).toContain(step);
  const scans = plan.filter((step) => step.startsWith('SCAN')).map((step) => step.slice('SCAN '.length));
  const large = scans.filter(
    (scan) => !SMALL_TABLES.some((small) => scan === small || scan.startsWith(`${small} `)),
  );
  expect(large).toEqual([]);
});
