/** Writes one row of `entries`. Triggers refuse it unless it continues the chain. */
import type { Entry } from './entry.ts';
import type { WriteDb } from './handles.ts';

const INSERT_ENTRY = `
  INSERT INTO entries (seq, site, epoch, hlc_ms, hlc_counter, effective_seconds, kind, actor, command_id, payload,
    prev_hash, hash)
  VALUES (:seq, :site, :epoch, :hlcMs, :hlcCounter, :effectiveSeconds, :kind, :actor, :commandId, :payload,
    :previousHash, :hash)`;

export function insertEntry(db: WriteDb, entry: Entry): void {
  db.run(INSERT_ENTRY, {
    seq: entry.seq,
    site: entry.site,
    epoch: entry.epoch,
    hlcMs: entry.recorded.ms,
    hlcCounter: entry.recorded.counter,
    effectiveSeconds: entry.effectiveSeconds,
    kind: entry.kind,
    actor: entry.actor,
    commandId: entry.commandId,
    payload: entry.payload,
    previousHash: Buffer.from(entry.previousHash, 'hex'),
    hash: Buffer.from(entry.hash, 'hex'),
  });
}
