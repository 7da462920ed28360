/**
 * A process that works as the application for a while and notes what it acknowledged:
 * `recorded-day.ts <folder> <seed> <commands>`. It never ends in order: the power is cut.
 */
import { mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { TestApplication } from '../usecases/application.ts';
import { DeskDay } from './desk-day.ts';
import type { Fact } from './desk-day.ts';
import { ACKNOWLEDGED } from './after-crash.ts';

const [, , folder = '', seed = '0', commands = '0'] = process.argv;
const notes = openSync(join(folder, ACKNOWLEDGED), 'a');
const app = new TestApplication(undefined, folder);
app.answers.folder = join(folder, 'stick');
mkdirSync(app.answers.folder);
const day = new DeskDay({
  ask: (channel, request, commandId) => app.ask(channel, request, commandId),
  tell: (fact: Fact) => writeSync(notes, `${JSON.stringify(fact)}\n`),
  seed: Number(seed),
  name: 'day',
});

const count = Number(commands);
await app.open();
await day.found();
for (let done = 1; done <= count; done += 1) {
  app.clock.forward(3);
  await day.step();
  if (done % 10 === 0) await app.application.tick();
  if (done % Math.ceil(count / 4) === 0) await app.restart();
  if (done === Math.floor(count * 0.4) || done === Math.floor(count * 0.8)) await day.backUp();
}
process.exit(0);
