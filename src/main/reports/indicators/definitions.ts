/**
 * What every figure of a report means, once: name, formula, numerator, denominator, unit, exclusions, source. Screens
 * show these rows and every exported file carries them, so that a number is never read without its definition.
 */
import { m } from '../../../shared/messages/index.ts';
import type { Locale, LocalText } from '../../../shared/domain/local-text.ts';
import { sameText } from '../../../shared/domain/local-text.ts';
import type { IndicatorDefinition } from '../../../shared/domain/report.ts';
import { SUBSYSTEMS } from '../../../shared/domain/subsystem.ts';
import type { Subsystem, SubsystemId } from '../../../shared/domain/subsystem.ts';

type Message = (inputs: Record<string, never>, options: { locale: Locale }) => string;

interface Row {
  readonly id: string;
  readonly name: Message;
  /** A string where it is symbols alone, the same in every language. */
  readonly formula: Message | string;
  readonly numerator: Message;
  readonly denominator: Message;
  readonly unit: Message;
  readonly exclusions: Message;
  readonly source: string;
}

const OWN = 'Clinic Allocator';

export const SUBSYSTEM_NAMES: Readonly<Record<SubsystemId, Message>> = {
  records: m.common_subsystem_records,
  imaging: m.common_subsystem_imaging,
  insurance: m.common_subsystem_insurance,
  research: m.common_subsystem_research,
  monitoring: m.common_subsystem_monitoring,
};

const LOAD: Row = {
  id: 'load',
  name: m.reports_def_load_name,
  formula: 'R = Σ rᵢ / tᵢ',
  numerator: m.reports_def_load_numerator,
  denominator: m.reports_def_load_denominator,
  unit: m.reports_def_unit_pool,
  exclusions: m.reports_def_exclusions_load,
  source: OWN,
};

const UTILIZATIONS: readonly Row[] = [
  {
    id: 'utilization',
    name: m.reports_def_utilization_name,
    formula: '∫ R dt ÷ ∫ C dt',
    numerator: m.reports_def_utilization_numerator,
    denominator: m.reports_def_utilization_denominator,
    unit: m.reports_def_unit_ratio,
    exclusions: m.reports_def_exclusions_clipped,
    source: OWN,
  },
  {
    id: 'utilization-capped',
    name: m.reports_def_utilization_capped_name,
    formula: '∫ min(R, C) dt ÷ ∫ C dt',
    numerator: m.reports_def_utilization_capped_numerator,
    denominator: m.reports_def_utilization_denominator,
    unit: m.reports_def_unit_ratio,
    exclusions: m.reports_def_exclusions_clipped,
    source: OWN,
  },
];

/** Formulas: N nominal, H in hours and not in maintenance, C offered, R load, V reserved and not used, W wanted by tasks that lack nothing else. */
const STATES: readonly Row[] = [
  stateRow('used', m.common_state_used, 'min(R, C)', m.reports_def_used_numerator),
  stateRow(
    'reserved-unused',
    m.common_state_reserved_unused,
    m.reports_def_reserved_formula,
    m.reports_def_reserved_numerator,
    m.reports_def_reserved_exclusions,
  ),
  stateRow(
    'idle-while-waited',
    m.common_state_idle_while_waited,
    m.reports_def_waited_formula,
    m.reports_def_waited_numerator,
    m.reports_def_waited_exclusions,
  ),
  stateRow('idle', m.common_state_idle, m.reports_def_idle_formula, m.reports_def_idle_numerator),
  stateRow('down', m.common_state_down, 'H − C', m.reports_def_down_numerator),
  stateRow('closed', m.common_state_closed, 'N − H', m.reports_def_closed_numerator),
];

