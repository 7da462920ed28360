/** The zones a clinic can be in, as the runtime's own time-zone data has them. */
import type { Option } from '../../ui/option.ts';

let options: readonly Option[] | null = null;

export function timeZoneOptions(): readonly Option[] {
  options ??= Intl.supportedValuesOf('timeZone').map((value) => ({
    value,
    label: value.replaceAll('_', ' '),
  }));
  return options;
}
