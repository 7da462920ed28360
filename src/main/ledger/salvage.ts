/**
 * Copies the longest valid chain out of a file that may be damaged anywhere: entries one after another, from the first,
 * until one is wrong or cannot be read. Nothing else of the file is trusted; projections are made anew, and replies to
 * commands are kept only where their checksum is right.
 */
import { EMPTY_HEAD } from './append.ts';
import { takeOverMemory } from './commands.ts';
import { openForReading, openForWriting } from './connection.ts';
import type { Entry } from './entry.ts';
import { insertEntry } from './entry-rows.ts';
import { readHandle, writeHandle } from './handles.ts';
import type { ReadDb, WriteDb } from './handles.ts';
import { migrate } from './migrations/index.ts';
import { readEntries } from './queries/entries.ts';
import { replayEntry } from './replay.ts';
import { storageFailureOf } from './sqlite-failure.ts';
import { faultOf, headAfter } from './verify.ts';

/** Entries read at once; around a damaged place they are read one by one. */
const STRETCH = 500;

function readable(source: ReadDb, after: number, limit: number): Entry[] | null {
  try {
    return readEntries(source, after, limit);
  } catch (error) {
    if (storageFailureOf(error) === null) throw error;
    return null;
  }
}

/** Entries in order, until one cannot be read. @returns whether it was the end of the table that ended them */
export function* readableEntries(source: ReadDb): Generator<Entry, boolean> {
  for (let last = 0; ;) {
    const stretch = readable(source, last, STRETCH) ?? readable(source, last, 1);
    if (stretch === null || stretch.length === 0) return stretch !== null;
    yield* stretch;
    last = stretch.at(-1)?.seq ?? last;
  }
}

/**
 * How many entries can be kept: the valid ones, without the last command's where that may have lost entries of its own.
 * A command is kept whole or not at all.
 */
function keepableLength(source: ReadDb): number {
  const entries = readableEntries(source);
  let head = EMPTY_HEAD;
  let before: Entry | null = null;
  let whole = 0;
  for (let next = entries.next(); ; next = entries.next()) {
    if (next.done) return next.value ? head.seq : whole;
    const entry = next.value;
    if (before !== null && (before.commandId === null || before.commandId !== entry.commandId))
      whole = before.seq;
    if (faultOf(entry, head) !== null) return whole;
    head = headAfter(entry);
    before = entry;
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

function copyChain(source: ReadDb, target: WriteDb): number {
  const length = keepableLength(source);
  const commandIds = new Set<string>();
  for (const entry of readableEntries(source)) {
    if (entry.seq > length) break;
    insertEntry(target, entry);
    replayEntry(target, entry);
    if (entry.commandId !== null) commandIds.add(entry.commandId);
  }
  for (const commandId of commandIds) keepReply(source, target, commandId);
  return length;
}

/**
 * @param targetPath  a file that does not exist yet
 * @returns how many entries were saved
 * @throws SqliteError when nothing of the file can be read, or the new one cannot be written
 */
export function salvageChain(sourcePath: string, targetPath: string): number {
  const source = openForReading(sourcePath);
  try {
    const connection = openForWriting(targetPath);
    try {
      migrate(connection, 0);
      const saved = connection
        .transaction(() => copyChain(readHandle(source), writeHandle(connection)))
        .immediate();
      connection.pragma('wal_checkpoint(TRUNCATE)');
      return saved;
    } finally {
      connection.close();
    }
  } finally {
    source.close();
  }
}
