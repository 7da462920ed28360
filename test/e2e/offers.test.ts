/**
 * An offer of a better plan in the real window: a task was kept late although its room has long been free, a search finds
 * that, and the person at the desk takes it or leaves it as it is. The ledger says who did.
 */
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TaskId } from '../../src/shared/ids.ts';
import type { TemporaryLedger } from '../support/electron-app.ts';
import { goTo, inMain } from '../support/electron-app.ts';
import type { TestWindow } from '../support/test-window.ts';
import { testWindow } from '../support/test-window.ts';
import { TestApplication } from '../support/usecases/application.ts';
import { openClinic, visit } from '../support/usecases/rooms.ts';

const MINUTE_MS = 60_000;

let late: TaskId;

/** One room that never closes: the first visit took ten minutes instead of an hour, the second stayed where it was. */
async function keptLate({ folder, path }: TemporaryLedger): Promise<void> {
  const app = new TestApplication(new Date(Date.now() - 12 * MINUTE_MS).toISOString(), folder);
  expect(app.ledgerPath).toBe(join(dirname(path), 'clinic.ledger'));
  await openClinic(app);
  const enter = async (name: string) => (await app.get('task.submit', visit(name))).taskId;
  const first = await enter('Mia Berg');
  await app.get('task.act', { taskId: first, action: 'start', at: null });
  late = await enter('Noah Lind');
  app.clock.forward(10);
  await app.get('task.act', { taskId: first, action: 'finish', at: null });
  await app.application.close();
}

/** When the workspace says that the late visit begins. */
async function startOf({ page, at }: TestWindow): Promise<string> {
  await goTo(page, 'workspace/records');
  return (await at(`task-row-${late}`).locator('.start').textContent()) ?? '';
}

/** The machine wakes: what fell due meanwhile is done, a search for a better plan with it. */
async function offered({ window, page, at }: TestWindow): Promise<void> {
  await goTo(page, 'today');
  const wakes = () =>
    inMain(window.electronApp, ({ powerMonitor }) => {
      powerMonitor.emit('resume');
    });
  // What a start does after its first look at the books ends a search that has begun; the next wakes another.
  const isOffered = async () => {
    await wakes();
    return at('decision-offer').isVisible();
  };
  await expect.poll(isOffered, { timeout: 20_000, interval: 500 }).toBe(true);
}

/** How many entries of the ledger say this. */
async function entriesSaying({ page, at }: TestWindow, sentence: string): Promise<number> {
  await goTo(page, 'ledger');
  return at('ledger-entries').getByRole('gridcell').filter({ hasText: sentence }).count();
}

describe('a better plan that is taken', () => {
  const desk = testWindow('offers/taken', { prepare: keptLate });

  it('is offered with its differences; its rows move, and the ledger names who took it', async () => {
    const adopted = 'Ann adopted a plan: 1 task got another window.';
    const said = await entriesSaying(desk, adopted);
    const before = await startOf(desk);
    await offered(desk);
    expect(await desk.says('decision-offer')).toMatch(
      /A better plan has been found: 1 task starts sooner, \d\d\smin sooner in all\./,
    );
    await desk.at('decision-offer-changes').click();
    const shift = desk.at('decision-offer').getByRole('link');
    expect(await shift.textContent()).toContain('Noah Lind 1980-02-03');
    expect(await desk.says('decision-offer')).toContain(`${before.replace('about ', '')} → `);
    await desk.picture('offered');
    await desk.at('decision-offer-take').click();
    await desk.at('decision-offer').waitFor({ state: 'detached' });
    expect(await startOf(desk)).not.toBe(before);
    await desk.picture('moved');
    expect(await entriesSaying(desk, adopted)).toBe(said + 1);
  });
});

describe('a better plan that is turned down', () => {
  const desk = testWindow('offers/left', { prepare: keptLate, language: 'zh', theme: 'dark' });

  it('leaves everything where it is, is not offered again at once, and is in the ledger', async () => {
    const before = await startOf(desk);
    await offered(desk);
    await desk.picture('offered');
    await desk.at('decision-offer-leave').click();
    await desk.at('decision-offer').waitFor({ state: 'detached' });
    expect(await startOf(desk)).toBe(before);
    expect(await entriesSaying(desk, 'Ann未采纳更优的计划')).toBe(1);
    await desk.picture('ledger');
  });
});
