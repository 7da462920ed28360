/**
 * Copies the longest valid chain out of a file that may be damaged anywhere: entries one after another, from the first,
 * until one is wrong or cannot be read. Nothing else of the file is trusted; projections are made anew, and replies to
 * commands are kept only where their checksum is right. Yields to the event loop between stretches.
 */
import { EMPTY_HEAD } from './append.ts';
import { takeOverMemory } from './commands.ts';
import { openForReading, openForWriting } from './connection.ts';
import type { Connection } from './connection.ts';
import type { Entry } from './entry.ts';
import { insertEntry } from './entry-rows.ts';
import { readHandle, writeHandle } from './handles.ts';
import type { ReadDb, WriteDb } from './handles.ts';
import { migrate } from './migrations/index.ts';
import { readEntries } from './queries/entries.ts';
import type { Head } from './queries/head.ts';
import { replayEntry } from './replay.ts';
import { storageFailureOf } from './sqlite-failure.ts';
import { faultOf, headAfter } from './verify.ts';

/** Entries read at once; around a damaged place they are read one by one. */
const STRETCH = 500;

const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** @returns null where the file cannot be read there */
export function readable(
  source: ReadDb,
  from: number,
  limit: number,
  direction: 'forward' | 'backward' = 'forward',
): Entry[] | null {
  try {
    return readEntries(source, from, limit, direction);
  } catch (error) {
    if (storageFailureOf(error) === null) throw error;
    return null;
  }
}

/** Entries in order, a stretch at a time, until one cannot be read. @returns whether it was the table's end that ended them */
function* readableStretches(source: ReadDb, after = 0): Generator<readonly Entry[], boolean> {
  for (let last = after; ;) {
    const stretch = readable(source, last, STRETCH) ?? readable(source, last, 1);
    if (stretch === null || stretch.length === 0) return stretch !== null;
    yield stretch;
    last = stretch.at(-1)?.seq ?? last;
  }
}

/** Entries in order, until one cannot be read. @returns whether it was the end of the table that ended them */
export function* readableEntries(source: ReadDb, after = 0): Generator<Entry, boolean> {
  const stretches = readableStretches(source, after);
  for (let next = stretches.next(); ; next = stretches.next()) {
    if (next.done) return next.value;
    yield* next.value;
  }
}

/**
 * The head of what can be kept: the valid entries, without the last command's where that may have lost entries of its
 * own. A command is kept whole or not at all.
 */
export async function keepableHead(source: ReadDb): Promise<Head> {
  const stretches = readableStretches(source);
  let head = EMPTY_HEAD;
  let before: Entry | null = null;
  let whole = EMPTY_HEAD;
  for (let next = stretches.next(); ; next = stretches.next()) {
    if (next.done) return next.value ? head : whole;
    for (const entry of next.value) {
      if (before !== null && (before.commandId === null || before.commandId !== entry.commandId))
        whole = head;
      if (faultOf(entry, head) !== null) return whole;
      head = headAfter(entry);
      before = entry;
    }
    await pause();
  }
}

/** A reply that cannot be read is forgotten: its command is then refused as one that was used already. */
function keepReply(source: ReadDb, target: WriteDb, commandId: string): void {
  try {
    takeOverMemory(source, target, commandId);
  } catch (error) {
    if (storageFailureOf(error) !== 'ledger-damaged') throw error;
  }
}

async function copyChain(source: ReadDb, target: WriteDb, length: number): Promise<void> {
  const commandIds = new Set<string>();
  for (const stretch of readableStretches(source)) {
    for (const entry of stretch) {
      if (entry.seq > length) break;
      insertEntry(target, entry);
      replayEntry(target, entry);
      if (entry.commandId !== null) commandIds.add(entry.commandId);
    }
    if ((stretch.at(-1)?.seq ?? 0) >= length) break;
    await pause();
  }
  for (const commandId of commandIds) keepReply(source, target, commandId);
}

/** One transaction in a file that nobody else knows of. */
async function inTransaction(connection: Connection, work: () => Promise<void>): Promise<void> {
  connection.exec('BEGIN IMMEDIATE');
  try {
    await work();
    connection.exec('COMMIT');
  } finally {
    if (connection.inTransaction) connection.exec('ROLLBACK');
  }
}

/**
 * @param targetPath  a file that does not exist yet
 * @returns how many entries were saved
 * @throws SqliteError when nothing of the file can be read, or the new one cannot be written
 */
export async function salvageChain(sourcePath: string, targetPath: string): Promise<number> {
  const source = openForReading(sourcePath);
  try {
    const db = readHandle(source);
    const { seq } = await keepableHead(db);
    const connection = openForWriting(targetPath);
    try {
      migrate(connection, 0);
      await inTransaction(connection, () => copyChain(db, writeHandle(connection), seq));
      connection.pragma('wal_checkpoint(TRUNCATE)');
      return seq;
    } finally {
      connection.close();
    }
  } finally {
    source.close();
  }
}
