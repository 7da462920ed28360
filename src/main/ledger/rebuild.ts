/** Makes every projection of a ledger anew from its entries, in one transaction; replies to commands are kept. */
import type { WriteDb } from './handles.ts';
import { COMMAND_TABLE, PROJECTION_TABLES } from './projections/tables.ts';
import { replayAtOnce, replayEntries } from './replay.ts';
import type { ReplayOptions } from './replay.ts';

/** Inside the caller's transaction. @returns how many entries were applied */
export async function rebuildProjections(db: WriteDb, options: ReplayOptions = {}): Promise<number> {
  clearProjections(db);
  return replayEntries(db, db, options);
}

/** The same without a pause for anybody else: for a transaction that nothing may interrupt. */
export function rebuildAtOnce(db: WriteDb): void {
  clearProjections(db);
  replayAtOnce(db, db);
}

function clearProjections(db: WriteDb): void {
  db.run('PRAGMA defer_foreign_keys = ON');
  db.run('DELETE FROM settled_days'); // summed anew when there is time
  for (const table of PROJECTION_TABLES.toReversed()) db.run(table.clearSql);
  db.run(COMMAND_TABLE.clearSql);
}
