/**
 * Random histories of commands with restarts between: the projections that grew with them, those rebuilt from the entries
 * and a naive model in memory say the same. `FAULTS_HISTORIES` sets how many, `FAULTS_SEED` from where; a failure prints
 * its shortest form.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { proveLedger } from '../../src/main/ledger/index.ts';
import { memoryFolder } from '../support/faults/recorded-process.ts';
import { countFault } from '../support/faults/tally.ts';
import { setUpClinic } from '../support/ledger/clinic-rows.ts';
import { modelDifferences } from '../support/ledger/model-differences.ts';
import { RandomHistory, steps } from '../support/ledger/random-history.ts';
import { TemporaryLedger } from '../support/ledger/temporary-ledger.ts';

const HISTORIES = Number(process.env['FAULTS_HISTORIES'] ?? 40);
const SEED = Number(process.env['FAULTS_SEED'] ?? 20261118);

const folder = mkdtempSync(join(memoryFolder(), 'histories-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function expectAgreement(history: RandomHistory): Promise<void> {
  expect(modelDifferences(history)).toEqual([]);
  const proof = await proveLedger(history.books.path);
  expect(proof).toMatchObject({ structure: [], differences: [], excess: [] });
  expect(proof.chain?.faults).toEqual([]);
}

test(
  'live projections equal a rebuild and a naive model after random histories with restarts',
  async () => {
    let commands = 0;
    let restarts = 0;
    const property = fc.asyncProperty(steps, async (all) => {
      const books = await TemporaryLedger.open(mkdtempSync(join(folder, 'h-')));
      try {
        await setUpClinic(books);
        const history = new RandomHistory(books);
        for (const step of all) await history.apply(step);
        restarts += all.filter((step) => step.what === 'restart').length;
        commands += all.length;
        await expectAgreement(history);
      } finally {
        await books.dispose();
      }
    });
    await fc.assert(property, { numRuns: HISTORIES, seed: SEED });
    countFault({
      fault: 'random histories',
      cases: `${HISTORIES} histories: ${commands} steps, ${restarts} restarts`,
      result: 'live projections = rebuilt = naive model',
    });
  },
  HISTORIES * 1000 + 60_000,
);
