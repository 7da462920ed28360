import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Profile } from '../../src/main/allocator/profile.ts';

const SPAN = 60;

const change = fc.record({
  from: fc.integer({ min: 0, max: SPAN - 1 }),
  length: fc.integer({ min: 1, max: 20 }),
  amount: fc.integer({ min: -3, max: 3 }),
});

/** The same step function as an array with one value per second. */
function flat(changes: readonly { from: number; length: number; amount: number }[], span = SPAN): number[] {
  const values = new Array<number>(span + 25).fill(5);
  for (const { from, length, amount } of changes) {
    for (let second = from; second < from + length; second++) values[second] = (values[second] ?? 0) + amount;
  }
  return values;
}

describe('a profile', () => {
  it('answers every question as an array of seconds does', () => {
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 40 }),
        fc.integer({ min: 0, max: SPAN }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: -4, max: 12 }),
        (changes, from, length, level) => {
          const profile = new Profile(5);
          for (const { from: start, length: seconds, amount } of changes)
            profile.add(start, start + seconds, amount);
          const values = flat(changes);
          const window = values.slice(from, from + length);
          expect(profile.at(from)).toBe(values[from]);
          expect(profile.minimum(from, from + length)).toBe(Math.min(...window));
          expect(profile.maximum(from, from + length)).toBe(Math.max(...window));
          const steps = profile.stretches(from, from + length);
          expect(steps.flatMap((step) => new Array<number>(step.until - step.from).fill(step.value))).toEqual(
            window,
          );
          const first = values.findIndex((value, second) => second >= from && value >= level);
          expect(profile.firstAtLeast(from, level)).toBe(first < 0 ? Infinity : first);
          const last = profile.lastBelow(from, from + length, level);
          const lastSecond = window.findLastIndex((value) => value < level);
          expect(last === null).toBe(lastSecond < 0);
          if (last !== null)
            expect(window.slice(last - from, lastSecond + 1).every((value) => value < level)).toBe(true);
        },
      ),
      { numRuns: 500, verbose: true },
    );
  });

  it('holds nothing but its beginning once everything is taken back', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
        const profile = new Profile(5);
        for (const { from, length, amount } of changes) profile.add(from, from + length, amount);
        const values = flat(changes);
        const breaks = values.filter(
          (value, second) => value !== (second === 0 ? 5 : values[second - 1]),
        ).length;
        expect(profile.size).toBe(breaks + 1);
        for (const { from, length, amount } of changes) profile.add(from, from + length, -amount);
        expect(profile.size).toBe(1);
      }),
      { verbose: true },
    );
  });

  it('stays right when its tree has many nodes, filled and emptied in any order', () => {
    const span = 6000;
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (seed, step) => {
        const jump = 2 * (step % span) + 7;
        const changes = Array.from({ length: 2500 }, (_, n) => ({
          from: (seed + n * jump + (n >> 3)) % span,
          length: 1 + ((n * 7) % 20),
          amount: ((n * 5) % 7) - 3 || 4,
        }));
        const profile = new Profile(5);
        for (const { from, length, amount } of changes) profile.add(from, from + length, amount);
        const agrees = (values: readonly number[]): void => {
          for (let from = seed % 97; from + 60 < span; from += 97) {
            const window = values.slice(from, from + 60);
            const last = window.findLastIndex((value) => value < 4);
            const next = values.findIndex((value, second) => second >= from && value >= 9);
            expect(profile.at(from)).toBe(window[0]);
            expect(profile.minimum(from, from + 60)).toBe(Math.min(...window));
            expect(profile.maximum(from, from + 60)).toBe(Math.max(...window));
            expect((profile.lastBelow(from, from + 60, 4) ?? -1) < 0).toBe(last < 0);
            expect(profile.firstAtLeast(from, 9)).toBe(next < 0 ? Infinity : next);
          }
          const seconds = profile
            .stretches(0, span)
            .flatMap((row) => new Array<number>(row.until - row.from).fill(row.value));
          expect(seconds).toEqual(values.slice(0, span));
        };
        agrees(flat(changes, span));
        const kept = changes.filter((_, n) => n % 3 === seed % 3);
        for (const [n, { from, length, amount }] of changes.entries())
          if (n % 3 !== seed % 3) profile.add(from, from + length, -amount);
        agrees(flat(kept, span));
        for (const { from, length, amount } of kept) profile.add(from, from + length, -amount);
        expect(profile.size).toBe(1);
      }),
      { numRuns: 15, verbose: true },
    );
  });

  it('builds from capacity steps and merges equal neighbours', () => {
    const profile = Profile.ofSteps([
      { at: 10, value: 2 },
      { at: 20, value: 2 },
      { at: 30, value: 0 },
    ]);
    expect(profile.size).toBe(2);
    expect([0, 15, 29, 30, 99].map((time) => profile.at(time))).toEqual([2, 2, 2, 0, 0]);
    expect(profile.firstAtLeast(30, 1)).toBe(Infinity);
  });
});
