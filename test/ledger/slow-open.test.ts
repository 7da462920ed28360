import { copyFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keyStorePath, openLedger, opensSlowly } from '../../src/main/ledger/index.ts';
import { accepted, FakeClock } from '../support/ledger/temporary-ledger.ts';

const FORM_10 = join(import.meta.dirname, '../fixtures/ledger/form-10.ledger');
const MB = 1024 * 1024;

let path: string;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slow-'));
  path = join(folder, 'clinic.ledger');
  await accepted(await openLedger({ path, clock: new FakeClock() })).close();
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A clock that passes so many milliseconds between two looks. */
function clock(step: number): () => number {
  let now = 0;
  return () => (now += step);
}

function makeLarge(file: string, bytes: number): void {
  writeFileSync(file, '');
  truncateSync(file, bytes);
}

it.each([
  { name: 'an ordinary ledger', make: () => undefined, step: 1, want: false },
  { name: 'no file at all', make: () => rmSync(path), step: 1, want: false },
  { name: 'a file that is no ledger', make: () => writeFileSync(path, 'a letter'), step: 1, want: false },
  { name: 'a disk that takes long for the first page', make: () => undefined, step: 150, want: true },
  { name: 'an older form', make: () => copyFileSync(FORM_10, path), step: 1, want: true },
  { name: 'a long log left behind', make: () => makeLarge(`${path}-wal`, 16 * MB), step: 1, want: true },
  { name: 'very many keys', make: () => makeLarge(keyStorePath(path), 32 * MB), step: 1, want: true },
])('expects $want of $name', ({ make, step, want }) => {
  make();
  expect(opensSlowly(path, clock(step))).toBe(want);
});
