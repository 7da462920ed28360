/** What the hidden print page is to lay out: a report, a timeline or a day's list, in one language, for paper or as a page. */
import type { Locale } from './local-text.ts';
import type { PrintMedium } from './report.ts';

export interface PrintJob {
  readonly report: unknown;
  readonly locale: Locale;
  readonly medium: PrintMedium;
  /** A4 lying down; upright when left out. */
  readonly isLandscape?: boolean;
}
