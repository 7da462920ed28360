/**
 * Canonical JSON (RFC 8785, JCS): one text per value, whatever order its keys were made in. Payloads are stored and
 * hashed in this form, so anyone can recompute a hash from the parsed value. The work is done by `canonicalize`
 * (the implementation of the RFC's own author). Where every object's keys stand in order already, which checked
 * payloads arrange, the engine's own JSON text is the canonical one and a fifth of the work; a test compares the two.
 */
import canonicalize from 'canonicalize';

/** Lone surrogates, which RFC 8785 refuses, are written as these escapes; harmless text may look like one. */
const MAYBE_LONE_SURROGATE = /\\ud[89a-f]/;

function isOrderedObject(value: Readonly<Record<string, unknown>>): boolean {
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  const keys = Object.keys(value);
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index] ?? '';
    if (index > 0 && key <= (keys[index - 1] ?? '')) return false;
    if (!isInOrder(value[key])) return false;
  }
  return true;
}

/** Whether every object in `value` has its keys in the order of their UTF-16 code units, and nothing but JSON in it. */
function isInOrder(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'object':
      if (value === null) return true;
      if (Array.isArray(value)) return value.every(isInOrder);
      return isOrderedObject(value as Record<string, unknown>); // an object that is neither null nor an array
    default:
      return false;
  }
}

/** @throws TypeError when `value` is not representable in JSON (undefined, a function) */
export function canonicalJson(value: unknown): string {
  if (isInOrder(value)) {
    const text = JSON.stringify(value);
    if (!MAYBE_LONE_SURROGATE.test(text)) return text;
  }
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('value has no JSON form');
  return text;
}
