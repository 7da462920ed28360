/**
 * The two forms in which what identifies a patient may enter the ledger: ciphertext under the patient's own key, and a
 * keyed digest. The ledger checks their form and never opens them; `security/` makes and opens them.
 */

declare const sealedBrand: unique symbol;
declare const digestBrand: unique symbol;

/** `s1.` and base64url of nonce (12 bytes), ciphertext and tag (16 bytes). */
export type Sealed = string & { readonly [sealedBrand]: true };
/** HMAC-SHA-256 in lower-case hexadecimal. */
export type Digest = string & { readonly [digestBrand]: true };

const SEALED_PATTERN = /^s1\.[A-Za-z0-9_-]{38,}$/;
const DIGEST_PATTERN = /^[0-9a-f]{64}$/;

export function isSealed(value: unknown): boolean {
  return typeof value === 'string' && SEALED_PATTERN.test(value);
}

export function isDigest(value: unknown): boolean {
  return typeof value === 'string' && DIGEST_PATTERN.test(value);
}

/** @throws RangeError unless `value` has the form of ciphertext */
export function sealed(value: string): Sealed {
  if (!isSealed(value)) throw new RangeError('not ciphertext');
  return value as Sealed; // checked on the line above
}

/** @throws RangeError unless `value` has the form of a digest */
export function digest(value: string): Digest {
  if (!isDigest(value)) throw new RangeError('not a digest');
  return value as Digest; // checked on the line above
}
