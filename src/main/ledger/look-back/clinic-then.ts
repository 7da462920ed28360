/**
 * What the clinic was: its pools, kinds of work, staff, policies and settings, from the few entries about them. By
 * recorded time only what had been written by then; by effective time descriptions are today's (a kind of work that
 * imported history needs was named later), and policies and settings those in force.
 */
import type { Connection } from '../connection.ts';
import type { EntryKind } from '../entry-kinds/index.ts';
import { readHandle } from '../handles.ts';
import type { WriteDb } from '../handles.ts';
import { CLINIC_KINDS_SQL } from '../migrations/0058-fewer-pages.ts';
import { readEntries } from '../queries/entries.ts';
import { replayEntry } from '../replay.ts';
import type { LookBackBy } from './instant-of.ts';

/** Kinds that describe; a pool's versions carry their own times. */
const DESCRIPTIONS: readonly EntryKind[] = ['clinic-set', 'staff-set', 'pool-set', 'work-kind-set'];
const IN_FORCE: readonly EntryKind[] = [
  'settings-changed',
  'day-closed',
  'subsystem-set',
  'import-committed',
  'import-reversed',
];

const SEQS_OF_KIND = `SELECT seq FROM main.entries WHERE ${CLINIC_KINDS_SQL} AND kind = :kind AND `;
const COUNTS = `(seq <= :last OR seq IN temp.late)`;

export function setUpClinic(connection: Connection, target: WriteDb, by: LookBackBy, last: number): void {
  const seqsOf = (kind: EntryKind): number[] => {
    const isDescribed = by === 'effective' && DESCRIPTIONS.includes(kind);
    const condition = isDescribed ? `:last >= 0` : COUNTS;
    return connection
      .prepare<{ kind: string; last: number }, number>(SEQS_OF_KIND + condition)
      .pluck()
      .all({ kind, last });
  };
  const seqs = [...DESCRIPTIONS, ...IN_FORCE].flatMap(seqsOf).sort((left, right) => left - right);
  const source = readHandle(connection);
  for (const seq of seqs) {
    const [entry] = readEntries(source, seq - 1, 1);
    if (entry) replayEntry(target, entry);
  }
}
