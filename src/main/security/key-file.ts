/**
 * The key store's rows: the only module that reads and writes its SQLite file. Every row is checked against its
 * checksum when it is read; a row that fails is a damaged file, never a missing key.
 */
import {
  isOfDatabase,
  openForWriting,
  openScratch,
  storageFailureOf,
  structureFaults,
  writeHandle,
} from '../ledger/storage.ts';
import type { Connection, ReadDb, WriteDb } from '../ledger/storage.ts';
import {
  KEY_STORE_APPLICATION_ID,
  KEY_STORE_SQL,
  KEY_STORE_VERSION,
  rowChecksum,
} from './key-store-schema.ts';

/** A row whose checksum is wrong. Its key must not be used, and nothing be written, before the file is restored. */
export class KeyStoreDamaged extends Error {
  readonly table: string;

  constructor(table: string) {
    super(`key store: a row of ${table} is damaged`);
    this.table = table;
  }
}

export type SecretName = 'store-id' | 'digest-key' | 'draft-key';

export interface DraftRow {
  readonly staffId: string;
  readonly formKey: string;
  readonly subject: string | null;
  readonly savedAt: number;
  readonly content: string;
}

type Cell = string | number | Uint8Array | null;

/** Columns of each table in the order of its checksum, the row's key first. */
const CHECKED_TABLES = {
  secrets: `SELECT name, value, checksum FROM secrets`,
  subject_keys: `SELECT subject, key, checksum FROM subject_keys`,
  numbers: `SELECT number_digest, subject, checksum FROM numbers`,
  erased: `SELECT subject, erased_at_seconds, checksum FROM erased`,
  drafts: `SELECT staff_id, form_key, subject, saved_at_seconds, content, checksum FROM drafts`,
} as const;
type CheckedTable = keyof typeof CHECKED_TABLES;

function isWhole(table: CheckedTable, row: Readonly<Record<string, Cell>>): boolean {
  const cells = Object.values(row);
  const checksum = cells.pop();
  return checksum instanceof Uint8Array && rowChecksum(table, cells).equals(checksum);
}

interface Damage {
  readonly table: string;
  /** Its key, or what of the table is damaged. */
  readonly row: string;
}

/** Rows of every table that do not match their checksums, and tables that are not as they were made. */
export function damageIn(db: ReadDb): Damage[] {
  const tables = Object.keys(CHECKED_TABLES) as CheckedTable[]; // its own keys
  return tables.flatMap((table) => damageInTable(db, table));
}

function damageInTable(db: ReadDb, table: CheckedTable): Damage[] {
  try {
    return db
      .all<Record<string, Cell>>(CHECKED_TABLES[table])
      .filter((row) => !isWhole(table, row))
      .map((row) => ({ table, row: String(Object.values(row)[0]) }));
  } catch (error) {
    if (!isOfDatabase(error) || storageFailureOf(error) !== null) throw error;
    return [{ table, row: 'schema' }]; // a name in it was altered: SQLite knows no such table or column
  }
}

/** Header, schema, pages and indexes: a row that no index leads to would outlive its patient's erasure. */
export function brokenStructureOf(connection: Connection): string[] {
  const marks = [KEY_STORE_APPLICATION_ID, KEY_STORE_VERSION].join();
  const found = ['application_id', 'user_version']
    .map((name) => connection.pragma(name, { simple: true }))
    .join();
  return [
    ...(found === marks ? [] : ['page 1: not marked as a key store of this version']),
    ...(schemaOf(connection) === schemaAsMade() ? [] : ['the schema is not as it was made']),
    ...structureFaults(connection),
  ];
}

function schemaOf(connection: Connection): string {
  const rows = connection.prepare<[], string>(
    'SELECT name || sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name',
  );
  return rows.pluck().all().join('\n');
}

function schemaAsMade(): string {
  const scratch = openScratch();
  try {
    scratch.exec(KEY_STORE_SQL);
    return schemaOf(scratch);
  } finally {
    scratch.close();
  }
}

export class KeyFile {
  readonly path: string;
  /** What is written goes no further than this process. */
  readonly isInMemory: boolean;
  readonly #connection: Connection;
  readonly #db: WriteDb;

  constructor(opened: {
    readonly path: string;
    readonly connection: Connection;
    readonly isInMemory?: boolean;
  }) {
    const { path, connection, isInMemory = false } = opened;
    this.path = path;
    this.isInMemory = isInMemory;
    this.#connection = connection;
    this.#db = writeHandle(connection);
  }

