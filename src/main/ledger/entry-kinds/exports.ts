/** The entry that says a report left the ledger: what it covered and the digest of the file. */
import { z } from 'zod';
import type { Instant } from '../../../shared/units.ts';
import type { Digest } from '../sealed.ts';
import type { SettingValue } from './clinic.ts';
import type { EntryKindDefinition } from './definition.ts';
import { payloadObject, projectsNothing } from './definition.ts';
import { digestSchema, instantSchema } from './schemas.ts';

export interface ReportExported {
  /** `csv`, `xlsx`, `pdf`, `html`, `json`, `allocations`. */
  readonly format: string;
  readonly period: { readonly from: Instant; readonly to: Instant };
  /** The report's filters, as its own JSON. */
  readonly filters: SettingValue;
  /** SHA-256 of the file. */
  readonly fileDigest: Digest;
}

export const reportExported: EntryKindDefinition<ReportExported> = {
  payload: payloadObject({
    format: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
    period: payloadObject({ from: instantSchema, to: instantSchema }),
    filters: z.json(),
    fileDigest: digestSchema,
  }),
  project: projectsNothing,
};
