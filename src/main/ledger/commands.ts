/**
 * The memory of accepted commands: the same id and body gives the first reply again, the same id with another body is
 * refused. Which entries a command wrote can be rebuilt from entries; the reply cannot, and is kept over a rebuild.
 * A command that wrote nothing is not remembered: judged anew it does no harm.
 */
import type { ReadDb, WriteDb } from './handles.ts';

export interface RememberedCommand {
  readonly firstSeq: number;
  readonly lastSeq: number;
  /** Null where only the entries were left of it (a rebuild without its memory). */
  readonly bodyDigest: string | null;
  /** JSON; null like the digest. */
  readonly reply: string | null;
}

export function findCommand(db: ReadDb, commandId: string): RememberedCommand | null {
  return db.get<RememberedCommand>(
    `SELECT first_seq AS firstSeq, last_seq AS lastSeq, body_digest AS bodyDigest, reply
     FROM commands WHERE command_id = :commandId`,
    { commandId },
  );
}

export function rememberCommand(db: WriteDb, commandId: string, memory: RememberedCommand): void {
  db.run(
    `INSERT INTO commands (command_id, first_seq, last_seq, body_digest, reply)
     VALUES (:commandId, :firstSeq, :lastSeq, :bodyDigest, :reply)`,
    {
      commandId,
      firstSeq: memory.firstSeq,
      lastSeq: memory.lastSeq,
      bodyDigest: memory.bodyDigest,
      reply: memory.reply,
    },
  );
}
