/** The zones a clinic can be in, as the runtime's own time-zone data has them. */
import type { Option } from '../../ui/option.ts';

const optionOf = (value: string): Option => ({ value, label: value.replaceAll('_', ' ') });

let known: readonly Option[] | null = null;

/** @param current  stays choosable although this runtime names the zone otherwise */
export function timeZoneOptions(current: string): readonly Option[] {
  known ??= [...Intl.supportedValuesOf('timeZone'), 'UTC'].map(optionOf);
  return current === '' || known.some((option) => option.value === current)
    ? known
    : [optionOf(current), ...known];
}
