/** Entries about the people who work here: the staff list, who sits at the desk, and the days they closed. */
import { z } from 'zod';
import type { StaffId, TaskId } from '../../../shared/ids.ts';
import type { StaffMember } from '../../../shared/domain/clinic.ts';
import { STAFF_ROLES } from '../../../shared/domain/clinic.ts';
import type { EntryKindDefinition } from './definition.ts';
import { payloadObject } from './definition.ts';
import { localDateSchema, localTextSchema, staffIdSchema, taskIdSchema } from './schemas.ts';

export const staffSet: EntryKindDefinition<StaffMember> = {
  payload: payloadObject({
    id: staffIdSchema,
    name: z.string().min(1).max(200),
    jobTitle: localTextSchema,
    role: z.enum(STAFF_ROLES),
    isActive: z.boolean(),
  }),
  project(db, member, entry) {
    db.run(
      `INSERT INTO staff (staff_id, first_seq, name, job_title_en, job_title_zh, role, is_active)
       VALUES (:id, :seq, :name, :jobTitleEn, :jobTitleZh, :role, :isActive)
       ON CONFLICT (staff_id) DO UPDATE SET name = excluded.name, job_title_en = excluded.job_title_en,
         job_title_zh = excluded.job_title_zh, role = excluded.role, is_active = excluded.is_active`,
      {
        id: member.id,
        seq: entry.seq,
        name: member.name,
        jobTitleEn: member.jobTitle.en,
        jobTitleZh: member.jobTitle.zh,
        role: member.role,
        isActive: Number(member.isActive),
      },
    );
  },
};

export interface PersonChanged {
  readonly staffId: StaffId;
}

export const personChanged: EntryKindDefinition<PersonChanged> = {
  payload: payloadObject({ staffId: staffIdSchema }),
  project(db, { staffId }, entry) {
    db.run(
      `INSERT INTO desk (id, staff_id, since_seconds) VALUES (1, :staffId, :since)
       ON CONFLICT (id) DO UPDATE SET staff_id = excluded.staff_id, since_seconds = excluded.since_seconds`,
      { staffId, since: entry.effectiveSeconds },
    );
  },
};

export interface DayClosed {
  /** Local date, `YYYY-MM-DD`. */
  readonly date: string;
  /** Tasks whose planned times were taken because nobody pressed Start or Finish. */
  readonly assumed: readonly TaskId[];
}

export const dayClosed: EntryKindDefinition<DayClosed> = {
  payload: payloadObject({ date: localDateSchema, assumed: z.array(taskIdSchema) }),
  project(db, { date }, entry) {
    db.run(
      `INSERT INTO closed_days (local_date, seq) VALUES (:date, :seq)
       ON CONFLICT (local_date) DO UPDATE SET seq = excluded.seq`,
      { date, seq: entry.seq },
    );
  },
};
