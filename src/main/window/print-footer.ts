/**
 * The line at the foot of each printed page: what period it is about, which page of how many, and the beginning of the
 * ledger's head hash, by which a page can be matched with the books it was printed from.
 */
import { z } from 'zod';
import type { Locale } from '../../shared/domain/local-text.ts';
import { m } from '../../shared/messages/index.ts';

export interface PrintFooter {
  readonly period: string;
  readonly ledgerHash: string;
  readonly locale: Locale;
}

const HASH_LENGTH = 12;
const DAY_MS = 86_400_000;

/** The two parts of a report that the footer shows. */
const footedReport = z.object({
  period: z.object({ fromDate: z.iso.date(), untilDate: z.iso.date() }),
  provenance: z.object({ head: z.object({ hash: z.string() }) }),
});

/** @throws ZodError when the job's report is no report (caller bug) */
export function footerOf(job: { readonly report: unknown; readonly locale: Locale }): PrintFooter {
  const { period, provenance } = footedReport.parse(job.report);
  const lastDate = dayBefore(period.untilDate);
  return {
    period: period.fromDate === lastDate ? lastDate : `${period.fromDate} – ${lastDate}`,
    ledgerHash: provenance.head.hash.slice(0, HASH_LENGTH),
    locale: job.locale,
  };
}

/** The last day of a period whose end is the day after. */
function dayBefore(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);
}

/** Chromium fills the two page numbers in; styles are inline because the footer is a document of its own. */
export function footerTemplate({ period, ledgerHash, locale }: PrintFooter): string {
  const left = escapeHtml(period);
  const right = escapeHtml(m.menu_print_ledger({ hash: ledgerHash }, { locale }));
  const page = escapeHtml(m.menu_print_page({ page: '\u0001', pages: '\u0002' }, { locale }))
    .replace('\u0001', '<span class="pageNumber"></span>')
    .replace('\u0002', '<span class="totalPages"></span>');
  const style =
    'width:100%;margin:0 16mm;display:flex;justify-content:space-between;' +
    "font:7.5pt 'Noto Sans CJK SC','Noto Sans SC','Microsoft YaHei','PingFang SC',sans-serif;color:#4b5563";
  const language = locale === 'zh' ? 'zh-CN' : 'en';
  return `<div lang="${language}" style="${style}"><span>${left}</span><span>${page}</span><span>${right}</span></div>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