  transact<Value>(work: () => Value): Value {
    if (this.#connection.inTransaction) return work();
    return this.#connection.transaction(work).immediate();
  }

  /** @throws KeyStoreDamaged when it is missing or altered */
  secret(name: SecretName): Buffer {
    const row = this.#whole('secrets', `${CHECKED_TABLES.secrets} WHERE name = :name`, { name });
    if (!(row?.['value'] instanceof Uint8Array)) throw new KeyStoreDamaged('secrets');
    return Buffer.from(row['value']);
  }

  putSecret(name: SecretName, value: Buffer): void {
    this.#db.run(`INSERT INTO secrets (name, value, checksum) VALUES (:name, :value, :checksum)`, {
      name,
      value,
      checksum: rowChecksum('secrets', [name, value]),
    });
  }

  /** @throws KeyStoreDamaged */
  findKey(subject: string): Buffer | null {
    const row = this.#whole('subject_keys', `${CHECKED_TABLES.subject_keys} WHERE subject = :subject`, {
      subject,
    });
    return row?.['key'] instanceof Uint8Array ? Buffer.from(row['key']) : null;
  }

  /** @throws Error for a subject that was erased: it never gets another key */
  addKey(subject: string, key: Buffer): void {
    if (this.#db.get(`SELECT 1 FROM erased WHERE subject = :subject`, { subject }) !== null) {
      throw new Error('the subject was erased');
    }
    this.#db.run(`INSERT INTO subject_keys (subject, key, checksum) VALUES (:subject, :key, :checksum)`, {
      subject,
      key,
      checksum: rowChecksum('subject_keys', [subject, key]),
    });
  }

  findNumber(numberDigest: string): string | null {
    const row = this.#whole('numbers', `${CHECKED_TABLES.numbers} WHERE number_digest = :numberDigest`, {
      numberDigest,
    });
    return typeof row?.['subject'] === 'string' ? row['subject'] : null;
  }

  addNumber(numberDigest: string, subject: string): void {
    this.#db.run(
      `INSERT INTO numbers (number_digest, subject, checksum) VALUES (:numberDigest, :subject, :checksum)`,
      { numberDigest, subject, checksum: rowChecksum('numbers', [numberDigest, subject]) },
    );
  }

  removeSubject(subject: string, atSeconds: number): void {
    this.#db.run(`DELETE FROM numbers WHERE subject = :subject`, { subject });
    this.#db.run(`DELETE FROM drafts WHERE subject = :subject`, { subject });
    this.#db.run(`DELETE FROM subject_keys WHERE subject = :subject`, { subject });
    this.#db.run(
      `INSERT INTO erased (subject, erased_at_seconds, checksum) VALUES (:subject, :atSeconds, :checksum)
       ON CONFLICT (subject) DO NOTHING`,
      { subject, atSeconds, checksum: rowChecksum('erased', [subject, atSeconds]) },
    );
  }

  listErased(): string[] {
    return this.#db
      .all<{ subject: string }>(`SELECT subject FROM erased ORDER BY subject`)
      .map((row) => row.subject);
  }

  putDraft(draft: DraftRow): void {
    const { staffId, formKey, subject, savedAt, content } = draft;
    this.#db.run(
      `INSERT INTO drafts (staff_id, form_key, subject, saved_at_seconds, content, checksum)
       VALUES (:staffId, :formKey, :subject, :savedAt, :content, :checksum)
       ON CONFLICT (staff_id, form_key) DO UPDATE SET subject = excluded.subject,
         saved_at_seconds = excluded.saved_at_seconds, content = excluded.content, checksum = excluded.checksum`,
      {
        staffId,
        formKey,
        subject,
        savedAt,
        content,
        checksum: rowChecksum('drafts', [staffId, formKey, subject, savedAt, content]),
      },
    );
  }

  findDraft(staffId: string, formKey: string): { content: string; savedAt: number } | null {
    const row = this.#whole(
      'drafts',
      `${CHECKED_TABLES.drafts} WHERE staff_id = :staffId AND form_key = :formKey`,
      { staffId, formKey },
    );
    return row ? { content: String(row['content']), savedAt: Number(row['saved_at_seconds']) } : null;
  }

  removeDraft(staffId: string, formKey: string): void {
    this.#db.run(`DELETE FROM drafts WHERE staff_id = :staffId AND form_key = :formKey`, {
      staffId,
      formKey,
    });
  }

  listDrafts(): DraftRow[] {
    return this.#db
      .all<Record<string, Cell>>(CHECKED_TABLES.drafts)
      .filter((row) => isWhole('drafts', row))
      .map((row) => ({
        staffId: String(row['staff_id']),
        formKey: String(row['form_key']),
        subject: row['subject'] === null ? null : String(row['subject']),
        savedAt: Number(row['saved_at_seconds']),
        content: String(row['content']),
      }));
  }

  /** The whole file as it stands. */
  content(): Buffer {
    return this.#connection.serialize();
  }

  /** Empties the write-ahead log: what was deleted is then nowhere in the file or beside it. */
  scrub(): void {
    this.#connection.pragma('wal_checkpoint(TRUNCATE)');
  }

  findDamage(): Damage[] {
    return damageIn(this.#db);
  }

  /** What is wrong with the file's structure or its schema, in SQLite's words; empty: nothing. */
  findBrokenStructure(): string[] {
    return brokenStructureOf(this.#connection);
  }

  close(): void {
    this.#connection.close();
  }

  #whole(
    table: CheckedTable,
    sql: string,
    params: Readonly<Record<string, string>>,
  ): Record<string, Cell> | null {
    const row = this.#db.get<Record<string, Cell>>(sql, params);
    if (row !== null && !isWhole(table, row)) throw new KeyStoreDamaged(table);
    return row;
  }
}

/** Opens the file with what a key store needs on top of a ledger's settings. */
export function openKeyFile(path: string): Connection {
  return openForWriting(path, { secure_delete: 1 });
}
