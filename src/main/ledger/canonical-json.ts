/**
 * Canonical JSON (RFC 8785, JCS): one text per value, whatever order its keys were made in. Payloads are stored and
 * hashed in this form, so anyone can recompute a hash from the parsed value. The work is done by `canonicalize`
 * (the implementation of the RFC's own author); what JSON cannot hold is refused here instead of being dropped.
 */
import canonicalize from 'canonicalize';

/** @throws TypeError when `value` is not representable in JSON (undefined, a function) */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('value has no JSON form');
  return text;
}