const BESIDE: readonly Row[] = [
  amountRow('overcommitted', m.reports_def_overcommitted_name, 'max(0, R − C)', {
    numerator: m.reports_def_overcommitted_numerator,
    exclusions: m.reports_def_exclusions_clipped,
  }),
  amountRow('unmet', m.reports_def_unmet_name, m.reports_def_unmet_formula, {
    numerator: m.reports_def_unmet_numerator,
    exclusions: m.reports_def_waited_exclusions,
  }),
  amountRow('series', m.reports_def_series_name, m.reports_def_series_formula, {
    numerator: m.reports_def_series_numerator,
    exclusions: m.reports_def_reserved_exclusions,
  }),
];

const TASKS: readonly Row[] = [
  {
    id: 'wait',
    name: m.reports_def_wait_name,
    formula: m.reports_def_wait_formula,
    numerator: m.reports_def_wait_numerator,
    denominator: m.reports_def_wait_denominator,
    unit: m.reports_def_unit_seconds,
    exclusions: m.reports_def_wait_exclusions,
    source: 'Hyndman & Fan 1996, type 1',
  },
  ratioRow('within-target', m.reports_def_target_name, m.reports_def_target_formula, {
    numerator: m.reports_def_target_numerator,
    denominator: m.reports_def_wait_denominator,
    exclusions: m.reports_def_wait_exclusions,
  }),
  {
    id: 'turnaround',
    name: m.reports_def_turnaround_name,
    formula: m.reports_def_turnaround_formula,
    numerator: m.reports_def_turnaround_numerator,
    denominator: m.reports_def_turnaround_denominator,
    unit: m.reports_def_unit_seconds,
    exclusions: m.reports_def_wait_exclusions,
    source: 'Hyndman & Fan 1996, type 1',
  },
  ratioRow('on-time', m.reports_def_on_time_name, m.reports_def_on_time_formula, {
    numerator: m.reports_def_on_time_numerator,
    denominator: m.reports_def_on_time_denominator,
    exclusions: m.reports_def_unpromised_exclusions,
  }),
  ratioRow('missed', m.reports_def_missed_name, m.reports_def_missed_formula, {
    numerator: m.reports_def_missed_numerator,
    denominator: m.reports_def_missed_denominator,
    exclusions: m.reports_def_unpromised_exclusions,
  }),
  ratioRow('finished-early-late', m.reports_def_finished_name, m.reports_def_finished_formula, {
    numerator: m.reports_def_finished_numerator,
    denominator: m.reports_def_turnaround_denominator,
    exclusions: m.reports_def_finished_exclusions,
  }),
  {
    id: 'preempted',
    name: m.reports_def_preempted_name,
    formula: m.reports_def_preempted_formula,
    numerator: m.reports_def_preempted_numerator,
    denominator: m.reports_def_none_denominator,
    unit: m.reports_def_unit_times,
    exclusions: m.reports_def_preempted_exclusions,
    source: OWN,
  },
];

const CHINA = '国家卫生健康委《国家卫生健康统计调查制度》';

/** O occupied and A available bed-days, S the bed-days of the stays that ended, n how many those are, d days. */
const BEDS: readonly Row[] = [
  {
    id: 'bed-occupancy',
    name: m.reports_def_bed_occupancy_name,
    formula: 'O ÷ A',
    numerator: m.reports_def_bed_occupancy_numerator,
    denominator: m.reports_def_bed_occupancy_denominator,
    unit: m.reports_def_unit_ratio,
    exclusions: m.reports_def_bed_exclusions,
    source: `${CHINA}; NHS England KH03; WHO/Europe HFA-DB`,
  },
  {
    id: 'bed-length-of-stay',
    name: m.reports_def_bed_stay_name,
    formula: 'S ÷ n',
    numerator: m.reports_def_bed_stay_numerator,
    denominator: m.reports_def_bed_stay_denominator,
    unit: m.reports_def_unit_days,
    exclusions: m.reports_def_bed_stay_exclusions,
    source: `${CHINA}; WHO/Europe HFA-DB`,
  },
  {
    id: 'bed-turnover-rate',
    name: m.reports_def_bed_turnover_name,
    formula: 'n ÷ (A ÷ d)',
    numerator: m.reports_def_bed_stay_denominator,
    denominator: m.reports_def_bed_turnover_denominator,
    unit: m.reports_def_unit_times,
    exclusions: m.reports_def_bed_exclusions,
    source: CHINA,
  },
  {
    id: 'bed-turnover-interval',
    name: m.reports_def_bed_interval_name,
    formula: '(A − O) ÷ n',
    numerator: m.reports_def_bed_interval_numerator,
    denominator: m.reports_def_bed_stay_denominator,
    unit: m.reports_def_unit_days,
    exclusions: m.reports_def_bed_exclusions,
    source: 'Barber & Johnson 1973',
  },
];

