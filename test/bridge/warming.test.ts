/** When reports are made ahead: once, at the latest after a while, and at once when Reports was opened before that. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Warming } from '../../src/main/bridge/warming.ts';
import { accept } from '../../src/shared/result.ts';

const LATEST_MS = 4000;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function open() {
  const begun: string[] = [];
  const warming = new Warming(() => begun.push('warm'));
  warming.within(LATEST_MS);
  const ask = warming.after((channel) => {
    begun.push(`answer ${String(channel)}`);
    return Promise.resolve(accept({}));
  });
  return { warming, begun, ask };
}

it('begins after a while, once', async () => {
  const { begun, ask } = open();
  expect(await ask('report.periods', {})).toEqual(accept({}));
  vi.advanceTimersByTime(LATEST_MS - 1);
  expect(begun).toEqual(['answer report.periods']);
  vi.advanceTimersByTime(1);
  await ask('report.utilization', {});
  vi.advanceTimersByTime(LATEST_MS);
  expect(begun).toEqual(['answer report.periods', 'warm', 'answer report.utilization']);
});

it('begins when the first report was answered, once', async () => {
  const { begun, ask } = open();
  await ask('report.utilization', {});
  expect(begun).toEqual(['answer report.utilization']);
  vi.advanceTimersByTime(0);
  expect(begun).toEqual(['answer report.utilization', 'warm']);
  await ask('report.utilization', {});
  vi.advanceTimersByTime(2 * LATEST_MS);
  expect(begun.filter((what) => what === 'warm')).toHaveLength(1);
});

it('never begins after its end', async () => {
  const { warming, begun, ask } = open();
  warming.end();
  await ask('report.utilization', {});
  vi.advanceTimersByTime(2 * LATEST_MS);
  expect(begun).not.toContain('warm');
});
