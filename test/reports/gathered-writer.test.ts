/** Pieces of every length and kind come out as they went in, also where one does not fit into what is left of the buffer. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { GatheredWriter } from '../../src/main/reports/writers/gathered-writer.ts';

const folder = mkdtempSync(join(tmpdir(), 'clinic-gathered-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const length = fc.oneof(fc.nat(100), fc.nat(300_000), fc.constantFrom(262_144, 262_143, 262_145, 87_381));
const text = fc
  .tuple(fc.constantFrom('a', 'é', '诊', '𝄞', 'x诊𝄞'), length)
  .map(([unit, count]) => unit.repeat(count));
const bytes = length.map((count) => new Uint8Array(count).fill(count % 251));

it('writes what it is given', async () => {
  const path = join(folder, 'file');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(text, bytes), { maxLength: 6 }), async (pieces) => {
      const file = await open(path, 'w');
      const writer = new GatheredWriter(file);
      for (const piece of pieces) await writer.write(piece);
      await writer.flush();
      await file.close();
      const wanted = Buffer.concat(pieces.map((piece) => Buffer.from(piece)));
      expect(writer.bytes).toBe(wanted.byteLength);
      expect(readFileSync(path).equals(wanted)).toBe(true);
    }),
    { numRuns: 40 },
  );
});