const WHOLE: readonly Row[] = [
  {
    ...ratioRow('fairness', m.reports_def_jain_name, '(Σx)² ÷ (n · Σx²)', {
      numerator: m.reports_def_jain_numerator,
      denominator: m.reports_def_jain_denominator,
      exclusions: m.reports_def_jain_exclusions,
    }),
    source: 'Jain, Chiu, Hawe 1984; Ghodsi et al. 2011',
  },
  ratioRow('recorded', m.reports_def_recorded_name, m.reports_def_recorded_formula, {
    numerator: m.reports_def_recorded_numerator,
    denominator: m.reports_def_recorded_denominator,
    exclusions: m.reports_def_exclusions_none,
  }),
];

/** Every indicator of the report, in the order in which a reader meets them. */
export function indicatorDefinitions(): IndicatorDefinition[] {
  const [beforeFive, afterFive] = [
    [LOAD],
    [...UTILIZATIONS, ...STATES, ...BESIDE, ...TASKS, ...BEDS, ...WHOLE],
  ];
  return [
    ...beforeFive.map(definitionOf),
    ...SUBSYSTEMS.map(subsystemDefinition),
    ...afterFive.map(definitionOf),
  ];
}

function definitionOf(row: Row): IndicatorDefinition {
  return {
    id: row.id,
    name: inBoth(row.name),
    formula: inBoth(row.formula),
    numerator: inBoth(row.numerator),
    denominator: inBoth(row.denominator),
    unit: inBoth(row.unit),
    exclusions: inBoth(row.exclusions),
    source: row.source,
  };
}

/** E, I, H, D, M: the load of one subsystem, in the pool's unit. */
function subsystemDefinition({ id, symbol }: Subsystem): IndicatorDefinition {
  const small = symbol.toLowerCase();
  const nameIn = (locale: Locale): string =>
    m.reports_def_subsystem_name({ symbol, subsystem: SUBSYSTEM_NAMES[id]({}, { locale }) }, { locale });
  return {
    ...definitionOf({
      ...LOAD,
      id: `load-${id}`,
      formula: `${symbol} = Σ ${small}ᵢ / tᵢ`,
      numerator: m.reports_def_subsystem_numerator,
    }),
    name: { en: nameIn('en'), zh: nameIn('zh') },
  };
}

function inBoth(message: Message | string): LocalText {
  if (typeof message === 'string') return sameText(message);
  return { en: message({}, { locale: 'en' }), zh: message({}, { locale: 'zh' }) };
}

function stateRow(
  id: string,
  name: Message,
  formula: Message | string,
  numerator: Message,
  exclusions: Message = m.reports_def_exclusions_clipped,
): Row {
  const [denominator, unit] = [m.reports_def_state_denominator, m.reports_def_unit_work];
  return { id, name, formula, numerator, denominator, unit, exclusions, source: OWN };
}

function amountRow(
  id: string,
  name: Message,
  formula: Message | string,
  words: Pick<Row, 'numerator' | 'exclusions'>,
): Row {
  const [denominator, unit] = [m.reports_def_none_denominator, m.reports_def_unit_work];
  return { id, name, formula, ...words, denominator, unit, source: OWN };
}

function ratioRow(
  id: string,
  name: Message,
  formula: Message | string,
  words: Pick<Row, 'numerator' | 'denominator' | 'exclusions'>,
): Row {
  return { id, name, formula, ...words, unit: m.reports_def_unit_ratio, source: OWN };
}
