/**
 * Entries about pools. Each one is a whole pool, in force from its effective time until the next version: accounting
 * measures a window against the capacity that was in force then, whatever the pool became later.
 */
import { z } from 'zod';
import type { OutageId } from '../../../shared/ids.ts';
import type { Outage, Pool, PoolUnit, Share } from '../../../shared/domain/pool.ts';
import { POOL_TEMPLATES } from '../../../shared/domain/pool.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { EntryKindDefinition } from './definition.ts';
import { payloadObject } from './definition.ts';
import {
  idSchema,
  instantSchema,
  localDateSchema,
  localTextSchema,
  milliSchema,
  poolIdSchema,
  secondsSchema,
  subsystemSchema,
  unitIdSchema,
} from './schemas.ts';

const openRangesSchema = z.array(
  payloadObject({ fromMinute: z.int().min(0).max(1440), toMinute: z.int().min(0).max(1440) }).refine(
    (range) => range.fromMinute < range.toMinute,
    'a range ends before it starts',
  ),
);

const unitSchema: z.ZodType<PoolUnit> = payloadObject({ id: unitIdSchema, name: localTextSchema });

const outageSchema: z.ZodType<Outage> = payloadObject({
  id: idSchema<OutageId>(),
  unitId: unitIdSchema.nullable(),
  start: instantSchema,
  end: instantSchema.nullable(),
  isPlanned: z.boolean(),
});

const shareSchema: z.ZodType<Share> = payloadObject({
  subsystem: subsystemSchema,
  guaranteeMilli: milliSchema,
  limitMilli: milliSchema.nullable(),
});

export const poolSet: EntryKindDefinition<Pool> = {
  payload: payloadObject({
    id: poolIdSchema,
    name: localTextSchema,
    unitName: localTextSchema,
    template: z.enum(POOL_TEMPLATES),
    kind: z.enum(['countable', 'divisible']),
    capacityMilli: milliSchema,
    units: z.array(unitSchema),
    weeklyHours: z.array(openRangesSchema).length(7).nullable(),
    exceptions: z.array(payloadObject({ date: localDateSchema, ranges: openRangesSchema })),
    outages: z.array(outageSchema),
    shares: z.array(shareSchema),
    gridSeconds: secondsSchema,
    reclaimSeconds: secondsSchema,
  }).refine(
    (pool) => pool.kind === 'divisible' || pool.capacityMilli === pool.units.length * 1000,
    'a countable pool holds one thousand thousandths per named unit',
  ),
  project(db, pool, entry) {
    db.run(`INSERT INTO pools (pool_id, first_seq) VALUES (:poolId, :seq) ON CONFLICT (pool_id) DO NOTHING`, {
      poolId: pool.id,
      seq: entry.seq,
    });
    db.run(
      `INSERT INTO pool_versions (pool_id, effective_seconds, seq, pool) VALUES (:poolId, :effective, :seq, :pool)`,
      { poolId: pool.id, effective: entry.effectiveSeconds, seq: entry.seq, pool: canonicalJson(pool) },
    );
  },
};
