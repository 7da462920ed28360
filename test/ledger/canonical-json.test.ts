import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../src/main/ledger/index.ts';

/* Cases of RFC 8785, section 3.2, and what its rules imply. */
const cases = [
  {
    name: 'sorts keys by UTF-16 code units',
    value: { '\u20ac': 1, '\r': 2, '1': 3, ö: 4 },
    want: '{"\\r":2,"1":3,"ö":4,"€":1}',
  },
  {
    name: 'sorts astral characters by their surrogates',
    value: { '\ufb33': 1, '😀': 2 },
    want: '{"😀":2,"\ufb33":1}',
  },
  {
    name: 'sorts keys that look like numbers as text',
    value: { 9: 'a', 10: 'b' },
    want: '{"10":"b","9":"a"}',
  },
  {
    name: 'writes numbers as ECMAScript does',
    value: [1e21, 0.000001, -0, 333333333.33333329],
    want: '[1e+21,0.000001,0,333333333.3333333]',
  },
  { name: 'escapes only what must be', value: '\u000f\n"\\/€', want: '"\\u000f\\n\\"\\\\/€"' },
  {
    name: 'sorts at every depth',
    value: [{ b: { d: 1, c: 2 }, a: [] }],
    want: '[{"a":[],"b":{"c":2,"d":1}}]',
  },
  { name: 'leaves harmless text alone', value: '\\ud800', want: '"\\\\ud800"' },
];

test.each(cases)('$name', ({ value, want }) => {
  expect(canonicalJson(value)).toBe(want);
});

test('refuses what JSON cannot hold', () => {
  for (const value of [
    undefined,
    () => 1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '\ud800',
    { a: ['\udc00'] },
  ]) {
    expect(() => canonicalJson(value)).toThrow();
  }
});

test('says what the reference implementation says, for any JSON', () => {
  const json = fc.jsonValue({ maxDepth: 4 });
  fc.assert(
    fc.property(json, (value) => {
      expect(canonicalJson(value)).toBe(canonicalize(value));
    }),
    { numRuns: 500, seed: 20261118 },
  );
});
