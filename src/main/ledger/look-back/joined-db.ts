/**
 * One `ReadDb` over the two parts of a look back. Tasks lie in both: most stand in the ledger's own tables as they stood
 * then, some were put back into a scratch database; a task and everything of it lies in one of the two. Entries,
 * patients and pathways are the ledger's, everything else about the clinic is in the scratch database.
 */
import type { Join, Params, ReadDb } from '../handles.ts';
import { TASK_TABLES } from '../projections/tables.ts';

const OF_TASKS = new RegExp(`\\b(?:FROM|JOIN) (?:${TASK_TABLES.join('|')})\\b`);
const OF_THE_CHAIN = /\b(?:FROM|JOIN) (?:entries|patients|pathways|commands)\b/;

type Part = 'both' | 'ledger' | 'scratch';

/** By the tables that a statement reads; a test goes through every query. */
export function partOf(sql: string): Part {
  if (OF_TASKS.test(sql)) return 'both';
  return OF_THE_CHAIN.test(sql) ? 'ledger' : 'scratch';
}

export class JoinedDb implements ReadDb {
  readonly isJoined = true;
  readonly #ledger: ReadDb;
  readonly #scratch: ReadDb;
  readonly #partOf = new Map<string, Part>();

  /** @param ledger  the ledger's tables, without what came after and without the tasks that `scratch` has */
  constructor(ledger: ReadDb, scratch: ReadDb) {
    this.#ledger = ledger;
    this.#scratch = scratch;
  }

  get<Row>(sql: string, params?: Params, join?: Join<Row>): Row | null {
    const found = this.#partsOf(sql).flatMap((db) => db.get<Row>(sql, params) ?? []);
    return (join && found.length > 1 ? join(found) : found)[0] ?? null;
  }

  all<Row>(sql: string, params?: Params, join?: Join<Row>): Row[] {
    const [first, second] = this.#partsOf(sql).map((db) => db.all<Row>(sql, params));
    if (!first || !second) return first ?? [];
    if (second.length === 0) return first;
    const rows = [...first, ...second];
    return join ? join(rows) : rows;
  }

  *iterate<Row>(sql: string, params?: Params): IterableIterator<Row> {
    for (const db of this.#partsOf(sql)) yield* db.iterate<Row>(sql, params);
  }

  #partsOf(sql: string): ReadDb[] {
    let part = this.#partOf.get(sql);
    if (part === undefined) {
      part = partOf(sql);
      this.#partOf.set(sql, part);
    }
    if (part === 'both') return [this.#ledger, this.#scratch];
    return [part === 'ledger' ? this.#ledger : this.#scratch];
  }
}
