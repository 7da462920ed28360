/**
 * Makes the reports that somebody will open first, before anybody does: once the window stands, month, quarter and year
 * are made and thrown away, so that their pages are in memory and their code is compiled. With as long a rest after each
 * as it took.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { findClinic } from '../../ledger/index.ts';
import type { PeriodChoice } from '../../../shared/domain/report.ts';
import { localDateOf } from '../../../shared/local-time.ts';
import type { Workplace } from '../workplace.ts';
import { getPeriods, makeReport } from './get-report.ts';

/** Short ones first: the longest finds most of its code compiled. */
const KINDS = ['month', 'quarter', 'year', 'year', 'year'] as const;

/** @param isOpen  whether the workplace still is what people look at */
export async function warmReports(place: Workplace, isOpen: () => boolean): Promise<void> {
  if (isOpen() && findClinic(place.db)) await getPeriods(place, {}, { commandId: null });
  for (const kind of KINDS) {
    const clinic = isOpen() ? findClinic(place.db) : null;
    if (!clinic || !place.person()) return;
    const begun = performance.now();
    const period: PeriodChoice = { kind, from: localDateOf(place.now(), clinic.timeZone) };
    makeReport(place, { period, poolIds: null, subsystems: null }, place.person(), 'first');
    await pause(performance.now() - begun);
  }
}
