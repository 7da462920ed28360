/**
 * The clock is set back, forward, stands still or changes for daylight saving between any two commands: entries keep the
 * order in which they were recorded, over restarts too, and every one of them lies after the one before it in hybrid time.
 * `FAULTS_CLOCKS` sets how many random clocks are tried.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isProven, openReader, proveLedger, readEntries } from '../../src/main/ledger/index.ts';
import { Dice } from '../../src/main/usecases/sample/random.ts';
import { memoryFolder } from '../support/faults/recorded-process.ts';
import { DeskDay } from '../support/faults/desk-day.ts';
import type { AcknowledgedCommand } from '../support/faults/desk-day.ts';
import { countFault } from '../support/faults/tally.ts';
import { TestApplication } from '../support/usecases/application.ts';
import { accepted } from '../support/ledger/temporary-ledger.ts';

const CLOCKS = Number(process.env['FAULTS_CLOCKS'] ?? 3);
const SEED = Number(process.env['FAULTS_SEED'] ?? 20261118);
const COMMANDS = 14;
/** The night in which Berlin goes back from 03:00 to 02:00, and the one in which it goes forward. */
const NIGHTS = ['2026-10-25T00:30:00Z', '2027-03-28T00:30:00Z', '2026-11-18T02:20:00Z'];
/** What happens to a clock between two commands: milliseconds. */
const TURNS = [0, 0, 0, 1, 999, -1, -60_000, -3_600_000, 3_600_000, 600_000, -7_200_000, 20 * 3_600_000];

const folder = mkdtempSync(join(memoryFolder(), 'clocks-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function workUnder(dice: Dice, start: string): Promise<{ path: string; told: AcknowledgedCommand[] }> {
  const app = new TestApplication(start, mkdtempSync(join(folder, 'c-')));
  const told: AcknowledgedCommand[] = [];
  const day = new DeskDay({
    ask: (channel, request, commandId) => app.ask(channel, request, commandId),
    tell: (fact) => {
      if (fact.what === 'command') told.push(fact);
    },
    seed: dice.below(1_000_000),
    name: 'day',
  });
  await app.open();
  await day.found();
  for (let done = 0; done < COMMANDS; done += 1) {
    app.clock.ms += dice.pick(TURNS);
    const code = await day.step();
    if (code === 'clock-jump') await app.get('clock.confirm', {}); // as the person at the desk does
    if (dice.percent(15)) await app.restart();
  }
  await app.application.close();
  return { path: app.ledgerPath, told };
}

test(
  'entries keep the order in which they were recorded, whatever the clock does',
  async () => {
    let entries = 0;
    for (let run = 0; run < CLOCKS; run += 1) {
      const dice = new Dice(SEED, run);
      const { path, told } = await workUnder(dice, NIGHTS[run % NIGHTS.length] ?? '');
      const reader = accepted(openReader(path));
      const chain = readEntries(reader.db, 0, 10_000);
      reader.close();
      const times = chain.map(({ recorded }) => recorded);
      const inOrder = times.toSorted((left, right) => left.ms - right.ms || left.counter - right.counter);
      expect({ run, times }).toEqual({ run, times: inOrder });
      expect(new Set(times.map(({ ms, counter }) => `${ms}/${counter}`)).size).toBe(times.length);
      const lastSeqs = told.map(({ seq }) => seq);
      expect(lastSeqs).toEqual(lastSeqs.toSorted((left, right) => left - right));
      const order = told.map(({ commandId }) => chain.findIndex((entry) => entry.commandId === commandId));
      expect(order).toEqual(order.toSorted((left, right) => left - right));
      expect(isProven(await proveLedger(path))).toBe(true);
      entries += chain.length;
    }
    countFault({
      fault: 'clocks set back, forward, standing still, daylight saving',
      cases: `${CLOCKS} clocks, ${entries} entries`,
      result: 'hybrid time rises, commands in the order of their answers',
    });
  },
  CLOCKS * 20_000 + 30_000,
);
