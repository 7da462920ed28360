/**
 * The pools most clinics have, to begin with: names and units in both languages, a size to change, and what they are
 * for. Nothing here is a rule; a clinic changes all of it later under Pools.
 */
import type { PoolKind, PoolTemplate } from '../../../shared/domain/pool.ts';
import type { Locale, LocalText } from '../../../shared/domain/local-text.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import { m } from '../../../shared/messages/index.ts';

export interface StarterPool {
  /** Becomes the pool's id. */
  readonly id: string;
  readonly template: PoolTemplate;
  readonly kind: PoolKind;
  readonly name: LocalText;
  readonly unitName: LocalText;
  readonly size: number;
  readonly isIncluded: boolean;
  readonly isAlwaysOpen: boolean;
}

type Message = (inputs: Record<string, never>, options: { locale: Locale }) => string;

const both = (message: Message): LocalText => ({
  en: message({}, { locale: 'en' }),
  zh: message({}, { locale: 'zh' }),
});

const countable = (
  id: string,
  template: PoolTemplate,
  words: readonly [name: Message, units: Message],
  size: number,
  rest: Partial<StarterPool> = {},
): StarterPool => ({
  id,
  template,
  kind: 'countable',
  name: both(words[0]),
  unitName: both(words[1]),
  size,
  isIncluded: true,
  isAlwaysOpen: false,
  ...rest,
});

export function starterPools(): StarterPool[] {
  return [
    countable('consulting-rooms', 'room', [m.firstrun_pool_consulting, m.firstrun_unit_rooms], 3),
    countable('nurses', 'staff', [m.firstrun_pool_nurses, m.firstrun_unit_people], 2),
    countable('ultrasound', 'scanner', [m.firstrun_pool_ultrasound, m.firstrun_unit_rooms], 1),
    countable('technicians', 'staff', [m.firstrun_pool_technicians, m.firstrun_unit_people], 1),
    countable('workstations', 'workstation', [m.firstrun_pool_workstations, m.firstrun_unit_seats], 1),
    countable('claims-clerks', 'staff', [m.firstrun_pool_clerks, m.firstrun_unit_people], 1),
    countable('monitors', 'monitor', [m.firstrun_pool_monitors, m.firstrun_unit_devices], 8, {
      isAlwaysOpen: true,
    }),
    countable('compute', 'compute', [m.firstrun_pool_compute, m.firstrun_unit_cores], 8, {
      kind: 'divisible',
      isAlwaysOpen: true,
    }),
    countable('storage', 'storage', [m.firstrun_pool_storage, m.firstrun_unit_terabytes], 4, {
      kind: 'divisible',
      isAlwaysOpen: true,
      isIncluded: false,
    }),
  ];
}

/** What a subsystem's work usually needs first, and for how long. */
export const STARTER_DEFAULTS: Readonly<
  Record<SubsystemId, { readonly poolId: string; readonly minutes: number }>
> = {
  records: { poolId: 'consulting-rooms', minutes: 15 },
  imaging: { poolId: 'ultrasound', minutes: 20 },
  insurance: { poolId: 'claims-clerks', minutes: 20 },
  research: { poolId: 'compute', minutes: 120 },
  monitoring: { poolId: 'monitors', minutes: 240 },
};
