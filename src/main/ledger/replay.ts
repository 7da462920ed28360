/**
 * Applies entries to empty projections, in order: the same projectors that ran when the entries were written. Payloads
 * were checked then and are covered by the hash, so a replay reads them as they are. No key is needed.
 */
import { ENTRY_KINDS, isEntryKind } from './entry-kinds/index.ts';
import type { EntryKindDefinition } from './entry-kinds/definition.ts';
import type { Entry } from './entry.ts';
import type { ReadDb, WriteDb } from './handles.ts';
import { readEntries } from './queries/entries.ts';

export interface ReplayOptions {
  /** Called after each stretch with the number of entries applied so far. */
  readonly onProgress?: (done: number) => void;
  /** Aborting ends the work with the signal's reason thrown. */
  readonly signal?: AbortSignal;
}

const STRETCH = 1000;

const NOTE_COMMAND = `
  INSERT INTO commands (command_id, first_seq, last_seq) VALUES (:commandId, :firstSeq, :lastSeq)
  ON CONFLICT (command_id) DO UPDATE SET
    first_seq = min(first_seq, excluded.first_seq), last_seq = max(last_seq, excluded.last_seq)`;

/** Applies one entry to the projections that all earlier ones have made. */
export function replayEntry(target: WriteDb, entry: Entry): void {
  applyEntry(target, entry);
  if (entry.commandId !== null) {
    target.run(NOTE_COMMAND, { commandId: entry.commandId, firstSeq: entry.seq, lastSeq: entry.seq });
  }
}

function applyEntry(target: WriteDb, entry: Entry): void {
  if (!isEntryKind(entry.kind)) throw new Error(`entry ${entry.seq} is of an unknown kind`);
  const definition = ENTRY_KINDS[entry.kind] as EntryKindDefinition<unknown>; // its own payload, checked when written
  const { seq, effectiveSeconds, actor } = entry;
  definition.project(target, JSON.parse(entry.payload), { seq, effectiveSeconds, actor });
}

/** Entries of a command stand together: one row is written per run of them and not one per entry. */
function noteCommands(target: WriteDb, entries: readonly Entry[]): void {
  let run: { commandId: string; firstSeq: number; lastSeq: number } | null = null;
  for (const { commandId, seq } of entries) {
    if (run && run.commandId === commandId) {
      run.lastSeq = seq;
      continue;
    }
    if (run) target.run(NOTE_COMMAND, run);
    run = commandId === null ? null : { commandId, firstSeq: seq, lastSeq: seq };
  }
  if (run) target.run(NOTE_COMMAND, run);
}

/**
 * Replays the whole chain of `source` into the empty projections of `target`, inside the caller's transaction.
 * @returns how many entries were applied
 * @throws what a projector throws: then the entries contradict each other
 */
export async function replayEntries(
  source: ReadDb,
  target: WriteDb,
  options: ReplayOptions = {},
): Promise<number> {
  options.signal?.throwIfAborted();
  let last = 0;
  for (last of replayStretches(source, target)) {
    options.onProgress?.(last);
    await new Promise((resolve) => setImmediate(resolve));
    options.signal?.throwIfAborted();
  }
  return last;
}

/** The same in one go. */
export function replayAtOnce(source: ReadDb, target: WriteDb): number {
  return [...replayStretches(source, target)].at(-1) ?? 0;
}

/** Applies a stretch each time it is asked for the next one. @yields the last sequence number applied so far */
function* replayStretches(source: ReadDb, target: WriteDb): Generator<number> {
  let last = 0;
  for (;;) {
    const stretch = readEntries(source, last, STRETCH);
    for (const entry of stretch) applyEntry(target, entry);
    noteCommands(target, stretch);
    last = stretch.at(-1)?.seq ?? last;
    yield last;
    if (stretch.length < STRETCH) return;
  }
}
