/**
 * `kill -9` in the middle of commands, again and again on the same ledger: nothing acknowledged is lost, nothing is half
 * there. Once with the application's use cases in a plain process, once with the built application in its window.
 * `FAULTS_KILLS` and `FAULTS_WINDOW_KILLS` set how often.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { Dice } from '../../src/main/usecases/sample/random.ts';
import { CONTRACT } from '../../src/shared/contract/index.ts';
import type { ChannelName, Reply, Request } from '../../src/shared/contract/index.ts';
import type { OpenedWindow } from '../support/electron-app.ts';
import { openWindow } from '../support/electron-app.ts';
import { CrashCheck, parseFacts } from '../support/faults/after-crash.ts';
import { DeskDay } from '../support/faults/desk-day.ts';
import type { Fact } from '../support/faults/desk-day.ts';
import { countFault } from '../support/faults/tally.ts';

const KILLS = Number(process.env['FAULTS_KILLS'] ?? 4);
const WINDOW_KILLS = Number(process.env['FAULTS_WINDOW_KILLS'] ?? 2);
const SEED = Number(process.env['FAULTS_SEED'] ?? 20261118);
const DESK = join(import.meta.dirname, '../support/faults/busy-desk.ts');

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Lets a desk work until it has told some facts, and a moment longer; kills it, and gives all it has told. */
async function workUntilKilled(args: readonly string[], enough: number, momentMs: number): Promise<Fact[]> {
  const child = spawn(process.execPath, [DESK, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = once(child, 'exit');
  const facts: Fact[] = [];
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      facts.push(...parseFacts(line));
      if (facts.length === enough) setTimeout(() => child.kill('SIGKILL'), momentMs);
    }
  } finally {
    child.kill('SIGKILL');
    await gone;
  }
  return facts;
}

test(
  'a killed process has lost nothing that it acknowledged',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'killed-'));
    const dice = new Dice(SEED);
    const check = new CrashCheck();
    const facts: Fact[] = [];
    for (let kill = 0; kill < KILLS; kill += 1) {
      const at = new Date(Date.UTC(2026, 10, 18, 2, 20 + kill)).toISOString();
      const args = [folder, String(SEED + kill), `desk-${kill}`, at];
      facts.push(...(await workUntilKilled(args, dice.between(2, 12), dice.below(40))));
      const faults = await check.faultsIn(folder, facts, { goesOn: kill % 5 === 4 });
      expect({ kill, faults }).toEqual({ kill, faults: [] });
    }
    rmSync(folder, { recursive: true });
    countFault({
      fault: 'kill -9 of the application as a process',
      cases: `${KILLS} kills, ${facts.length} acknowledgements`,
      result: '0 acknowledged commands lost, all proven',
    });
  },
  KILLS * 30_000 + 60_000,
);

/** Asks through the bridge, as the window's own page does. */
function askIn({ page }: OpenedWindow) {
  return async <N extends ChannelName>(
    channel: N,
    body: Request<N>,
    commandId: string,
  ): Promise<Reply<N>> => {
    const sent = CONTRACT[channel].kind === 'command' ? { commandId, body } : { body };
    const given = JSON.stringify([channel, sent]);
    const reply: string = await page.evaluate(
      `window.clinicAllocator.invoke(...${given})`, // the bridge as preload exposes it
    );
    return JSON.parse(reply) as Reply<N>; // the contract's own handler made it
  };
}

interface WindowWork {
  readonly facts: readonly Fact[];
  /** Whether a command was under way when the window was killed. */
  readonly isInterrupted: boolean;
}

async function workInWindow(ledger: string, name: string, dice: Dice): Promise<WindowWork> {
  const window = await openWindow({ ledger, language: 'en' });
  const facts: Fact[] = [];
  const ask = askIn(window);
  const day = new DeskDay({ ask, tell: (fact) => facts.push(fact), seed: dice.below(1_000_000), name });
  const enough = dice.between(2, 8);
  let isKilled = false;
  try {
    const state = await ask('app.state', {}, '');
    if (state.ok && state.value.clinic === null) await day.found();
    for (let isArmed = false; ;) {
      if (facts.length >= enough && !isArmed) {
        isArmed = true;
        void pause(dice.below(60)).then(() => {
          isKilled = true;
          window.electronApp.process().kill('SIGKILL');
        });
      }
      await day.step();
    }
  } catch (error) {
    if (!isKilled) throw error;
    return { facts, isInterrupted: true };
  } finally {
    await window.close();
  }
}

test(
  'a window that is killed has lost nothing that it acknowledged',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'killed-window-'));
    const ledger = join(folder, 'clinic.ledger');
    const dice = new Dice(SEED, 1);
    const check = new CrashCheck();
    const facts: Fact[] = [];
    for (let kill = 0; kill < WINDOW_KILLS; kill += 1) {
      const work = await workInWindow(ledger, `window-${kill}`, dice);
      facts.push(...work.facts);
      expect(work.isInterrupted).toBe(true);
      const at = new Date().toISOString();
      const faults = await check.faultsIn(folder, facts, { goesOn: kill % 5 === 4, at });
      expect({ kill, faults }).toEqual({ kill, faults: [] });
    }
    rmSync(folder, { recursive: true });
    countFault({
      fault: 'kill -9 of the application in its window',
      cases: `${WINDOW_KILLS} kills, each in the middle of a command, ${facts.length} acknowledgements`,
      result: '0 acknowledged commands lost, all proven',
    });
  },
  WINDOW_KILLS * 60_000 + 60_000,
);
