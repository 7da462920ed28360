/**
 * Puts entries at the end of the chain and applies them to the projections, in the caller's transaction. Holds the
 * head of the chain in memory, because one connection writes; after a rollback the caller puts the head back.
 */
import { canonicalJson } from './canonical-json.ts';
import { hashOfEntry, NO_HASH } from './entry.ts';
import type { EntryFields } from './entry.ts';
import { insertEntry } from './entry-rows.ts';
import { ENTRY_KINDS } from './entry-kinds/index.ts';
import type { EntryKind, EntryPayloads } from './entry-kinds/index.ts';
import type { WriteDb } from './handles.ts';
import type { HybridClock } from './hybrid-clock.ts';
import type { Head } from './queries/head.ts';

/** The head before the first entry. */
export const EMPTY_HEAD: Head = { seq: 0, hash: NO_HASH, site: '', epoch: 0, recorded: null };

export interface Author {
  readonly actor: string;
  readonly commandId: string | null;
}

export interface Chain {
  readonly site: string;
  readonly epoch: number;
}

export class EntryWriter {
  readonly #db: WriteDb;
  readonly #clock: HybridClock;
  #head: Head;

  constructor(db: WriteDb, clock: HybridClock, head: Head) {
    this.#db = db;
    this.#clock = clock;
    this.#head = head;
  }

  head(): Head {
    return this.#head;
  }

  /** Takes back what was appended since `head`: the transaction was rolled back. */
  rewind(head: Head): void {
    this.#head = head;
    this.#clock.rewind(head.recorded);
  }

  /**
   * Checks the payload, appends the entry and projects it.
   * @param effectiveSeconds  when it happened
   * @param chain  a new epoch or site begins with this entry; otherwise the head's goes on
   * @returns its sequence number
   * @throws ZodError when the payload is not of the kind's form; ProjectionConflict; SqliteError
   */
  append<Kind extends EntryKind>(
    kind: Kind,
    payload: EntryPayloads[Kind],
    effectiveSeconds: number,
    author: Author,
    chain: Chain = this.#head,
  ): number {
    const definition = ENTRY_KINDS[kind];
    const checked = definition.payload.parse(payload);
    const fields: EntryFields = {
      seq: this.#head.seq + 1,
      site: chain.site,
      epoch: chain.epoch,
      recorded: this.#clock.tick(),
      effectiveSeconds,
      kind,
      actor: author.actor,
      commandId: author.commandId,
      payload: canonicalJson(checked),
      previousHash: this.#head.hash,
    };
    const hash = hashOfEntry(fields);
    insertEntry(this.#db, { ...fields, hash });
    definition.project(this.#db, checked, { seq: fields.seq, effectiveSeconds, actor: author.actor });
    this.#head = { seq: fields.seq, hash, site: fields.site, epoch: fields.epoch, recorded: fields.recorded };
    return fields.seq;
  }
}
