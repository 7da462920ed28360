/** Opens the application on a ledger, asks for one report several times, and prints how long each took, as JSON. */
import { setTimeout as pause } from 'node:timers/promises';
import { TestApplication } from '../../support/usecases/application.ts';
import type { Answered, Asked } from './year.ts';

const ROUNDS = 7;
const [, , folder = '', at = '', asked = ''] = process.argv;
const { period, grouping, warms } = JSON.parse(asked) as Asked; // written by `year.ts`
const opened = await new TestApplication(at, folder).open();
if (warms) {
  await opened.application.warm();
  await opened.application.settled();
}
const cpuMs: number[] = [];
const wallMs: number[] = [];
for (let round = 0; round <= ROUNDS; round += 1) {
  const [before, begun] = [process.threadCpuUsage(), performance.now()];
  // As the window's own process asks: the shape of an answer is checked by tests and not by a packaged application.
  const request = { period, poolIds: null, subsystems: null, grouping };
  const reply = await opened.application.handlers['report.utilization'](request, { commandId: null });
  if (!reply.ok) throw new Error(`refused: ${reply.error.code}`);
  wallMs.push(performance.now() - begun);
  const { user, system } = process.threadCpuUsage(before);
  cpuMs.push((user + system) / 1000);
  await pause(20); // as between two clicks: what was left is collected
}
const answered: Answered = { firstCpuMs: cpuMs[0] ?? NaN, cpuMs: cpuMs.slice(1), wallMs: wallMs.slice(1) };
console.log(JSON.stringify(answered));
await opened.application.close();
