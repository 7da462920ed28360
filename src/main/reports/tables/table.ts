/**
 * A table of a report, between the indicators and the files: what a row is about (its keys) and what was measured (its
 * figures, exact ratios with a kind). Writers decide how a figure looks; none of them computes one.
 */
import type { Locale } from '../../../shared/domain/local-text.ts';
import type { Count, Ratio } from '../../../shared/domain/report.ts';
import type { Instant, Milli, Seconds, Work } from '../../../shared/units.ts';
import { HOUR } from '../../../shared/units.ts';

/** A message of `messages/{locale}/*.json` without inputs. */
export type Message = (inputs: Record<string, never>, options: { locale: Locale }) => string;

/** Instants are shown in the clinic's zone; a null key means "all of them" or "not known". */
export type Key = string | { readonly at: Instant } | null;

export const KEY_KINDS = ['text', 'instant'] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

export interface KeyColumn {
  /** The same in every language and table: `pool`, `subsystem`, `from`. */
  readonly id: KeyId;
  readonly label: string;
  readonly kind: KeyKind;
}

/** A key for machines: words say the same beside it. */
export function isCode(column: KeyColumn | undefined): boolean {
  return column?.id === 'poolId' || column?.id === 'groupId';
}

export const KEY_IDS = [
  'poolId',
  'pool',
  'unit',
  'subsystem',
  'urgency',
  'level',
  'reason',
  'groupId',
  'group',
  'from',
  'until',
] as const;
export type KeyId = (typeof KEY_IDS)[number];

/** `work` is in unit · hours, `load` in units, `duration` in seconds, `days` in days, `amount` in nothing. */
export type FigureKind = 'work' | 'load' | 'ratio' | 'duration' | 'count' | 'bed-days' | 'days' | 'amount';

export interface FigureColumn {
  /** The same in every language; definitions carry it where there is one. */
  readonly id: string;
  readonly label: string;
  readonly kind: FigureKind;
}

/** A count of so few persons that a file for outside does not tell it, or a figure that would give it away. */
export const SUPPRESSED = 'suppressed';
export const SUPPRESSED_MARK = '*';
export type Figure = Ratio | typeof SUPPRESSED | null;

export interface TableRow {
  /** The same in every language and export, unique within its table: what a mapping is kept under. */
  readonly id: string;
  readonly keys: readonly Key[];
  /** In the columns' order; null where there is nothing to show. Value = numerator ÷ denominator. */
  readonly figures: readonly Figure[];
  /** The pool's unit in the file's language; null where figures have none. */
  readonly unitName: string | null;
}

export interface Table {
  readonly id: string;
  readonly title: string;
  readonly keys: readonly KeyColumn[];
  readonly figures: readonly FigureColumn[];
  readonly rows: readonly TableRow[];
}

/** Work as unit · hours. */
export function workFigure(work: Work): Ratio {
  return { numerator: work, denominator: 1000 * HOUR };
}

/** A load in units. */
export function loadFigure(load: Milli | null): Ratio | null {
  return load === null ? null : { numerator: load, denominator: 1000 };
}

/** An average in thousandths of a unit as units. */
export function averageFigure({ numerator, denominator }: Ratio): Ratio {
  return { numerator, denominator: denominator * 1000 };
}

export function durationFigure(duration: Seconds | null): Ratio | null {
  return duration === null ? null : { numerator: duration, denominator: 1 };
}

/** Thousandths as wholes. */
export function milliFigure(amount: number): Ratio {
  return { numerator: amount, denominator: 1000 };
}

export function countFigure(count: Count): Figure {
  return count === null ? SUPPRESSED : { numerator: count, denominator: 1 };
}

/** A ratio of counts. */
export function shareFigure(share: Ratio | null): Figure {
  return share ?? SUPPRESSED;
}

/** A duration over the tasks of a count; suppressed with it. */
export function durationOver(duration: Seconds | null, count: Count): Figure {
  return count === null ? SUPPRESSED : durationFigure(duration);
}

/** The figure as a number for cells and text; null where there is nothing to divide by. */
export function valueOf(figure: Figure): number | null {
  if (figure === SUPPRESSED) return null;
  return figure && figure.denominator !== 0 ? figure.numerator / figure.denominator : null;
}
