/**
 * What a command writes, made less. Recorded time rises with the sequence, so its index is not needed. Rows that are
 * new take settled days away by the one function that inserts them (`projections/unsettling.ts`, decision 0298): a
 * trigger on an insert, even one that does nothing, makes SQLite keep a copy of every page the statement touches and
 * look for rows that may have waited for the new one, which was half the cost of a row. The index of the entries about
 * the clinic has its kinds as equalities: a table was built of the list for each entry (migration 0020).
 */
import type { Migration } from './migration.ts';

const CLINIC_KINDS = [
  ...[
    'clinic-set',
    'settings-changed',
    'staff-set',
    'day-closed',
    'subsystem-set',
    'pool-set',
    'work-kind-set',
  ],
  ...['import-committed', 'import-reversed', 'report-exported', 'checkpoint-signed', 'epoch-started'],
];

/** Entries about the clinic, its proofs and what left it; word for word the condition of the index. */
export const CLINIC_KINDS_SQL = `(${CLINIC_KINDS.map((kind) => `kind = '${kind}'`).join(' OR ')})`;

export const fewerPages: Migration = {
  version: 58,
  sql: [
    `DROP INDEX entries_by_recorded`,
    `DROP INDEX entries_about_the_clinic`,
    `CREATE INDEX entries_about_the_clinic ON entries (kind) WHERE ${CLINIC_KINDS_SQL}`,
    `DROP TRIGGER booking_made_unsettles`,
    `DROP TRIGGER task_made_unsettles`,
    `DROP TRIGGER need_made_unsettles`,
  ],
};
