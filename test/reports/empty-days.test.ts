/**
 * Days on which nothing is booked and nobody waits are measured without a sweep; a wait for nothing that lasts to the
 * end makes the same days be swept.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { BookedSpans } from '../../src/main/reports/indicators/booked-spans.ts';
import { poolDays } from '../../src/main/reports/days/pool-days.ts';
import { poolId, taskId } from '../../src/shared/ids.ts';
import { localDays } from '../../src/shared/local-time.ts';
import { DAY, HOUR, instant, milli } from '../../src/shared/units.ts';

/** The clock is put forward on the sixth of these days. */
const ZONE = 'Europe/Berlin';
const FROM = instant(Date.UTC(2026, 2, 23, 23) / 1000);
const DAYS = 12;
const days = localDays(FROM, instant(FROM + DAYS * DAY), ZONE).slice(0, DAYS);
const last = days.at(-1)?.end ?? FROM;
const instants = fc.integer({ min: FROM - DAY, max: last + DAY }).map(instant);

const steps = fc
  .uniqueArray(
    fc.record({
      at: instants,
      nominal: fc.integer({ min: 0, max: 9000 }),
      shares: fc.tuple(fc.nat(9), fc.nat(9)),
    }),
    { selector: ({ at }) => at, maxLength: 30 },
  )
  .map((rows) =>
    rows
      .sort((left, right) => left.at - right.at)
      .map(({ at, nominal, shares: [open, down] }) => ({
        at,
        nominalMilli: milli(nominal),
        openMilli: milli(Math.floor((nominal * open) / 9)),
        downMilli: milli(Math.floor((nominal * open * down) / 81)),
      })),
  );

const booked = fc
  .record({ from: instants, hours: fc.integer({ min: 1, max: 60 }), rate: fc.integer({ min: 1, max: 3000 }) })
  .map(({ from, hours, rate }): BookedSpans => {
    const span = { from, until: instant(from + hours * HOUR) };
    const isPlanned = rate % 2 === 0;
    return {
      taskId: taskId(`task-${from}-${rate}`),
      poolId: poolId('room'),
      subsystem: 'imaging',
      rateMilli: milli(rate),
      actual: isPlanned ? null : span,
      reserved: isPlanned ? [span] : [],
      planned: isPlanned ? span : null,
      isRunning: false,
      isMarkedRunning: false,
      isEndAssumed: false,
    };
  });

it('gives the days that a sweep gives', () => {
  fc.assert(
    fc.property(steps, fc.array(booked, { maxLength: 4 }), instants, (ofPool, spans, asOf) => {
      const input = { steps: ofPool, spans, waits: [], days, asOf };
      const forNothing = {
        taskId: taskId('nobody'),
        wantedMilli: milli(0),
        isOtherwiseReady: true,
        since: FROM,
        from: FROM,
        until: last,
      };
      const swept = poolDays({ ...input, waits: [forNothing] });
      expect(poolDays(input)).toEqual(swept);
    }),
  );
});
