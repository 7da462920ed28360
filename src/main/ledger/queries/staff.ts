/** Reads the staff list, who sits at the desk, and which days were closed. */
import type { StaffId } from '../../../shared/ids.ts';
import type { StaffMember } from '../../../shared/domain/clinic.ts';
import { instant } from '../../../shared/units.ts';
import type { Instant } from '../../../shared/units.ts';
import type { ReadDb } from '../handles.ts';

interface StaffRow {
  readonly id: StaffId;
  readonly name: string;
  readonly jobTitleEn: string;
  readonly jobTitleZh: string;
  readonly role: StaffMember['role'];
  readonly isActive: number;
}

const STAFF_COLUMNS = `staff_id AS id, name, job_title_en AS jobTitleEn, job_title_zh AS jobTitleZh, role,
  is_active AS isActive`;

function staffOf(row: StaffRow): StaffMember {
  const { id, name, role } = row;
  return {
    id,
    name,
    jobTitle: { en: row.jobTitleEn, zh: row.jobTitleZh },
    role,
    isActive: row.isActive === 1,
  };
}

/** Everyone, also those who have left, in the order they were first entered. */
export function listStaff(db: ReadDb): StaffMember[] {
  return db.all<StaffRow>(`SELECT ${STAFF_COLUMNS} FROM staff ORDER BY first_seq`).map(staffOf);
}

export function findStaff(db: ReadDb, staffId: StaffId): StaffMember | null {
  const row = db.get<StaffRow>(`SELECT ${STAFF_COLUMNS} FROM staff WHERE staff_id = :staffId`, { staffId });
  return row === null ? null : staffOf(row);
}

export interface PersonAtDesk {
  readonly staffId: StaffId;
  readonly since: Instant;
}

/** Who last sat down at the desk; null before anyone did. */
export function findPersonAtDesk(db: ReadDb): PersonAtDesk | null {
  const row = db.get<{ staffId: StaffId; since: number }>(
    `SELECT staff_id AS staffId, since_seconds AS since FROM desk`,
  );
  return row === null ? null : { staffId: row.staffId, since: instant(row.since) };
}

/** @param date  local date, `YYYY-MM-DD` */
export function isDayClosed(db: ReadDb, date: string): boolean {
  return db.get(`SELECT 1 FROM closed_days WHERE local_date = :date`, { date }) !== null;
}
