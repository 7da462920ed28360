/**
 * What keeping the longest valid chain of a damaged file would leave out, told before it is done. Reads only, trusts
 * nothing: of the entries that would go it tells those that can still be read, and of each whether its own hash is right.
 */
import { openForReading } from './connection.ts';
import { isAsWritten } from './entry.ts';
import type { Entry } from './entry.ts';
import { readHandle } from './handles.ts';
import type { ReadDb } from './handles.ts';
import { findHead } from './queries/head.ts';
import type { Head } from './queries/head.ts';
import { keepableHead, readable, readableEntries } from './salvage.ts';
import { storageFailureOf } from './sqlite-failure.ts';

/** Entries told one by one. */
export const LOST_TOLD_MAX = 200;

export interface LostEntry {
  readonly entry: Entry;
  /** Its content is what was written, whatever is wrong with the chain around it. */
  readonly isAsWritten: boolean;
}

export interface SalvagePreview {
  /** The last entry that would be kept; an empty chain's where not even the first can be read. */
  readonly kept: Head;
  /** Entries that would be left out; null where the end of the table cannot be read. */
  readonly lostEntries: number | null;
  /** How many of those can be read. */
  readonly readableEntries: number;
  /** How many of those there are of each kind, as they say themselves. */
  readonly kinds: ReadonlyMap<string, number>;
  /** The first of those, in order; at most `LOST_TOLD_MAX`. */
  readonly told: readonly LostEntry[];
  /** When the last of them that is as written was recorded, milliseconds; null where there is none. */
  readonly lostUntilMs: number | null;
}

/** What else is wanted of the file while it is open. It is damaged: anything may be in its tables. */
type Look<Seen> = (db: ReadDb, told: readonly LostEntry[]) => Seen;

/**
 * @returns null where nothing of the file can be read @throws SqliteError when it cannot be read now (rights, a disk that
 * fails)
 */
export async function previewSalvage<Seen>(
  path: string,
  look: Look<Seen>,
): Promise<(SalvagePreview & { readonly seen: Seen }) | null> {
  try {
    const connection = openForReading(path);
    try {
      const db = readHandle(connection);
      const kept = await keepableHead(db);
      const lost = lostAfter(db, kept.seq);
      return { kept, ...lost, seen: look(db, lost.told) };
    } finally {
      connection.close();
    }
  } catch (error) {
    if (storageFailureOf(error) !== 'ledger-damaged') throw error;
    return null;
  }
}

function lostAfter(db: ReadDb, kept: number): Omit<SalvagePreview, 'kept'> {
  const kinds = new Map<string, number>();
  const told: LostEntry[] = [];
  let count = 0;
  let lostUntilMs: number | null = null;
  for (const entry of readableAfter(db, kept)) {
    count += 1;
    kinds.set(entry.kind, (kinds.get(entry.kind) ?? 0) + 1);
    const isBelievable = isAsWritten(entry);
    if (isBelievable) lostUntilMs = Math.max(lostUntilMs ?? 0, entry.recorded.ms);
    if (told.length < LOST_TOLD_MAX) told.push({ entry, isAsWritten: isBelievable });
  }
  const last = lastSeq(db);
  return {
    lostEntries: last === null ? null : last - kept,
    readableEntries: count,
    kinds,
    told,
    lostUntilMs,
  };
}

/** Those before a place that cannot be read, then those behind it: read from the end backward, told in order. */
function* readableAfter(db: ReadDb, kept: number): Generator<Entry> {
  const forward = readableEntries(db, kept);
  let last = kept;
  for (let next = forward.next(); ; next = forward.next()) {
    if (next.done) {
      if (!next.value) yield* readableBehind(db, last);
      return;
    }
    last = next.value.seq;
    yield next.value;
  }
}

/** A damaged page hides as many entries as it held; what lies behind it is reached from the other end. */
const STRETCH = 100;

function readableBehind(db: ReadDb, unreadable: number): Entry[] {
  const found: Entry[] = [];
  for (let from = Number.MAX_SAFE_INTEGER; ;) {
    const stretch = readable(db, from, STRETCH, 'backward') ?? readable(db, from, 1, 'backward');
    const behind = (stretch ?? []).filter(({ seq }) => seq > unreadable);
    found.push(...behind);
    from = behind.at(-1)?.seq ?? from;
    if (stretch === null || behind.length < stretch.length || stretch.length === 0) return found.reverse();
  }
}

function lastSeq(db: ReadDb): number | null {
  try {
    return findHead(db)?.seq ?? 0;
  } catch (error) {
    if (storageFailureOf(error) === null) throw error;
    return null;
  }
}
