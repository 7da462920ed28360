/**
 * What a report says of days that are over, kept so that it need not be measured again. The ledger keeps the figures and
 * takes them away with their day (migration 0037); what they mean is the reports' own. Like settled days they are
 * derived, may be missing, and are right where they stand.
 */
import type { ReadDb, WriteDb } from './handles.ts';
import type { Stretch } from './settled-days.ts';
import { settleDay } from './settled-days.ts';

/** One day's figures, packed by whoever measured them. */
export interface SettledReport {
  /** They hold for whoever asks at this instant (UTC seconds) or later. */
  readonly measuredAt: number;
  /** The settings they were measured by. */
  readonly basis: string;
  readonly poolIds: string;
  readonly poolSums: Uint8Array;
  readonly poolBins: Uint8Array;
  readonly tasks: string;
  readonly taskSeconds: Uint8Array;
  /** The same day by groupings that are not made of whole days. */
  readonly groups: readonly SettledGroups[];
}

/** One day's figures by one grouping, packed likewise. */
export interface SettledGroups {
  readonly grouping: string;
  readonly groups: string;
  readonly cells: Uint8Array;
  readonly seconds: Uint8Array;
}

/** As kept, with the pools of the day. */
export interface SettledGroupsRow extends Stretch, SettledGroups {
  readonly poolIds: string;
}

/** One day's figures without the parts that were not asked for. */
export interface SettledReportRow extends Stretch {
  readonly poolIds: string;
  readonly poolSums: Uint8Array;
  readonly poolBins: Uint8Array | null;
  readonly tasks: string;
  readonly taskSeconds: Uint8Array | null;
}

export const LIST_SETTLED_REPORTS = `
  SELECT r.from_seconds AS "from", d.until_seconds AS "to", r.pool_ids AS poolIds, r.pool_sums AS poolSums, r.tasks,
    CASE WHEN :withBins = 1 THEN r.pool_bins END AS poolBins,
    CASE WHEN :withSeconds = 1 THEN r.task_seconds END AS taskSeconds
  FROM settled_days d CROSS JOIN settled_reports r ON r.from_seconds = d.from_seconds
  WHERE d.from_seconds >= :from AND d.from_seconds < :to AND r.basis = :basis AND r.measured_at <= :asOf`;

export interface SettledReportQuery extends Stretch {
  /** The settings that figures must have been measured by. */
  readonly basis: string;
  readonly asOf: number;
  readonly withBins: boolean;
  readonly withSeconds: boolean;
}

/** Days that begin in a stretch and whose figures hold, ascending; none in a look back, which stands in another time. */
export function listSettledReports(db: ReadDb, query: SettledReportQuery): SettledReportRow[] {
  if (db.isJoined) return [];
  return db.all<SettledReportRow>(LIST_SETTLED_REPORTS, {
    ...query,
    withBins: Number(query.withBins),
    withSeconds: Number(query.withSeconds),
  });
}

/** A day whose figures are kept, and the number of the settling that they come from (migration 0054). */
export interface MarkedDay extends Stretch {
  readonly mark: number;
}

export const LIST_MARKED_DAYS = `
  SELECT d.from_seconds AS "from", d.until_seconds AS "to", k.mark
  FROM settled_days d CROSS JOIN settled_reports r ON r.from_seconds = d.from_seconds
  CROSS JOIN settled_marks k ON k.from_seconds = r.from_seconds
  WHERE d.from_seconds >= :from AND d.from_seconds < :to AND r.basis = :basis AND r.measured_at <= :asOf`;

/** Which days `listSettledReports` would give, ascending, without reading their figures. */
export function listMarkedDays(
  db: ReadDb,
  query: Pick<SettledReportQuery, 'from' | 'to' | 'basis' | 'asOf'>,
): MarkedDay[] {
  return db.isJoined ? [] : db.all<MarkedDay>(LIST_MARKED_DAYS, query);
}

