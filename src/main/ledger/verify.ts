/**
 * Proves the chain: sequence without gaps, every hash right and linked to the one before, hybrid time rising, epochs
 * and sites changing only where an entry says so. Needs no key, writes nothing, and yields to the event loop, so that
 * it can run beside the window.
 */
import type { ChainFaultCode } from '../../shared/domain/ledger-verdict.ts';
import { hashOfEntry, NO_HASH } from './entry.ts';
import type { Entry } from './entry.ts';
import { isEntryKind } from './entry-kinds/index.ts';
import type { ReadDb } from './handles.ts';
import { readEntries } from './queries/entries.ts';
import type { Head } from './queries/head.ts';
import { EMPTY_HEAD } from './append.ts';

export interface ChainFault {
  /** The entry that is wrong. */
  readonly seq: number;
  readonly code: ChainFaultCode;
}

export interface ChainReport {
  /** Entries looked at. */
  readonly length: number;
  readonly head: Head;
  /** In order of the chain; at most `FAULTS_MAX`. Empty: the chain is whole. */
  readonly faults: readonly ChainFault[];
}

export interface VerifyOptions {
  /** Called after each stretch with the number of entries verified so far. */
  readonly onProgress?: (done: number) => void;
  /** Aborting ends the work with the signal's reason thrown. */
  readonly signal?: AbortSignal;
}

const FAULTS_MAX = 100;
const STRETCH = 2000;

function isLater(entry: Entry, before: Head): boolean {
  const last = before.recorded;
  if (last === null) return true;
  const { ms, counter } = entry.recorded;
  return ms > last.ms || (ms === last.ms && counter > last.counter);
}

function explainsEpoch(entry: Entry, before: Head): boolean {
  if (entry.kind === 'epoch-started') return entry.epoch === before.epoch + 1;
  return entry.epoch === before.epoch && entry.site === before.site;
}

/** What is wrong with `entry`, given the one before it: the first fault in the order of `CHAIN_FAULTS`, or null. */
export function faultOf(entry: Entry, before: Head): ChainFaultCode | null {
  if (entry.seq !== before.seq + 1) return 'sequence-gap';
  if (entry.previousHash !== (before.seq === 0 ? NO_HASH : before.hash)) return 'link-wrong';
  if (hashOfEntry(entry) !== entry.hash) return 'hash-wrong';
  if (!isLater(entry, before)) return 'time-not-rising';
  if (!explainsEpoch(entry, before)) return 'epoch-unexplained';
  return isEntryKind(entry.kind) ? null : 'kind-unknown';
}

/** The head of a chain that ends with `entry`. */
export function headAfter({ seq, hash, site, epoch, recorded }: Entry): Head {
  return { seq, hash, site, epoch, recorded };
}

/** Verifies every entry, from the first. @throws SqliteError when the file cannot be read (a damaged page) */
export async function verifyChain(db: ReadDb, options: VerifyOptions = {}): Promise<ChainReport> {
  const faults: ChainFault[] = [];
  let head = EMPTY_HEAD;
  let length = 0;
  for (;;) {
    options.signal?.throwIfAborted();
    const stretch = readEntries(db, head.seq, STRETCH);
    for (const entry of stretch) {
      const code = faultOf(entry, head);
      if (code !== null && faults.length < FAULTS_MAX) faults.push({ seq: entry.seq, code });
      head = headAfter(entry);
    }
    length += stretch.length;
    options.onProgress?.(length);
    if (stretch.length < STRETCH) return { length, head, faults };
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Verifies the last entry alone, as on every open: O(1). @returns null when it is right or the chain is empty */
export function faultOfHead(db: ReadDb): ChainFault | null {
  const last = readEntries(db, Number.MAX_SAFE_INTEGER, 2, 'backward').reverse();
  const [before, entry] = last.length === 2 ? last : [undefined, last[0]];
  if (!entry) return null;
  const code = faultOf(entry, before ? headAfter(before) : EMPTY_HEAD);
  return code === null ? null : { seq: entry.seq, code };
}
