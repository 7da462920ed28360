/**
 * Whatever people do at the desk, the application never promises more than there is: desk days drawn from a seed, with
 * rooms given up and taken back, work begun late, ended early and undone, are proven to have an entry for every excess.
 */
import { expect, test } from 'vitest';
import { proveFile } from '../../src/main/ledger/index.ts';
import { Dice } from '../../src/main/usecases/sample/random.ts';
import { DeskDay } from '../support/faults/desk-day.ts';
import { TestApplication } from '../support/usecases/application.ts';

const STEPS = 40;

test.each([4, 11])('every excess of desk day %i has its entry', async (seed) => {
  const app = await new TestApplication().open();
  try {
    const dice = new Dice(seed * 1000);
    const desk = new DeskDay({
      ask: (channel, request, id) => app.ask(channel, request, id || undefined),
      tell: () => undefined,
      seed,
      name: `seed-${seed}`,
    });
    expect(await desk.found()).toBeNull();
    for (let step = 0; step < STEPS; step += 1) {
      await desk.step();
      app.clock.forward(dice.between(0, 25));
      if (dice.percent(30)) await app.application.tick();
      if (dice.percent(10)) await app.ask('task.undo', { commandId: null });
    }
    const proof = await proveFile(app.ledgerPath);
    expect(proof.chain?.faults).toEqual([]);
    expect(proof.excess).toEqual([]);
  } finally {
    await app.close();
  }
});
