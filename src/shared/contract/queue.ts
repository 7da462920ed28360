/**
 * A workspace's queue as it crosses the bridge: ordered and filtered by main, page by page, so that a hundred thousand
 * rows cost the window as much as forty. Saved views are a person's own; they never hold what was searched for.
 */
import { z } from 'zod';
import { TASK_STATES } from '../domain/lifecycle.ts';
import type { Immutable } from './channel.ts';
import { command, query } from './channel.ts';
import {
  instantField,
  localeField,
  poolIdField,
  staffIdField,
  subsystemField,
  taskIdField,
  urgencyField,
  workKindIdField,
} from './fields.ts';
import { TASKS_AT_ONCE } from './tasks.ts';
import { taskRowField } from './task-fields.ts';

/** In the order they are listed. */
export const QUEUE_GROUPS = ['running', 'next', 'waiting', 'later', 'held', 'ended'] as const;
export const QUEUE_SORTS = ['level', 'task', 'patient', 'waited', 'start'] as const;

/** Rows of a page at most. */
export const QUEUE_PAGE = 200;

export const queueFilterField = z.strictObject({
  /** Empty: open work, and what ended today. Named ended states bring their whole history. */
  states: z.array(z.enum(TASK_STATES)),
  /** Empty: all. */
  urgencies: z.array(urgencyField),
  poolId: poolIdField.nullable(),
  enteredBy: staffIdField.nullable(),
  /** One kind of work, or all that bear a code of the catalogue (a modality); left out: any. */
  kind: z
    .union([
      z.strictObject({ workKindId: workKindIdField }),
      z.strictObject({ code: z.string().min(1).max(120) }),
    ])
    .exactOptional(),
});
export type QueueFilter = Immutable<z.infer<typeof queueFilterField>>;

/** Null: in groups, by start. */
export const queueSortField = z
  .strictObject({ by: z.enum(QUEUE_SORTS), isDescending: z.boolean() })
  .nullable();
export type QueueSort = Immutable<z.infer<typeof queueSortField>>;

export const queueField = z.strictObject({
  subsystem: subsystemField,
  filter: queueFilterField,
  sort: queueSortField,
  /** Parts of names, numbers, codes, references, notes and ids; all of them must be found. Empty: no search. */
  text: z.string().max(120),
  /** In whose alphabet names are sorted. */
  language: localeField,
});
export type Queue = Immutable<z.infer<typeof queueField>>;

export const savedViewField = z.strictObject({
  name: z.string().trim().min(1).max(60),
  subsystem: subsystemField,
  filter: queueFilterField,
  sort: queueSortField,
});
export type SavedView = Immutable<z.infer<typeof savedViewField>>;

export const queueChannels = {
  'queue.get': query({
    permission: 'read',
    request: z.strictObject({
      queue: queueField,
      offset: z.int().min(0),
      limit: z.int().min(0).max(QUEUE_PAGE),
    }),
    response: z.strictObject({
      now: instantField,
      total: z.int(),
      /** Groups that have rows, in order; one group `all` where the queue is sorted by a column. */
      groups: z.array(z.strictObject({ id: z.enum([...QUEUE_GROUPS, 'all']), count: z.int() })),
      /** Rows from `offset` on, counted over all groups without their headings. */
      rows: z.array(taskRowField),
    }),
    errors: [],
  }),
  /** What a selection over rows that are not shown is about. */
  'queue.ids': query({
    permission: 'read',
    request: z.strictObject({
      queue: queueField,
      offset: z.int().min(0),
      limit: z.int().min(1).max(TASKS_AT_ONCE),
    }),
    response: z.strictObject({
      tasks: z.array(z.strictObject({ taskId: taskIdField, state: z.enum(TASK_STATES) })),
    }),
    errors: [],
  }),
  /** Where a task stands in the queue; null where it is not listed. */
  'queue.find': query({
    permission: 'read',
    request: z.strictObject({ queue: queueField, taskId: taskIdField }),
    response: z.strictObject({ index: z.int().nullable() }),
    errors: [],
  }),
  'views.get': query({
    permission: 'read',
    request: z.strictObject({}),
    response: z.strictObject({ views: z.array(savedViewField) }),
    errors: [],
  }),
  /** Replaces the person's own list of views. */
  'views.set': command({
    permission: 'enter',
    request: z.strictObject({ views: z.array(savedViewField).max(40) }),
    response: z.strictObject({}),
    errors: [],
  }),
  /** Tasks of every subsystem by part of an id, a name, a number or a kind of work; open ones first. */
  'task.find': query({
    permission: 'read',
    request: z.strictObject({ text: z.string().max(120) }),
    response: z.strictObject({ rows: z.array(taskRowField).max(12) }),
    errors: [],
  }),
};
