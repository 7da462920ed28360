/** Loading again without overlap, and when the page may be looked at. */
import { describe, expect, it } from 'vitest';
import { Readiness } from '../../../src/renderer/shell/readiness.ts';
import { withoutOverlap } from '../../../src/renderer/shell/when-shown.ts';

describe('loading again', () => {
  it('never overlaps, and calls meanwhile cause one more run', async () => {
    let running = 0;
    let runs = 0;
    const again = withoutOverlap(async () => {
      running += 1;
      expect(running).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
      runs += 1;
    });
    await Promise.all([again(), again(), again()]);
    expect(runs).toBe(2);
    await again();
    expect(runs).toBe(3);
  });
});

describe('readiness', () => {
  it('stands only when nothing is waited for, also after a failure', async () => {
    Object.defineProperty(document, 'fonts', { value: { ready: Promise.resolve() }, configurable: true });
    const root = document.createElement('div');
    const readiness = new Readiness(root);
    let finish = (): void => undefined;
    const slow = readiness.during(new Promise<void>((resolve) => (finish = resolve)));
    await readiness.during(Promise.reject(new Error('refused')));
    expect(root.dataset['ready']).toBeUndefined();
    finish();
    await slow;
    expect(root.dataset['ready']).toBe('true');
    const next = readiness.during(Promise.resolve());
    expect(root.dataset['ready']).toBeUndefined();
    await next;
    expect(root.dataset['ready']).toBe('true');
  });
});
