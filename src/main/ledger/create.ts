/**
 * Makes a new ledger: schema, first epoch, first entry, all of it durable under another name before it gets its own. A
 * power cut on the way leaves no ledger, never half of one (SQLite's own making of a file leaves a rollback journal that
 * a reader cannot resolve).
 */
import { EMPTY_HEAD, EntryWriter } from './append.ts';
import { openForWriting } from './connection.ts';
import { appendEpoch } from './epochs.ts';
import { writeHandle } from './handles.ts';
import { HybridClock, PAUSE_MS_MAX } from './hybrid-clock.ts';
import type { Clock } from './hybrid-clock.ts';
import { migrate } from './migrations/index.ts';
import { unverifiedPath } from './paths.ts';
import { putInPlace, removeCopy } from './snapshot-file.ts';

/** The writer's lock is held by the caller. @throws SqliteError, PragmaMismatch, system errors */
export function createLedger(path: string, clock: Clock): void {
  const copy = unverifiedPath(path);
  removeCopy(copy);
  try {
    const writer = openForWriting(copy);
    try {
      migrate(writer, 0);
      const hybrid = new HybridClock(clock, null, PAUSE_MS_MAX);
      const entries = new EntryWriter(writeHandle(writer), hybrid, EMPTY_HEAD);
      writer
        .transaction(() =>
          appendEpoch(entries, hybrid.nowSeconds(), {
            reason: 'created',
            previousHead: null,
            previousLength: 0,
          }),
        )
        .immediate();
      writer.pragma('wal_checkpoint(TRUNCATE)');
    } finally {
      writer.close();
    }
    putInPlace(copy, path);
  } finally {
    removeCopy(copy);
  }
}
