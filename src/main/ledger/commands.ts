/**
 * The memory of accepted commands: the same id and body gives the first reply again, the same id with another body is
 * refused. Which entries a command wrote can be rebuilt from entries; the reply cannot, and is kept over a rebuild,
 * with a checksum of its own because no hash of the chain covers it.
 * A command that wrote nothing is not remembered: judged anew it does no harm.
 */
import { hash as digestOf } from 'node:crypto';
import type { ReadDb, WriteDb } from './handles.ts';
import { LedgerDamaged } from './sqlite-failure.ts';

export interface RememberedCommand {
  readonly firstSeq: number;
  readonly lastSeq: number;
  /** Null where only the entries were left of it (a rebuild without its memory). */
  readonly bodyDigest: string | null;
  /** JSON; null like the digest. */
  readonly reply: string | null;
}

/** The part of it that no entry tells. */
interface MemoryRow {
  readonly commandId: string;
  readonly bodyDigest: string | null;
  readonly reply: string | null;
  readonly checksum: string | null;
}

function checksumOf(commandId: string, bodyDigest: string | null, reply: string | null): string {
  return digestOf('sha256', JSON.stringify([commandId, bodyDigest, reply]), 'hex');
}

function isWhole(row: MemoryRow): boolean {
  const isForgotten = row.bodyDigest === null && row.reply === null && row.checksum === null;
  return isForgotten || row.checksum === checksumOf(row.commandId, row.bodyDigest, row.reply);
}

/** @throws LedgerDamaged when its memory was altered */
export function findCommand(db: ReadDb, commandId: string): RememberedCommand | null {
  const row = db.get<RememberedCommand & MemoryRow>(
    `SELECT command_id AS commandId, first_seq AS firstSeq, last_seq AS lastSeq, body_digest AS bodyDigest, reply,
       checksum
     FROM commands WHERE command_id = :commandId`,
    { commandId },
  );
  if (row !== null && !isWhole(row)) throw new LedgerDamaged('the memory of a command');
  return row;
}

/** Ids of commands whose memory was altered, in order. */
export function findAlteredMemories(db: ReadDb): string[] {
  const rows = db.iterate<MemoryRow>(
    `SELECT command_id AS commandId, body_digest AS bodyDigest, reply, checksum FROM commands ORDER BY command_id`,
  );
  const altered: string[] = [];
  for (const row of rows) if (!isWhole(row)) altered.push(row.commandId);
  return altered;
}

export function rememberCommand(db: WriteDb, commandId: string, memory: RememberedCommand): void {
  db.run(
    `INSERT INTO commands (command_id, first_seq, last_seq, body_digest, reply, checksum)
     VALUES (:commandId, :firstSeq, :lastSeq, :bodyDigest, :reply, :checksum)`,
    {
      commandId,
      firstSeq: memory.firstSeq,
      lastSeq: memory.lastSeq,
      bodyDigest: memory.bodyDigest,
      reply: memory.reply,
      checksum: checksumOf(commandId, memory.bodyDigest, memory.reply),
    },
  );
}

/** Takes over what `source` remembers of a command whose entries are in `target` already; nothing where it is altered. */
export function takeOverMemory(source: ReadDb, target: WriteDb, commandId: string): void {
  const row = source.get<MemoryRow>(
    `SELECT command_id AS commandId, body_digest AS bodyDigest, reply, checksum
     FROM commands WHERE command_id = :commandId`,
    { commandId },
  );
  if (row === null || !isWhole(row)) return;
  const { bodyDigest, reply, checksum } = row;
  target.run(
    `UPDATE commands SET body_digest = :bodyDigest, reply = :reply, checksum = :checksum
     WHERE command_id = :commandId`,
    { commandId, bodyDigest, reply, checksum },
  );
}
