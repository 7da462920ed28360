/** Delays, times to be over by, and urgencies of a pathway's steps: kept through the ledger, a restart and a cancelled step. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openReader, proveLedger } from '../../src/main/ledger/index.ts';
import { readBooks } from '../../src/main/usecases/planning/books.ts';
import { snapshotOf } from '../../src/main/usecases/planning/snapshot.ts';
import { pathwayId } from '../../src/shared/ids.ts';
import type { TaskId } from '../../src/shared/ids.ts';
import { DAY, HOUR, MINUTE, instant, seconds } from '../../src/shared/units.ts';
import { TestApplication } from '../support/usecases/application.ts';

const HEART = pathwayId('heart-check');
const SLOW = pathwayId('slow-heart-check');
const PATIENT = { identity: { name: 'Mei Lin', birthDate: '1970-05-01', number: '90001' } };

describe('the steps of a care pathway', () => {
  let app: TestApplication;
  beforeAll(async () => {
    app = await new TestApplication().open({ opensSample: true });
    const { pathways } = await app.get('pathway.list', {});
    const heart = pathways.find(({ id }) => id === HEART);
    if (!heart) throw new Error('the sample has it');
    const [visit, watch, scan, claim] = heart.steps;
    if (!visit || !watch || !scan || !claim) throw new Error('four steps');
    const steps = [
      { ...visit, urgency: 2 as const },
      { ...watch, delaySeconds: seconds(30 * MINUTE) },
      { ...scan, delaySeconds: seconds(2 * HOUR), withinSeconds: seconds(DAY), urgency: 3 as const },
      claim,
    ];
    await app.get('pathway.set', { pathway: { ...heart, id: SLOW, steps } });
  }, 60_000);
  afterAll(() => app.close());

  const rowOf = async (taskId: TaskId) => (await app.get('task.get', { taskId })).row;
  const start = async () => {
    const { taskIds } = await app.get('pathway.start', {
      pathwayId: SLOW,
      patient: PATIENT,
      earliestStart: null,
    });
    const [visit, watch, scan, claim] = taskIds;
    if (!visit || !watch || !scan || !claim) throw new Error('four steps');
    return { visit, watch, scan, claim };
  };
  it('are quoted and planned with their delays and urgencies', async () => {
    const quoted = await app.get('pathway.quote', { pathwayId: SLOW, earliestStart: null });
    const [, second, third] = quoted.steps;
    expect([second?.delaySeconds, third?.delaySeconds, third?.urgency]).toEqual([30 * MINUTE, 2 * HOUR, 3]);
    expect(third?.due).toBe((second?.end ?? 0) + DAY);
    expect((third?.start ?? 0) - (second?.end ?? 0)).toBeGreaterThanOrEqual(2 * HOUR);
    const ids = await start();
    const [visit, watch, scan] = await Promise.all([ids.visit, ids.watch, ids.scan].map(rowOf));
    expect([visit?.urgency, scan?.urgency]).toEqual([2, 3]);
    expect(watch?.start).toBeGreaterThanOrEqual((visit?.end ?? Infinity) + 30 * MINUTE);
    expect(scan?.start).toBeGreaterThanOrEqual((watch?.end ?? Infinity) + 2 * HOUR);
  });

  it('say why the next one waits, and for how long', async () => {
    const { scan, watch } = await start();
    const { reason } = await rowOf(scan);
    const stretch = reason?.segments.find(({ rule }) => rule === 'delay');
    expect(stretch).toMatchObject({ delaySeconds: 2 * HOUR, blockers: [{ taskId: watch }] });
  });

  it('are due after the true or planned end of the one before, and the ledger rebuilds to the same', async () => {
    const { visit, watch, scan } = await start();
    const now = instant(app.clock.seconds);
    const path = join(app.folder, 'sample.ledger');
    const reader = openReader(path);
    if (!reader.ok) throw new Error(reader.error.code);
    const books = readBooks(reader.value.db, now);
    reader.value.close();
    const given = { books, now, horizonSeconds: seconds(DAY), timeZoneData: 'test' };
    const { tasks } = snapshotOf(given);
    const task = (id: TaskId) => tasks.find((each) => each.id === id);
    const before = books.allocations.get(watch)?.segments.at(-1)?.end ?? 0;
    expect(task(scan)).toMatchObject({ after: [watch], delays: [2 * HOUR], due: before + DAY });
    expect(task(visit)?.due).toBeNull();
    const over = { taskId: watch, at: instant(now - HOUR) };
    const later = snapshotOf({ ...given, books: { ...books, ended: [over] } });
    expect(later.tasks.find(({ id }) => id === scan)?.due).toBe(over.at + DAY);
    expect(await proveLedger(path)).toMatchObject({ structure: [], differences: [], chain: { faults: [] } });
  });

  it('close up with the delays before and behind a cancelled one', async () => {
    const { visit, watch, scan } = await start();
    await app.get('task.act', { taskId: watch, action: 'cancel', at: null });
    const [first, next] = await Promise.all([visit, scan].map(rowOf));
    expect(next?.start).toBeGreaterThanOrEqual((first?.end ?? Infinity) + 150 * MINUTE);
  });
});
