/** Entries about reports that left the ledger: what a file covered and its digest, and what became of scheduled ones. */
import { z } from 'zod';
import type { ScheduledRun } from '../../../shared/domain/export-schedule.ts';
import { IDENTITY_REASONS } from '../../../shared/domain/report.ts';
import type { IdentityReason } from '../../../shared/domain/report.ts';
import type { Instant } from '../../../shared/units.ts';
import type { Digest } from '../sealed.ts';
import type { SettingValue } from './clinic.ts';
import type { EntryKindDefinition } from './definition.ts';
import { payloadObject, projectsNothing } from './definition.ts';
import { countSchema, digestSchema, instantSchema, localDateSchema } from './schemas.ts';

export interface ReportExported {
  /** One of `EXPORT_FORMATS`. */
  readonly format: string;
  readonly period: { readonly from: Instant; readonly to: Instant };
  /** The report's filters, as its own JSON. */
  readonly filters: SettingValue;
  /** SHA-256 of the file. */
  readonly fileDigest: Digest;
  /** The head that stands in the file; missing in entries from before it was recorded, and where none stands in it. */
  readonly head?: { readonly length: number; readonly hash: Digest } | undefined;
  /** Missing in entries from before there was a choice. */
  readonly isForOutside?: boolean | undefined;
  /** Why the file names patients; missing where it names nobody. */
  readonly identities?: IdentityReason | undefined;
}

export const reportExported: EntryKindDefinition<ReportExported> = {
  payload: payloadObject({
    format: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
    period: payloadObject({ from: instantSchema, to: instantSchema }),
    filters: z.json(),
    fileDigest: digestSchema,
    head: z.strictObject({ length: countSchema, hash: digestSchema }).optional(),
    isForOutside: z.boolean().optional(),
    identities: z.enum(IDENTITY_REASONS).optional(),
  }),
  project: projectsNothing,
};

/** What became of an export that was due by a schedule; written when that changes. */
export const exportScheduled: EntryKindDefinition<ScheduledRun> = {
  payload: payloadObject({
    scheduleId: z.string().regex(/^[A-Za-z0-9._:-]{1,64}$/),
    due: localDateSchema,
    code: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
  }),
  project(db, { scheduleId, due, code }, { seq }) {
    db.run(
      `INSERT INTO export_runs (schedule_id, due, code, seq) VALUES (:scheduleId, :due, :code, :seq)
       ON CONFLICT (schedule_id, due) DO UPDATE SET code = excluded.code, seq = excluded.seq`,
      { scheduleId, due, code, seq },
    );
  },
};
