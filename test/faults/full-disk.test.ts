/**
 * A small disk that fills up, and one that turns read-only, under the application itself: the person is told why, nothing
 * acknowledged is lost, and work goes on once there is room again.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CrashCheck } from '../support/faults/after-crash.ts';
import { DeskDay } from '../support/faults/desk-day.ts';
import type { Fact } from '../support/faults/desk-day.ts';
import { countFault } from '../support/faults/tally.ts';
import { SmallDisk } from '../support/ledger/small-disk.ts';
import { TestApplication } from '../support/usecases/application.ts';

const NO_DISK = 'mounting a small file system needs root on Linux';
const STEPS_MAX = 1500;

interface Desk {
  readonly app: TestApplication;
  readonly day: DeskDay;
  readonly facts: Fact[];
}

async function deskOn(disk: SmallDisk): Promise<Desk> {
  const app = new TestApplication(undefined, disk.folder);
  app.answers.folder = join(disk.folder, 'stick');
  mkdirSync(app.answers.folder);
  const facts: Fact[] = [];
  const day = new DeskDay({
    ask: (channel, request, commandId) => app.ask(channel, request, commandId),
    tell: (fact) => facts.push(fact),
    seed: 11,
    name: 'day',
  });
  await app.open();
  await day.found();
  return { app, day, facts };
}

/** @returns the first refusal that has to do with the disk */
async function workUntilRefused({ app, day }: Desk): Promise<string | null> {
  const ofTheDisk = ['disk-full', 'ledger-io', 'ledger-read-only', 'ledger-unavailable'];
  for (let step = 0; step < STEPS_MAX; step += 1) {
    app.clock.forward(2);
    const code = await day.step();
    if (code !== null && ofTheDisk.includes(code)) return code;
  }
  return null;
}

async function goOn({ app, day, facts }: Desk, disk: SmallDisk): Promise<string[]> {
  expect(await app.get('app.state', {})).toMatchObject({ problem: null, readOnly: null });
  const before = facts.length;
  for (let step = 0; step < 8; step += 1) await day.step();
  expect(facts.length).toBeGreaterThan(before);
  await app.application.close();
  return new CrashCheck().faultsIn(disk.folder, facts, { goesOn: true });
}

test('a full disk is told as one, loses nothing, and work goes on once there is room', async ({ skip }) => {
  const disk = SmallDisk.mount(4096);
  if (!disk) return skip(NO_DISK);
  try {
    const filler = join(disk.folder, 'filler');
    const desk = await deskOn(disk);
    writeFileSync(filler, Buffer.alloc(3 * 1024 * 1024));
    expect(await workUntilRefused(desk)).toBe('disk-full');
    const full = await desk.app.get('app.state', {});
    expect(full).toMatchObject({ problem: null, readOnly: 'disk-full' });
    expect(full.head?.length).toBeGreaterThan(0);
    expect(await desk.day.backUp()).not.toBeNull();
    writeFileSync(filler, '');
    expect(await goOn(desk, disk)).toEqual([]);
    countFault({
      fault: 'a full disk under the application',
      cases: `4 MB, full after ${desk.facts.length} acknowledgements`,
      result: 'told as disk-full, 0 acknowledged commands lost, work went on',
    });
  } finally {
    disk.unmount();
  }
});

test('a disk that turns read-only is told as one, and loses nothing', async ({ skip }) => {
  const disk = SmallDisk.mount(16_384);
  if (!disk) return skip(NO_DISK);
  try {
    const desk = await deskOn(disk);
    for (let step = 0; step < 10; step += 1) await desk.day.step();
    await desk.app.application.close(); // a file system in use is not turned
    disk.setReadOnly(true);
    await desk.app.open();
    expect(await desk.app.get('app.state', {})).toMatchObject({
      problem: null,
      readOnly: 'ledger-read-only',
    });
    expect(await desk.app.ask('today.get', {})).toMatchObject({ ok: true });
    expect(await desk.day.step()).toBe('ledger-read-only');
    disk.setReadOnly(false);
    expect(await goOn(desk, disk)).toEqual([]);
    countFault({
      fault: 'a disk that has turned read-only',
      cases: `${desk.facts.length} acknowledgements`,
      result: 'told as ledger-read-only, 0 acknowledged commands lost, work went on',
    });
  } finally {
    disk.unmount();
  }
});
