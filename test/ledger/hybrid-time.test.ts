import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLedger, readEntries } from '../../src/main/ledger/index.ts';
import { accept } from '../../src/shared/result.ts';
import { accepted, codeOf, TemporaryLedger, WEDNESDAY_MS } from '../support/ledger/temporary-ledger.ts';

const HOUR_SECONDS = 3600;

let books: TemporaryLedger;

beforeEach(async () => {
  books = await TemporaryLedger.open();
});

afterEach(() => books.dispose());

async function setTheme(value: string): Promise<string | null> {
  const work = books.ledger.write(books.command(), (tx) =>
    accept(tx.append('settings-changed', { key: 'theme', value })),
  );
  return codeOf(await work);
}

test('keeps the order of two commands in one millisecond and of a clock set back', async () => {
  await setTheme('dark');
  books.clock.passSeconds(-2 * HOUR_SECONDS);
  await setTheme('light');
  books.clock.passSeconds(3 * HOUR_SECONDS);
  await setTheme('dark');
  const times = readEntries(books.ledger.db, 0, 10).map((entry) => entry.recorded);
  expect(times).toEqual([
    { ms: WEDNESDAY_MS, counter: 0 },
    { ms: WEDNESDAY_MS, counter: 1 },
    { ms: WEDNESDAY_MS, counter: 2 },
    { ms: WEDNESDAY_MS + HOUR_SECONDS * 1000, counter: 0 },
  ]);
});

test('goes on after the last time of the file when it is opened with a clock that lags', async () => {
  await setTheme('dark');
  books.clock.passSeconds(-HOUR_SECONDS);
  await books.restart();
  await setTheme('light');
  expect(books.ledger.head().recorded).toEqual({ ms: WEDNESDAY_MS, counter: 2 });
});

const jumps = [
  { name: 'forward', seconds: 25 * HOUR_SECONDS },
  { name: 'backward', seconds: -25 * HOUR_SECONDS },
];

test.each(jumps)(
  'refuses a clock that jumps $name by 25 hours until a person confirms it',
  async ({ seconds }) => {
    const before = books.ledger.head();
    books.clock.passSeconds(seconds);
    expect(await setTheme('dark')).toBe('clock-jump');
    expect(books.ledger.observeClock()).toBe(false);
    expect(books.ledger.head()).toEqual(before);
    books.ledger.confirmClock();
    expect(await setTheme('dark')).toBeNull();
  },
);

test('takes a quiet weekend for what it is while the application watches the clock', async () => {
  for (let hour = 0; hour < 62; hour += 1) {
    books.clock.passSeconds(HOUR_SECONDS);
    expect(books.ledger.observeClock()).toBe(true);
  }
  expect(await setTheme('dark')).toBeNull();
});

test('takes a sleeping computer for a pause when it is told so', async () => {
  books.clock.passSeconds(62 * HOUR_SECONDS);
  books.ledger.allowPause();
  expect(await setTheme('dark')).toBeNull();
  books.clock.passSeconds(62 * HOUR_SECONDS);
  expect(await setTheme('light')).toBe('clock-jump');
});

test('takes a month of holidays for a pause on opening, and a wrong year for a jump', async () => {
  await books.ledger.close();
  books.clock.passSeconds(30 * 24 * HOUR_SECONDS);
  books.ledger = accepted(await openLedger({ path: books.path, clock: books.clock }));
  expect(await setTheme('dark')).toBeNull();
  await books.ledger.close();
  books.clock.passSeconds(365 * 24 * HOUR_SECONDS);
  books.ledger = accepted(await openLedger({ path: books.path, clock: books.clock }));
  expect(await setTheme('light')).toBe('clock-jump');
});

test('takes the allowed pause before opening for a closed clinic, once', async () => {
  await books.ledger.close();
  books.clock.passSeconds(62 * HOUR_SECONDS);
  const week = 7 * 24 * HOUR_SECONDS * 1000;
  books.ledger = accepted(await openLedger({ path: books.path, clock: books.clock, pauseMsMax: week }));
  expect(await setTheme('dark')).toBeNull();
  books.clock.passSeconds(62 * HOUR_SECONDS);
  expect(await setTheme('light')).toBe('clock-jump');
});

test('a rolled-back command takes its ticks with it', async () => {
  const failing = books.ledger.write(books.command(), (tx) => {
    tx.append('settings-changed', { key: 'theme', value: 'dark' });
    throw new Error('a bug');
  });
  await expect(failing).rejects.toThrow();
  await setTheme('dark');
  expect(books.ledger.head().recorded).toEqual({ ms: WEDNESDAY_MS, counter: 1 });
});
