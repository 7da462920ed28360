/**
 * What nobody pressed Start or Finish for: promised work whose planned time has passed, and work that still runs past
 * its planned end. Pure.
 */
import type { TaskRecord } from '../../ledger/index.ts';
import type { LocalDate } from '../../../shared/local-time.ts';
import { localDateOf } from '../../../shared/local-time.ts';
import { compareIds } from '../../../shared/ids.ts';
import type { Instant } from '../../../shared/units.ts';
import { after, instant } from '../../../shared/units.ts';

export interface UnfinishedWork {
  readonly record: TaskRecord;
  readonly missing: 'start' | 'end';
  /** The times that day close would take. */
  readonly start: Instant;
  readonly end: Instant;
  /** The local day it belongs to. */
  readonly date: LocalDate;
}

/** By start, then id. */
export function unfinishedWork(records: readonly TaskRecord[], now: Instant, zone: string): UnfinishedWork[] {
  return records
    .flatMap((record) => unfinished(record, now, zone))
    .sort((left, right) => left.start - right.start || compareIds(left.record.task.id, right.record.task.id));
}

function unfinished(record: TaskRecord, now: Instant, zone: string): UnfinishedWork[] {
  const { task, allocation } = record;
  const planned = { start: allocation?.segments[0]?.start, end: allocation?.segments.at(-1)?.end };
  if (planned.start === undefined || planned.end === undefined) return [];
  if (task.state === 'confirmed' && planned.end <= now) {
    const date = localDateOf(planned.start, zone);
    return [{ record, missing: 'start', start: planned.start, end: planned.end, date }];
  }
  if (task.state !== 'running' || task.startedAt === null || planned.end > now) return [];
  // Begun only after its planned end: it took as long as planned, or is not over.
  const lasted = after(task.startedAt, task.durationSeconds);
  const end = planned.end > task.startedAt ? planned.end : lasted;
  if (end > now) return [];
  const date = localDateOf(task.startedAt, zone);
  return [{ record, missing: 'end', start: task.startedAt, end: instant(end), date }];
}
