/** What the list and the form say of pools, as plain text in the window's language. Tables by code. */
import { m } from '../../../shared/messages/index.ts';
import type { Outage, Pool, PoolTemplate } from '../../../shared/domain/pool.ts';
import { POOL_TEMPLATES } from '../../../shared/domain/pool.ts';
import type { Instant } from '../../../shared/units.ts';
import { format } from '../../format/format.svelte.ts';
import { text } from '../../locale.svelte.ts';
import type { Option } from '../../ui/option.ts';
import type { PoolPart, PoolProblem } from './pool-form-values.ts';
import type { Openness, PoolChange } from './pools.svelte.ts';

const TEMPLATES: Readonly<Record<PoolTemplate, () => string>> = {
  room: m.pools_template_room,
  scanner: m.pools_template_scanner,
  staff: m.pools_template_staff,
  bed: m.pools_template_bed,
  monitor: m.pools_template_monitor,
  workstation: m.pools_template_workstation,
  compute: m.pools_template_compute,
  storage: m.pools_template_storage,
  other: m.pools_template_other,
};

export const PART_WORDS: Readonly<Record<PoolPart, () => string>> = {
  units: m.pools_part_units,
  hours: m.pools_part_hours,
  outages: m.pools_part_outages,
  shares: m.pools_part_shares,
};

const PROBLEMS: Readonly<Record<PoolProblem, () => string>> = {
  'name-missing': m.pools_problem_name_missing,
  'unit-name-missing': m.pools_problem_unit_name_missing,
  'capacity-missing': m.pools_problem_capacity_missing,
  'unit-missing': m.pools_problem_unit_missing,
  'unit-unnamed': m.pools_problem_unit_unnamed,
  'hours-unreadable': m.pools_problem_hours_unreadable,
  'exception-date-unreadable': m.pools_problem_exception_date_unreadable,
  'exception-hours-unreadable': m.pools_problem_exception_hours_unreadable,
  'outage-start-missing': m.pools_problem_outage_start_missing,
  'outage-end-missing': m.pools_problem_outage_end_missing,
  'outage-ends-before-start': m.pools_problem_outage_ends_before_start,
  'guarantees-exceed-capacity': m.pools_problem_guarantees_exceed_capacity,
  'guarantee-unreadable': m.pools_problem_share_unreadable,
  'limit-unreadable': m.pools_problem_share_unreadable,
  'guarantee-exceeds-limit': m.pools_problem_guarantee_exceeds_limit,
  'share-not-whole': m.pools_problem_share_not_whole,
};

export function templateOptions(): Option<PoolTemplate>[] {
  return POOL_TEMPLATES.map((value) => ({ value, label: TEMPLATES[value]() }));
}

export function problemWords(problem: PoolProblem | null): string | null {
  return problem && PROBLEMS[problem]();
}

/** `until 17:30`, `closed until tomorrow 08:00`, `around the clock`. */
export function openWords(pool: Pool, { isOpen, changesAt }: Openness, now: Instant): string {
  if (changesAt !== null) {
    const time = format.moment(changesAt, now);
    return isOpen ? m.pools_open_until({ time }) : m.pools_closed_until({ time });
  }
  if (!isOpen) return m.pools_closed_now();
  return pool.weeklyHours === null ? m.pools_open_always() : m.pools_open_now();
}

/** `Room 2 out until 15:00`, `whole pool out from tomorrow 08:00`. */
export function outageWords(pool: Pool, outage: Outage, now: Instant): string {
  const unit = pool.units.find(({ id }) => id === outage.unitId);
  const what = unit ? m.pools_outage_of({ unit: text(unit.name) }) : m.pools_outage_whole();
  if (outage.start > now) return m.pools_outage_from({ what, time: format.moment(outage.start, now) });
  return outage.end === null ? what : m.pools_outage_until({ what, time: format.moment(outage.end, now) });
}

/** What saving did to the plan. */
export function changeWords({ moved, displaced }: PoolChange): string {
  const parts = [
    ...(moved > 0 ? [m.pools_changed_moved({ count: moved })] : []),
    ...(displaced > 0 ? [m.pools_changed_displaced({ count: displaced })] : []),
  ];
  const [first, second] = parts;
  if (first === undefined) return m.pools_changed_nothing();
  return second === undefined
    ? m.pools_changed({ moved: first })
    : m.pools_changed_both({ moved: first, displaced: second });
}
