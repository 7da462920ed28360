import { describe, expect, it } from 'vitest';
import type { Booking } from '../../src/shared/domain/booking.ts';
import type { Instant } from '../../src/shared/units.ts';
import { bookedSpans } from '../../src/main/reports/indicators/booked-spans.ts';
import { DEFAULT_DURATIONS, at, makeBooking } from '../support/reports/clinics.ts';

const clock = (time: string): Instant => at(`2026-03-30T${time}Z`);
const span = (from: string, until: string): { from: Instant; until: Instant } => ({
  from: clock(from),
  until: clock(until),
});

interface Case {
  readonly name: string;
  readonly booking: Partial<Booking>;
  readonly asOf: string;
  readonly wantActual: ReturnType<typeof span> | null;
  readonly wantReserved: readonly ReturnType<typeof span>[];
  readonly wantAssumed?: boolean;
}

const confirmed = { isReserved: true, plannedStart: clock('10:00'), plannedEnd: clock('11:00') } as const;
const running = { ...confirmed, state: 'running', actualStart: clock('10:10') } as const;

const cases: readonly Case[] = [
  {
    name: 'holds its confirmed window until it starts',
    booking: { ...confirmed, state: 'confirmed' },
    asOf: '09:00',
    wantActual: null,
    wantReserved: [span('10:00', '11:00')],
  },
  {
    name: 'runs from its true start, and holds its units until its expected end',
    booking: running,
    asOf: '10:30',
    wantActual: span('10:10', '10:30'),
    wantReserved: [span('10:00', '10:30'), span('10:30', '11:10')],
  },
  {
    name: 'is believed to run on a little while it is late',
    booking: running,
    asOf: '11:30',
    wantActual: span('10:10', '11:30'),
    wantReserved: [span('10:00', '11:00'), span('11:30', '11:36')],
  },
  {
    name: 'counts as its planned duration once its end was forgotten',
    booking: running,
    asOf: '18:00',
    wantActual: span('10:10', '11:10'),
    wantReserved: [span('10:00', '11:00')],
    wantAssumed: true,
  },
  {
    name: 'takes the default duration where history has neither an end nor a plan',
    booking: { state: 'finished', actualStart: clock('10:00') },
    asOf: '18:00',
    wantActual: span('10:00', '10:30'),
    wantReserved: [],
    wantAssumed: true,
  },
  {
    name: 'gives its reservation back when it ends early',
    booking: { ...running, state: 'finished', actualEnd: clock('10:40') },
    asOf: '18:00',
    wantActual: span('10:10', '10:40'),
    wantReserved: [span('10:00', '10:40')],
  },
  {
    name: 'stays reserved and unused when nobody came',
    booking: { ...confirmed, state: 'missed' },
    asOf: '18:00',
    wantActual: null,
    wantReserved: [span('10:00', '11:00')],
  },
  {
    name: 'was held until it was released, as the books’ planned end says',
    booking: { ...confirmed, state: 'released', plannedEnd: clock('10:20') },
    asOf: '18:00',
    wantActual: null,
    wantReserved: [span('10:00', '10:20')],
  },
  {
    name: 'never counts the future as used',
    booking: { state: 'finished', actualStart: clock('17:00'), actualEnd: clock('19:00') },
    asOf: '18:00',
    wantActual: span('17:00', '18:00'),
    wantReserved: [span('18:00', '19:00')],
  },
  {
    name: 'counts for nothing when it ends before it begins',
    booking: { state: 'finished', actualStart: clock('12:00'), actualEnd: clock('11:00') },
    asOf: '18:00',
    wantActual: null,
    wantReserved: [],
  },
];

describe('a booking', () => {
  it.each(cases)('$name', ({ booking, asOf, wantActual, wantReserved, wantAssumed = false }) => {
    const spans = bookedSpans(makeBooking(booking), clock(asOf), DEFAULT_DURATIONS);
    expect(spans.actual).toEqual(wantActual);
    expect(spans.reserved).toEqual(wantReserved);
    expect(spans.isEndAssumed).toBe(wantAssumed);
  });
});
