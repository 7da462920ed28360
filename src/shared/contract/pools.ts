/**
 * Pools as they cross the bridge: the whole pool for the Pools screen, the strip that every workspace pins on top.
 */
import { z } from 'zod';
import { POOL_TEMPLATES } from '../domain/pool.ts';
import { command, query, type Immutable } from './channel.ts';
import {
  givenNameField,
  instantField,
  localDateField,
  localTextField,
  milliField,
  nothing,
  outageIdField,
  poolIdField,
  positiveMilliField,
  positiveSecondsField,
  subsystemField,
  unitIdField,
} from './fields.ts';

const openRange = z
  .strictObject({ fromMinute: z.int().min(0).max(1440), toMinute: z.int().min(0).max(1440) })
  .refine((range) => range.fromMinute < range.toMinute);

export const outageField = z.strictObject({
  id: outageIdField,
  unitId: unitIdField.nullable(),
  start: instantField,
  end: instantField.nullable(),
  isPlanned: z.boolean(),
});

export const shareField = z.strictObject({
  subsystem: subsystemField,
  guaranteeMilli: milliField,
  limitMilli: milliField.nullable(),
});

export const poolField = z.strictObject({
  id: poolIdField,
  name: givenNameField,
  unitName: givenNameField,
  template: z.enum(POOL_TEMPLATES),
  kind: z.enum(['countable', 'divisible']),
  capacityMilli: positiveMilliField,
  units: z.array(z.strictObject({ id: unitIdField, name: givenNameField })).max(500),
  weeklyHours: z.array(z.array(openRange).max(8)).length(7).nullable(),
  exceptions: z.array(z.strictObject({ date: localDateField, ranges: z.array(openRange).max(8) })).max(2000),
  outages: z.array(outageField).max(5000),
  shares: z.array(shareField).max(5),
  gridSeconds: positiveSecondsField,
  reclaimSeconds: z.int().min(0) as unknown as typeof positiveSecondsField, // zero is allowed here: nothing is lent
});

export const stepField = z.strictObject({ at: instantField, milli: milliField });
export type StepView = Immutable<z.infer<typeof stepField>>;

/** One pool's load against its capacity over the strip's hours. All series are step functions from `from` on. */
export const stripField = z.strictObject({
  poolId: poolIdField,
  name: localTextField,
  unitName: localTextField,
  capacityMilli: milliField,
  from: instantField,
  until: instantField,
  now: instantField,
  /** What the pool offers: nominal less closures and outages. */
  capacity: z.array(stepField),
  /** What really ran; ends at `now`. */
  actual: z.array(stepField),
  /** Confirmed and running work from `now` on. */
  reserved: z.array(stepField),
  /** Tentative work from `now` on, to be drawn on top of `reserved`. */
  tentative: z.array(stepField),
  loadMilli: milliField,
  offeredMilli: milliField,
  /** When a whole unit (or any rest of a divisible pool) is next free; null when not within the strip. */
  freeAt: instantField.nullable(),
});
export type StripView = Immutable<z.infer<typeof stripField>>;

export const poolChannels = {
  'pool.list': query({
    permission: 'read',
    request: nothing,
    response: z.strictObject({ pools: z.array(poolField), strips: z.array(stripField) }),
    errors: [],
  }),
  /** Adds a pool or changes one; every later plan sees it. */
  'pool.set': command({
    permission: 'manage',
    request: z.strictObject({ pool: poolField }),
    response: z.strictObject({
      poolId: poolIdField,
      /** Tasks whose planned start changed, and tasks that no longer fit. */
      moved: z.int(),
      displaced: z.int(),
    }),
    errors: ['invalid-pool', 'guarantees-exceed-capacity', 'unit-in-use'],
  }),
};
