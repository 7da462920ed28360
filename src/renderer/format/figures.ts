/**
 * Figures as people read them. Ratios become percent only here; thousandths become units only here.
 */
import type { Locale } from '../../shared/domain/local-text.ts';

const LANGUAGE_TAG: Readonly<Record<Locale, string>> = { en: 'en-GB', zh: 'zh-CN' };
const formats = new Map<string, Intl.NumberFormat>();

function formatOf(locale: Locale, digits: number): Intl.NumberFormat {
  const key = `${locale} ${digits}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(LANGUAGE_TAG[locale], {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    formats.set(key, format);
  }
  return format;
}

/** `23,808`. */
export function count(locale: Locale, value: number): string {
  return formatOf(locale, 0).format(value);
}

/** Thousandths of a unit as units, `2.0`; figures of one column share `digits`. */
export function units(locale: Locale, valueMilli: number, digits = 1): string {
  return formatOf(locale, digits).format(valueMilli / 1000);
}

/** A capacity as people say it: `2`, `1.5`, no needless zeros. */
export function wholeUnits(locale: Locale, valueMilli: number): string {
  const digits = valueMilli % 1000 === 0 ? 0 : valueMilli % 100 === 0 ? 1 : 3;
  return formatOf(locale, digits).format(valueMilli / 1000);
}

/** `67 %`, with a no-break space; an en dash where there is nothing to divide by. */
export function percent(locale: Locale, numerator: number, denominator: number, digits = 0): string {
  if (denominator === 0) return '–';
  return `${formatOf(locale, digits).format((100 * numerator) / denominator)}\u00a0%`;
}