export const LIST_REPORTS_OF_DAYS = `
  SELECT k.mark, r.from_seconds AS "from", d.until_seconds AS "to", r.pool_ids AS poolIds, r.pool_sums AS poolSums,
    r.tasks, NULL AS poolBins, CASE WHEN :withSeconds = 1 THEN r.task_seconds END AS taskSeconds
  FROM json_each(:days) j CROSS JOIN settled_reports r ON r.from_seconds = j.value
  CROSS JOIN settled_marks k ON k.from_seconds = r.from_seconds
  CROSS JOIN settled_days d ON d.from_seconds = r.from_seconds`;

/** The figures of some of those days, by their start, without quarters of days. */
export function listReportsOfDays(
  db: ReadDb,
  days: readonly Stretch[],
  { withSeconds }: { readonly withSeconds: boolean },
): (SettledReportRow & MarkedDay)[] {
  if (days.length === 0) return [];
  const parameters = { days: JSON.stringify(days.map(({ from }) => from)), withSeconds: Number(withSeconds) };
  return db.all<SettledReportRow & MarkedDay>(LIST_REPORTS_OF_DAYS, parameters);
}

export const LIST_SETTLED_GROUPS = `
  SELECT r.from_seconds AS "from", d.until_seconds AS "to", r.pool_ids AS poolIds, g.grouping, g.groups, g.cells,
    g.seconds
  FROM settled_days d CROSS JOIN settled_reports r ON r.from_seconds = d.from_seconds
  CROSS JOIN settled_groups g ON g.from_seconds = r.from_seconds AND g.grouping = :grouping
  WHERE d.from_seconds >= :from AND d.from_seconds < :to AND r.basis = :basis AND r.measured_at <= :asOf`;

/** The same days by a grouping; those without it are left out. */
export function listSettledGroups(
  db: ReadDb,
  query: Pick<SettledReportQuery, 'from' | 'to' | 'basis' | 'asOf'> & { readonly grouping: string },
): SettledGroupsRow[] {
  return db.isJoined ? [] : db.all<SettledGroupsRow>(LIST_SETTLED_GROUPS, query);
}

export const LIST_REPORTED_DAYS = `
  SELECT d.from_seconds AS "from", d.until_seconds AS "to"
  FROM settled_days d CROSS JOIN settled_reports r ON r.from_seconds = d.from_seconds
  WHERE d.from_seconds >= :from AND d.from_seconds < :to AND r.basis = :basis`;

/** The days of a stretch whose figures are kept, without them. */
export function listReportedDays(db: ReadDb, { from, to }: Stretch, basis: string): Stretch[] {
  return db.all<Stretch>(LIST_REPORTED_DAYS, { from, to, basis });
}

/** When a day was last measured; null before any was. */
export function findLastMeasuring(db: ReadDb): number | null {
  return db.get<{ at: number | null }>(`SELECT max(measured_at) AS at FROM settled_reports`)?.at ?? null;
}

/**
 * Keeps one day's figures, inside the caller's transaction. A day that was settled by other bounds (another time zone)
 * gives way.
 */
export function keepReport(db: WriteDb, day: Stretch, { groups, ...report }: SettledReport): void {
  const { from, to } = day;
  db.run(
    `DELETE FROM settled_days WHERE from_seconds < :to AND until_seconds > :from
       AND NOT (from_seconds = :from AND until_seconds = :to)`,
    { from, to },
  );
  settleDay(db, day);
  db.run(`DELETE FROM settled_reports WHERE from_seconds = :from`, { from });
  db.run(
    `INSERT INTO settled_reports (from_seconds, measured_at, basis, pool_ids, tasks, pool_sums, pool_bins, task_seconds)
     VALUES (:from, :measuredAt, :basis, :poolIds, :tasks, :poolSums, :poolBins, :taskSeconds)`,
    { ...report, from },
  );
  for (const each of groups) {
    db.run(
      `INSERT INTO settled_groups (from_seconds, grouping, groups, cells, seconds)
       VALUES (:from, :grouping, :groups, :cells, :seconds)`,
      { ...each, from },
    );
  }
}
