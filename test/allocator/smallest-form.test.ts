import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SmallestForm } from '../../src/main/allocator/index.ts';

/** The naive model: every allocation kept as given, in hundredths, and added up anew with a common denominator. */
class NaiveModel {
  readonly entries: { type: string; amount: bigint; duration: bigint; sign: bigint }[] = [];

  add(type: string, amountHundredths: number, durationHundredths: number, sign: bigint): void {
    this.entries.push({ type, amount: BigInt(amountHundredths), duration: BigInt(durationHundredths), sign });
  }

  /** Numerator and denominator, not reduced. */
  load(type: string): [bigint, bigint] {
    return this.entries
      .filter((entry) => entry.type === type)
      .reduce<[bigint, bigint]>(
        ([top, bottom], entry) => [
          top * entry.duration + entry.sign * entry.amount * bottom,
          bottom * entry.duration,
        ],
        [0n, 1n],
      );
  }
}

const operation = fc.record({
  type: fc.constantFrom('room', 'technician', 'gb'),
  amount: fc.integer({ min: 1, max: 100_000 }),
  duration: fc.integer({ min: 1, max: 100_000 }),
  takesAway: fc.boolean(),
});

describe('the smallest form', () => {
  it('equals a naive exact model over any sequence, decimals included, and returns to zero', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 60 }), (operations) => {
        const form = new SmallestForm();
        const model = new NaiveModel();
        for (const { type, amount, duration, takesAway } of operations) {
          const [top, bottom] = model.load(type);
          const holdsEnough = top * BigInt(duration) >= BigInt(amount) * bottom;
          const result = takesAway
            ? form.deallocate(type, amount / 100, duration / 100)
            : form.allocate(type, amount / 100, duration / 100);
          expect(result.ok).toBe(!takesAway || holdsEnough);
          if (result.ok) model.add(type, amount, duration, takesAway ? -1n : 1n);
          const [wantTop, wantBottom] = model.load(type);
          const got = form.exactLoad(type);
          expect(got.numerator * wantBottom).toBe(wantTop * got.denominator);
        }
        for (const { type, amount, duration, sign } of model.entries) {
          const undo = sign > 0n ? 'deallocate' : 'allocate';
          if (undo === 'allocate') form.allocate(type, Number(amount) / 100, Number(duration) / 100);
        }
        for (const { type, amount, duration, sign } of model.entries) {
          if (sign > 0n)
            expect(form.deallocate(type, Number(amount) / 100, Number(duration) / 100).ok).toBe(true);
        }
        expect(form.resourceTypes()).toEqual([]);
        expect(form.load('room')).toBe(0);
      }),
      { verbose: true },
    );
  });

  it('adds a tenth ten times to exactly one and back to exactly zero', () => {
    const form = new SmallestForm();
    for (let i = 0; i < 10; i++) form.allocate('room', 0.1, 1);
    expect(form.exactLoad('room')).toEqual({ numerator: 1n, denominator: 1n });
    for (let i = 0; i < 10; i++) form.deallocate('room', 0.1, 1);
    expect(form.load('room')).toBe(0);
  });

  it('shows two patients of 30 and 60 minutes as the load the formula gives', () => {
    const form = new SmallestForm();
    form.allocate('room', 1, 0.5);
    form.allocate('room', 1, 1);
    expect(form.load('room')).toBe(3);
  });

  const refusals: Record<string, { amount: number; duration: number; want: string }> = {
    'an amount of zero': { amount: 0, duration: 1, want: 'amount-not-positive' },
    'a negative amount': { amount: -1, duration: 1, want: 'amount-not-positive' },
    'an amount that is not a number': { amount: NaN, duration: 1, want: 'amount-not-finite' },
    'an endless amount': { amount: Infinity, duration: 1, want: 'amount-not-finite' },
    'a duration of zero': { amount: 1, duration: 0, want: 'duration-not-positive' },
    'a negative duration': { amount: 1, duration: -2, want: 'duration-not-positive' },
    'an endless duration': { amount: 1, duration: -Infinity, want: 'duration-not-finite' },
    'both wrong: what is not finite comes first': { amount: 0, duration: NaN, want: 'duration-not-finite' },
  };
  for (const [name, { amount, duration, want }] of Object.entries(refusals)) {
    it(`refuses ${name} and changes nothing`, () => {
      const form = new SmallestForm();
      form.allocate('room', 3, 2);
      for (const result of [
        form.allocate('room', amount, duration),
        form.deallocate('room', amount, duration),
      ]) {
        expect(result).toMatchObject({ ok: false, error: { code: want, retryable: false } });
      }
      expect(form.exactLoad('room')).toEqual({ numerator: 3n, denominator: 2n });
    });
  }

  it('refuses to take more than is held, by however little', () => {
    const form = new SmallestForm();
    form.allocate('room', 1, 3);
    expect(form.deallocate('room', 0.3333333333333334, 1)).toMatchObject({
      error: { code: 'exceeds-allocated' },
    });
    expect(form.deallocate('bed', 1, 1)).toMatchObject({ error: { code: 'exceeds-allocated' } });
    expect(form.exactLoad('room')).toEqual({ numerator: 1n, denominator: 3n });
  });
});
