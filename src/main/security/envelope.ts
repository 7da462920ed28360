/**
 * Ciphertext as it stands in ledger and key store: AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D). The
 * authenticated data binds it to its place, so that ciphertext moved to another patient or field does not open.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { sealed } from '../ledger/index.ts';
import type { Sealed } from '../ledger/index.ts';

const ALGORITHM = 'aes-256-gcm';
const PREFIX = 's1.';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export const KEY_BYTES = 32;

/** Where a ciphertext belongs. */
export interface Place {
  /** The key store's own id: fixed when it is made, carried along by backups and copies. */
  readonly store: string;
  /** Whose key: a patient, a task, a draft. */
  readonly subject: string;
  /** `identity`, `note`, `draft`. */
  readonly field: string;
}

function authenticatedData(place: Place): Buffer {
  return Buffer.from(JSON.stringify([PREFIX, place.store, place.subject, place.field]), 'utf8');
}

/** Encrypts UTF-8 text under a 32-byte key. */
export function seal(key: Buffer, place: Place, plaintext: string): Sealed {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(authenticatedData(place));
  const body = Buffer.concat([nonce, cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return sealed(PREFIX + body.toString('base64url'));
}

/** @returns the text, or null when it was not sealed under this key for this place (or was altered since) */
export function unseal(key: Buffer, place: Place, ciphertext: Sealed): string | null {
  const body = Buffer.from(ciphertext.slice(PREFIX.length), 'base64url');
  if (body.length < NONCE_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv(ALGORITHM, key, body.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(authenticatedData(place));
  decipher.setAuthTag(body.subarray(body.length - TAG_BYTES));
  const text = decipher.update(body.subarray(NONCE_BYTES, body.length - TAG_BYTES));
  try {
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    return null; // the tag does not match: `final` has no other way to fail
  }
}
