/**
 * The form of the key store: a mutable SQLite file beside the ledger. Each row carries a checksum over its columns, so
 * that a flipped byte is noticed before a key opens nothing. Deleted content is overwritten (`secure_delete`), and
 * gone from the write-ahead log once that has been truncated.
 */
import { createHash } from 'node:crypto';

/** "CLAK" in ASCII. */
export const KEY_STORE_APPLICATION_ID = 0x434c414b;
export const KEY_STORE_VERSION = 10;

export const KEY_STORE_SQL = `
CREATE TABLE secrets (
  name TEXT PRIMARY KEY CHECK (name IN ('store-id', 'digest-key', 'draft-key')),
  value BLOB NOT NULL,
  checksum BLOB NOT NULL CHECK (length(checksum) = 16)
) STRICT, WITHOUT ROWID;

CREATE TABLE subject_keys (
  subject TEXT PRIMARY KEY CHECK (length(subject) BETWEEN 1 AND 64),
  key BLOB NOT NULL CHECK (length(key) = 32),
  checksum BLOB NOT NULL CHECK (length(checksum) = 16)
) STRICT, WITHOUT ROWID;

-- The clinic's patient numbers as keyed digests; an erased patient's are gone.
CREATE TABLE numbers (
  number_digest TEXT PRIMARY KEY CHECK (length(number_digest) = 64),
  subject TEXT NOT NULL REFERENCES subject_keys,
  checksum BLOB NOT NULL CHECK (length(checksum) = 16)
) STRICT, WITHOUT ROWID;
CREATE INDEX numbers_by_subject ON numbers (subject);

-- Subjects whose key was destroyed: never given another one.
CREATE TABLE erased (
  subject TEXT PRIMARY KEY,
  erased_at_seconds INTEGER NOT NULL,
  checksum BLOB NOT NULL CHECK (length(checksum) = 16)
) STRICT, WITHOUT ROWID;

CREATE TABLE drafts (
  staff_id TEXT NOT NULL,
  form_key TEXT NOT NULL,
  subject TEXT,
  saved_at_seconds INTEGER NOT NULL,
  content TEXT NOT NULL,
  checksum BLOB NOT NULL CHECK (length(checksum) = 16),
  PRIMARY KEY (staff_id, form_key)
) STRICT, WITHOUT ROWID;
`;

type Column = string | number | Uint8Array | null;

/** The first 16 bytes of SHA-256 over table name and columns, each with its length before it. */
export function rowChecksum(table: string, columns: readonly Column[]): Buffer {
  const hash = createHash('sha256');
  for (const column of [table, ...columns]) {
    const bytes = column instanceof Uint8Array ? column : Buffer.from(JSON.stringify(column), 'utf8');
    hash.update(`${bytes.length}:`).update(bytes);
  }
  return hash.digest().subarray(0, 16);
}
