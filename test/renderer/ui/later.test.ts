/** What is in view changes at once; what is not changes when the next frame was drawn, and not before. */
import { cleanup, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import LaterSample from './LaterSample.svelte';

/** jsdom lays nothing out: a test says what lies in view. */
class ToldObserver implements IntersectionObserver {
  readonly root = null;
  readonly rootMargin = '';
  readonly scrollMargin = '';
  readonly thresholds = [];
  static tell: (isIntersecting: boolean) => void = () => undefined;

  constructor(callback: IntersectionObserverCallback) {
    ToldObserver.tell = (isIntersecting) => {
      const entries = [...this.#observed].map((target) => ({ target, isIntersecting }));
      callback(entries as unknown as IntersectionObserverEntry[], this); // the parts that are read
    };
  }
  readonly #observed = new Set<Element>();
  observe(element: Element): void {
    this.#observed.add(element);
  }
  unobserve(element: Element): void {
    this.#observed.delete(element);
  }
  disconnect(): void {
    this.#observed.clear();
  }
  takeRecords(): IntersectionObserverEntry[] {
    return [];
  }
}

beforeEach(() => {
  globalThis.IntersectionObserver = ToldObserver;
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const shown = (): string => screen.getByTestId('shown').textContent;

async function tell(isInView: boolean): Promise<void> {
  ToldObserver.tell(isInView);
  await tick();
}

test('shows the first value at once, wherever it stands', () => {
  render(LaterSample, { value: 'May' });
  expect(shown()).toBe('May');
});

test('shows a change at once in view', async () => {
  const { rerender } = render(LaterSample, { value: 'May' });
  await tell(true);
  await rerender({ value: 'June' });
  expect(shown()).toBe('June');
});

test('shows a change out of view once the next frame was drawn', async () => {
  const { rerender } = render(LaterSample, { value: 'May' });
  await tell(false);
  await rerender({ value: 'June' });
  vi.advanceTimersToNextFrame();
  await tick();
  expect(shown()).toBe('May');
  vi.advanceTimersToNextFrame();
  vi.runOnlyPendingTimers();
  await tick();
  expect(shown()).toBe('June');
});

test('shows only the last of several changes', async () => {
  const { rerender } = render(LaterSample, { value: 'May' });
  await tell(false);
  await rerender({ value: 'June' });
  vi.advanceTimersToNextFrame();
  await rerender({ value: 'July' });
  vi.advanceTimersToNextFrame();
  vi.advanceTimersByTime(1);
  await tick();
  expect(shown()).toBe('May');
  vi.runAllTimers();
  await tick();
  expect(shown()).toBe('July');
});

test('shows what was put off as soon as it comes into view', async () => {
  const { rerender } = render(LaterSample, { value: 'May' });
  await tell(false);
  await rerender({ value: 'June' });
  expect(shown()).toBe('May');
  await tell(true);
  expect(shown()).toBe('June');
});
