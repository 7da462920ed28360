/** The ledger's history and proof as the window asks for them, on a real ledger. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Response } from '../../src/shared/contract/index.ts';
import type { StaffId } from '../../src/shared/ids.ts';
import { TestApplication } from '../support/usecases/application.ts';
import { foundClinic } from '../support/usecases/own-clinic.ts';

const ALL = { staffId: null, taskId: null, day: null, kind: null, beforeSeq: null };

let app: TestApplication;
let founder: StaffId;
beforeEach(async () => {
  app = new TestApplication();
  founder = await foundClinic(app);
});
afterEach(() => app.close());

it('lists entries newest first, with who did what', async () => {
  const { entries, beforeSeq } = await app.get('ledger.history', ALL);
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => entries.length - index));
  expect(entries.at(-1)).toMatchObject({ kind: 'epoch-started', detail: 'created', actorName: null });
  expect(entries.find(({ kind }) => kind === 'staff-set')).toMatchObject({
    actorName: 'Ann',
    name: { en: 'Ann' },
  });
  expect(beforeSeq).toBeNull();
});

it('filters by person, kind and day of the clinic', async () => {
  app.clock.forward(24 * 60 - 1);
  await app.get('person.switch', { staffId: founder });
  const kind = 'person-changed' as const;
  const days = async (day: string) => (await app.get('ledger.history', { ...ALL, kind, day })).entries.length;
  expect([await days('2026-11-18'), await days('2026-11-19'), await days('2026-11-20')]).toEqual([1, 1, 0]);
  const mine = await app.get('ledger.history', { ...ALL, staffId: founder });
  expect(mine.entries.every(({ actorName }) => actorName === 'Ann')).toBe(true);
  expect(await app.ask('ledger.history', { ...ALL, day: '2026-02-30' })).toMatchObject({
    error: { code: 'invalid-request' },
  });
});

it('proves the open ledger and tells how far it is', async () => {
  const verdict = await app.get('ledger.verify', {});
  const { head } = await app.get('app.state', {});
  expect(verdict).toEqual({
    at: app.clock.seconds,
    isWhole: true,
    length: head?.length,
    epoch: 1,
    hash: head?.hash,
    checkpoints: { matching: 0, own: null, last: [] },
    epochs: [
      {
        epoch: 1,
        seq: 1,
        at: expect.any(Number),
        reason: 'created',
        previousHead: null,
        previousLength: 0,
        by: null,
      },
    ],
    faults: [],
  });
  const told = app.events.filter(({ name }) => name === 'verify.progress');
  expect(told.at(-1)?.payload).toEqual({ done: verdict.length * 2, total: verdict.length * 2 });
});

it('stops when it is asked to', async () => {
  const verifying = app.ask('ledger.verify', {});
  await app.get('ledger.cancel-verify', {});
  expect(await verifying).toMatchObject({ ok: false, error: { code: 'cancelled' } });
});

it('finds the entries of tasks by what they are shown as, in a book longer than one answer reads', async () => {
  await app.get('sample.open', { language: 'en' });
  const all = async (asked: Partial<Parameters<typeof app.get<'ledger.history'>>[1]>) => {
    const found = [];
    let beforeSeq: number | null = null;
    let pages = 0;
    do {
      const page: Response<'ledger.history'> = await app.get('ledger.history', {
        ...ALL,
        ...asked,
        beforeSeq,
      });
      found.push(...page.entries);
      pages += 1;
      ({ beforeSeq } = page);
    } while (beforeSeq !== null);
    return { found, pages };
  };
  const book = (await all({})).found;
  const known = book.find(({ task }) => task?.patient?.number)?.task;
  const number = known?.patient?.number ?? '';
  const byNumber = await all({ text: number });
  const wanted = book.filter(({ task }) => task?.patient?.number?.includes(number));
  expect(byNumber.found.map(({ seq }) => seq)).toEqual(wanted.map(({ seq }) => seq));
  expect(byNumber.pages).toBeGreaterThan(1);

  const text = `${known?.workKind.zh.toUpperCase()} ${known?.patient?.name.toLowerCase()}`;
  const both = (await all({ text })).found.map(({ task }) => task?.taskId);
  expect(both).toContain(known?.taskId);
  expect((await all({ text: known?.taskId ?? null, kind: 'task-submitted' })).found).toHaveLength(1);
  expect((await all({ text: 'nobody of this name' })).found).toEqual([]);
});
