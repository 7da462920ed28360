/**
 * Two small indexes for looking back in time: what was entered later than it happened, and the few entries about the
 * clinic itself. Both are partial, so an entry about a task that is entered at once costs nothing more.
 */
import type { Migration } from './migration.ts';

/** Made anew by migration 0058. */
const CLINIC_KINDS_SQL = `kind IN ('clinic-set', 'settings-changed', 'staff-set', 'day-closed', 'subsystem-set',
  'pool-set', 'work-kind-set', 'import-committed', 'import-reversed', 'report-exported', 'checkpoint-signed',
  'epoch-started')`;

/** What was entered in another second than it happened, and later. */
export const ENTERED_LATER_SQL = `effective_seconds < hlc_ms / 1000`;

export const lookingBack: Migration = {
  version: 23,
  sql: [
    `CREATE INDEX entries_entered_later ON entries (effective_seconds) WHERE ${ENTERED_LATER_SQL}`,
    `CREATE INDEX entries_about_the_clinic ON entries (kind) WHERE ${CLINIC_KINDS_SQL}`,
  ],
};
