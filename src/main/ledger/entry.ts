/**
 * One entry of the ledger and its hash. The hash is SHA-256 over UTF-8 bytes: the canonical JSON of an array of every
 * other field in a fixed order, one line feed, and the canonical payload. JSON text holds no raw line feed, so the
 * first one ends the header and no two entries share an encoding. The leading text names the encoding: a later one
 * would get another name. See docs/decisions/0020-entry-form.md.
 */
import { hash as digestOf } from 'node:crypto';
import type { HybridTime } from './hybrid-clock.ts';

const ENCODING = 'clinic-allocator/entry/1';

/** The hash before the first entry. */
export const NO_HASH = '0'.repeat(64);

export interface EntryFields {
  /** Position in the chain, from 1, without gaps. */
  readonly seq: number;
  /** The installation that wrote it. */
  readonly site: string;
  /** Rises by one with every restore, recovery or copy. */
  readonly epoch: number;
  /** When it was recorded. */
  readonly recorded: HybridTime;
  /** When it happened: UTC seconds. */
  readonly effectiveSeconds: number;
  readonly kind: string;
  /** A staff id, or `system`. */
  readonly actor: string;
  /** Null for what no command asked for (a new epoch). */
  readonly commandId: string | null;
  /** Canonical JSON. */
  readonly payload: string;
  /** Lower-case hexadecimal. */
  readonly previousHash: string;
}

export interface Entry extends EntryFields {
  /** Lower-case hexadecimal. */
  readonly hash: string;
}

/** The entry's hash, in lower-case hexadecimal. */
export function hashOfEntry(fields: EntryFields): string {
  const header = JSON.stringify([
    ENCODING,
    fields.site,
    fields.epoch,
    fields.seq,
    fields.recorded.ms,
    fields.recorded.counter,
    fields.effectiveSeconds,
    fields.kind,
    fields.actor,
    fields.commandId,
    fields.previousHash,
  ]);
  return digestOf('sha256', `${header}\n${fields.payload}`, 'hex');
}
