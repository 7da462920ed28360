/**
 * A process that works as the application and says every fact on its standard output, until it is killed:
 * `busy-desk.ts <folder> <seed> <name> <time as ISO text>`.
 */
import { TestApplication } from '../usecases/application.ts';
import { DeskDay } from './desk-day.ts';

const [, , folder = '', seed = '0', name = '', at = ''] = process.argv;
const app = new TestApplication(at, folder);
const day = new DeskDay({
  ask: (channel, request, commandId) => app.ask(channel, request, commandId),
  tell: (fact) => process.stdout.write(`${JSON.stringify(fact)}\n`),
  seed: Number(seed),
  name,
});
await app.open();
const { clinic } = await app.get('app.state', {});
if (clinic === null) await day.found();
for (;;) {
  app.clock.forward(1 / 60);
  await day.step();
  await new Promise((resolve) => setImmediate(resolve)); // what was said has left this process
}
