/**
 * Works through the same short day again and again, each time with another call to the disk failing:
 * `spoilt-days.ts <folder> <traces> <spoilings as JSON>`. Runs under the recorder. Prints a line of JSON for each day:
 * what was acknowledged, what was refused and how, and what nothing had an answer for.
 */
import { mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { TestApplication } from '../usecases/application.ts';
import { ACKNOWLEDGED } from './after-crash.ts';
import { DeskDay } from './desk-day.ts';
import type { Fact } from './desk-day.ts';
import { armFault, countCalls, disarmFaults, recordTo } from './recorded-process.ts';
import type { FaultKind } from './recorded-process.ts';

export interface Spoiling {
  readonly kind: FaultKind;
  /** Which call of that kind fails, from 1. */
  readonly nth: number;
  readonly errno: number;
  /** All later ones fail as well. */
  readonly isLasting: boolean;
}

export interface SpoiltDay {
  readonly spoiling: Spoiling;
  readonly folder: string;
  readonly trace: string;
  readonly facts: readonly Fact[];
  /** Codes of refusals, in order; null for what was accepted. */
  readonly codes: readonly (string | null)[];
  /** What the application logged, by code. */
  readonly logged: readonly string[];
  /** Errors that no refusal stands for. */
  readonly thrown: readonly string[];
  readonly calls: Record<FaultKind, number>;
}

const SEED = 7;
const STEPS = [
  ...['work', 'work', 'work', 'work', 'work', 'back-up', 'work', 'work', 'restart', 'work', 'work', 'work'],
  ...['back-up', 'work'],
];

/** As the window does: looks how things stand, which tries again after a problem; sets the clinic up where there is none. */
async function take(app: TestApplication, day: DeskDay, step: string): Promise<string | null> {
  const { problem, clinic } = await app.get('app.state', {});
  if (problem !== null) return problem;
  if (clinic === null) return day.found();
  if (step === 'back-up') return day.backUp();
  if (step === 'work') return day.step();
  await app.restart();
  return null;
}

async function spoilDay(watched: string, traces: string, spoiling: Spoiling): Promise<SpoiltDay> {
  const name = `${spoiling.kind}-${spoiling.nth}-${spoiling.errno}-${spoiling.isLasting ? 'on' : 'once'}`;
  const folder = join(watched, name);
  const trace = join(traces, name);
  const [facts, codes, thrown]: [Fact[], (string | null)[], string[]] = [[], [], []];
  mkdirSync(join(folder, 'stick'), { recursive: true });
  recordTo(trace);
  const notes = openSync(join(folder, ACKNOWLEDGED), 'a');
  const app = new TestApplication(undefined, folder);
  app.answers.folder = join(folder, 'stick');
  const day = new DeskDay({
    ask: (channel, request, commandId) => app.ask(channel, request, commandId),
    tell: (fact: Fact) => facts.push(fact),
    seed: SEED,
    name: 'day',
  });
  armFault(spoiling.kind, spoiling.nth, spoiling);
  const attempt = async (work: () => Promise<string | null>): Promise<void> => {
    try {
      codes.push(await work());
    } catch (error) {
      thrown.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
  };
  await attempt(async () => {
    await app.open();
    return null;
  });
  for (const step of STEPS) {
    app.clock.forward(3);
    await attempt(() => take(app, day, step));
  }
  const calls = countCalls(join(traces, 'counts'));
  disarmFaults();
  writeSync(notes, facts.map((fact) => `${JSON.stringify(fact)}\n`).join(''));
  recordTo('/dev/null');
  const logged = app.logged.map(({ code }) => code);
  await attempt(async () => {
    await app.application.close();
    return null;
  });
  return { spoiling, folder, trace, facts, codes, logged, thrown, calls };
}

const [, , watched = '', traces = '', spoilings = '[]'] = process.argv;
for (const spoiling of JSON.parse(spoilings) as Spoiling[])
  // written by the test
  process.stdout.write(`${JSON.stringify(await spoilDay(watched, traces, spoiling))}\n`);
