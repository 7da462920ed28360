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

/** The quoted form of the few texts that stand in very many entries: sites, kinds, people, the command just now. */
const quotedTexts = new Map<string, string>();
const QUOTED_TEXTS_MAX = 1000;

function quoted(text: string | null): string {
  if (text === null) return 'null';
  const known = quotedTexts.get(text);
  if (known !== undefined) return known;
  if (quotedTexts.size >= QUOTED_TEXTS_MAX) quotedTexts.clear();
  const made = JSON.stringify(text);
  quotedTexts.set(text, made);
  return made;
}

/** The entry's hash, in lower-case hexadecimal. The header is put together as `JSON.stringify` would write it. */
export function hashOfEntry(fields: EntryFields): string {
  const { site, epoch, seq, recorded, effectiveSeconds, kind, actor, commandId, previousHash } = fields;
  const texts = `${quoted(kind)},${quoted(actor)},${quoted(commandId)},"${previousHash}"`;
  const header = `["${ENCODING}",${quoted(site)},${epoch},${seq},${recorded.ms},${recorded.counter},${effectiveSeconds},${texts}]`;
  return digestOf('sha256', `${header}\n${fields.payload}`, 'hex');
}

/** The entry's content is what was written, whatever is wrong with the chain around it. */
export function isAsWritten(entry: Entry): boolean {
  return hashOfEntry(entry) === entry.hash;
}
