/**
 * Imported history that was under way at the instant. It was brought in whole, long after, as work that had ended; by
 * effective time it ran then, so it is put back as running, with what it held and no end yet.
 */
import type { Connection } from '../connection.ts';
import { ENTRY_KINDS } from '../entry-kinds/index.ts';
import type { TaskImported } from '../entry-kinds/imports.ts';
import { readHandle } from '../handles.ts';
import type { WriteDb } from '../handles.ts';
import { SPAN_CLASS_VALUES } from '../projections/spans.ts';
import { insertBooking } from '../projections/booking-rows.ts';
import { readEntries } from '../queries/entries.ts';

const UNDER_WAY = `WITH span_classes (class, seconds) AS (VALUES ${SPAN_CLASS_VALUES})
  SELECT DISTINCT b.task_key FROM main.pools p CROSS JOIN span_classes c
  CROSS JOIN main.bookings b ON b.pool_id = p.pool_id AND b.span_class = c.class
    AND b.span_start > :at - c.seconds AND b.span_start <= :at
  WHERE b.actual_start <= :at AND b.actual_end > :at AND b.task_key > :last AND b.task_key NOT IN temp.late
  ORDER BY b.task_key`;

export function putHistoryBack(connection: Connection, target: WriteDb, at: number, last: number): void {
  const keys = connection.prepare<{ at: number; last: number }, number>(UNDER_WAY).pluck().all({ at, last });
  const source = readHandle(connection);
  for (const seq of keys) {
    const [entry] = readEntries(source, seq - 1, 1);
    if (entry?.kind !== 'task-imported') continue;
    const imported = JSON.parse(entry.payload) as TaskImported; // checked when it was written
    const task = { ...imported.task, state: 'running' as const, endedAt: null };
    ENTRY_KINDS['task-imported'].project(target, { ...imported, task, windows: [] }, entry);
    imported.windows.forEach((_, position) => holdOpen(target, imported, seq, position));
  }
}

function holdOpen(target: WriteDb, { task, windows }: TaskImported, seq: number, position: number): void {
  const need = task.needs[position];
  const window = windows[position];
  if (!need || !window) return;
  insertBooking(target, seq, 0, {
    segment: 0,
    position,
    poolId: need.poolId,
    state: 'running',
    rateMilli: need.rateMilli,
    unitIds: JSON.stringify(window.unitIds),
    plannedStart: window.booked?.start ?? null,
    plannedEnd: window.booked?.end ?? null,
    isReserved: Number(window.booked !== null),
    actualStart: window.actual?.start ?? null,
    actualEnd: null,
  });
}
