/** `kill -9` in the middle of commands: nothing acknowledged is lost, nothing is half there. `LEDGER_KILLS` sets how many. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { findSetting, isProven, openReader, proveLedger } from '../../src/main/ledger/index.ts';
import { accepted } from '../support/ledger/temporary-ledger.ts';

const KILLS = Number(process.env['LEDGER_KILLS'] ?? 4);
const WRITER = join(import.meta.dirname, '../support/ledger/busy-writer.ts');

/** Lets a writer run for a number of acknowledged rounds and a little more, kills it, and gives the last one it said. */
async function writeUntilKilled(path: string, from: number, rounds: number): Promise<number> {
  const child = spawn(process.execPath, [WRITER, path, String(from)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit');
  let last = from - 1;
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      last = Number(line);
      if (last >= from + rounds) child.kill('SIGKILL');
    }
  } finally {
    child.kill('SIGKILL');
    await gone;
  }
  return last;
}

test('a killed writer has lost nothing that it acknowledged', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'killed-'));
  const path = join(folder, 'clinic.ledger');
  let from = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const acknowledged = await writeUntilKilled(path, from, 5 + kill * 7);
    const reader = accepted(openReader(path));
    const last = Number(findSetting(reader.db, 'last-round'));
    expect(last).toBeGreaterThanOrEqual(acknowledged);
    for (let round = 0; round <= last; round += 1) {
      expect(findSetting(reader.db, `round-${round}`)).not.toBeNull();
    }
    reader.close();
    expect(isProven(await proveLedger(path))).toBe(true);
    from = last + 1;
  }
  rmSync(folder, { recursive: true });
}, 300_000);
