/**
 * The day that everybody sees in the demonstration, as the planner sees it: the sample clinic's open work at its
 * demonstration, with every subsystem under one policy.
 */
import type { Snapshot } from '../../../src/main/allocator/index.ts';
import { HORIZON_SECONDS } from '../../../src/main/usecases/planning/settings.ts';
import { snapshotOf } from '../../../src/main/usecases/planning/snapshot.ts';
import { SAMPLE_SEED, demoInstant, sampleClinic } from '../../../src/main/usecases/sample/sample-clinic.ts';
import type { PolicyId } from '../../../src/shared/domain/subsystem.ts';
import type { Instant } from '../../../src/shared/units.ts';

export function sampleDay(policy: PolicyId): {
  readonly snapshot: Snapshot;
  readonly now: Instant;
  readonly zone: string;
} {
  const { clinic, pools, subsystems, open, now } = sampleClinic({ now: demoInstant(), seed: SAMPLE_SEED });
  const snapshot = snapshotOf({
    books: {
      clinic,
      pools,
      subsystems: subsystems.map((row) => ({ ...row, policy })),
      tasks: open.map((row) => row.task),
      allocations: new Map(open.flatMap((row) => (row.allocation ? [[row.task.id, row.allocation]] : []))),
      used: [],
      ended: [],
    },
    now,
    horizonSeconds: HORIZON_SECONDS,
    timeZoneData: 'test',
  });
  return { snapshot, now, zone: clinic.timeZone };
}
