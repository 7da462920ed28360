/**
 * Whose file lies at a path, found out without changing it. A damaged ledger is told from a file that never was one:
 * by our application id, which stands in the file's first hundred bytes, or by the key store beside it.
 */
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { openForReading } from './connection.ts';
import { APPLICATION_ID, formOf, NEWEST_VERSION } from './migrations/index.ts';
import { keyStorePath } from './paths.ts';
import { storageFailureOf } from './sqlite-failure.ts';

export type FileIdentity =
  | { readonly kind: 'absent' }
  | { readonly kind: 'ledger'; readonly version: number }
  | { readonly kind: 'newer'; readonly version: number }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'foreign' };

const HEADER_BYTES = 100;
const MAGIC = Buffer.from('SQLite format 3\0', 'latin1');
/** Where SQLite keeps `application_id` (big-endian). */
const APPLICATION_ID_OFFSET = 68;

function readHeader(path: string): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  const file = openSync(path, 'r');
  try {
    return header.subarray(0, readSync(file, header, 0, HEADER_BYTES, 0));
  } finally {
    closeSync(file);
  }
}

/**
 * What lies at `path`. An empty file counts as absent, as for SQLite, unless keys lie beside it.
 * @throws SqliteError or a system error when it cannot be read at all
 */
export function identify(path: string): FileIdentity {
  if (!existsSync(path)) return existsSync(keyStorePath(path)) ? { kind: 'damaged' } : { kind: 'absent' };
  if (!statSync(path).isFile()) return { kind: 'foreign' };
  const header = readHeader(path);
  const hasOurId =
    header.length === HEADER_BYTES && header.readUInt32BE(APPLICATION_ID_OFFSET) === APPLICATION_ID;
  const wasOurs = hasOurId || existsSync(keyStorePath(path));
  if (header.length === 0) return wasOurs ? { kind: 'damaged' } : { kind: 'absent' };
  if (header.length < HEADER_BYTES || !header.subarray(0, MAGIC.length).equals(MAGIC)) {
    return wasOurs ? { kind: 'damaged' } : { kind: 'foreign' };
  }
  return identifySqlite(path, wasOurs);
}

function identifySqlite(path: string, wasOurs: boolean): FileIdentity {
  try {
    const connection = openForReading(path);
    try {
      const form = formOf(connection);
      if (form.applicationId !== APPLICATION_ID) {
        return form.hasTables || form.applicationId !== 0 || wasOurs
          ? { kind: wasOurs ? 'damaged' : 'foreign' }
          : { kind: 'absent' };
      }
      const { version } = form;
      return { kind: version > NEWEST_VERSION ? 'newer' : 'ledger', version };
    } finally {
      connection.close();
    }
  } catch (error) {
    if (storageFailureOf(error) !== 'ledger-damaged') throw error;
    return { kind: wasOurs ? 'damaged' : 'foreign' };
  }
}
