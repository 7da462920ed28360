/**
 * Opens the application on a ledger, asks for one report several times, and prints as JSON how long each took, and what
 * its way to the window costs.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
import Database from 'better-sqlite3';
import type { Result } from '../../../src/shared/result.ts';
import { TestApplication } from '../../support/usecases/application.ts';
import type { Answered, Asked } from './year.ts';

const ROUNDS = 7;
const WAYS = 50;
const [, , folder = '', at = '', asked = ''] = process.argv;
const { period, grouping, unsettles } = JSON.parse(asked) as Asked; // written by `year.ts`
const opened = await new TestApplication(at, folder).open();
await opened.application.warm();
await opened.application.settled();
if (unsettles !== null) {
  const books = new Database(opened.ledgerPath);
  books
    .prepare('DELETE FROM settled_days WHERE from_seconds <= ? AND until_seconds > ?')
    .run(unsettles, unsettles);
  books.close();
}
const cpuMs: number[] = [];
const wallMs: number[] = [];
// As the window's own process asks: the shape of an answer is checked by tests and not by a packaged application.
const { handlers } = opened.application;
const context = { commandId: null };
const ask = (): Promise<Result<unknown>> =>
  period === null
    ? handlers['report.periods']({}, context)
    : handlers['report.utilization']({ period, poolIds: null, subsystems: null, grouping }, context);
let answer: unknown = null;
for (let round = 0; round <= ROUNDS; round += 1) {
  const [before, begun] = [process.threadCpuUsage(), performance.now()];
  const reply = await ask();
  if (!reply.ok) throw new Error(`refused: ${reply.error.code}`);
  answer = reply.value;
  wallMs.push(performance.now() - begun);
  const { user, system } = process.threadCpuUsage(before);
  cpuMs.push((user + system) / 1000);
  await pause(20); // as between two clicks: what was left is collected
}
/** Packed here, unpacked in the window's process, as Electron does it. @returns milliseconds of one of many */
function wayCpuMs(): number {
  const before = process.threadCpuUsage();
  for (let time = 0; time < WAYS; time += 1) deserialize(serialize(answer));
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000 / WAYS;
}

const answered: Answered = {
  firstCpuMs: cpuMs[0] ?? NaN,
  cpuMs: cpuMs.slice(1),
  wallMs: wallMs.slice(1),
  wayCpuMs: wayCpuMs(),
  bytes: serialize(answer).length,
};
console.log(JSON.stringify(answered));
await opened.application.close();
