/**
 * The timeline on paper: what a person sees, laid out again by the print page as a PDF, and an entry that it left the
 * ledger. Bars name no patient, so the sheet names none.
 */
import { createHash } from 'node:crypto';
import { digest } from '../../ledger/index.ts';
import { writeAtomically } from '../../reports/writers/atomic-file.ts';
import type { TimelineSheet } from '../../../shared/contract/timeline.ts';
import { m } from '../../../shared/messages/index.ts';
import type { Locale } from '../../../shared/domain/local-text.ts';
import { localDateOf, localDayNumberOf, dateOfDayNumber } from '../../../shared/local-time.ts';
import { accept, refuse } from '../../../shared/result.ts';
import { instant } from '../../../shared/units.ts';
import { provenanceOf } from '../reports/report-input.ts';
import type { Usecase } from '../usecase.ts';
import { commandOf } from '../usecase.ts';
import { getTimeline } from './get-timeline.ts';

export const printTimeline: Usecase<'timeline.print'> = async (place, request, call) => {
  const { window, isDense, locale } = request;
  const read = await getTimeline(place, { window, isDense }, call);
  if (!read.ok) return read;
  const { clinicName, isSample, timeZone, authorName, head } = provenanceOf(
    place,
    place.now(),
    place.person(),
  );
  const lastDay = localDayNumberOf(instant(window.until - 1), timeZone);
  const sheet: TimelineSheet = {
    kind: 'timeline',
    view: read.value,
    foldedPools: request.foldedPools,
    period: { fromDate: localDateOf(window.from, timeZone), untilDate: dateOfDayNumber(lastDay + 1) },
    provenance: { clinicName, isSample, timeZone, authorName, head: { hash: head.hash } },
  };
  const path = await place.surroundings.chooseSavePath(fileName(sheet, locale));
  if (path === null) return accept({ path: null, bytes: 0 });
  const pdf = await place.surroundings
    .printReport({ report: sheet, locale, medium: 'paper', isLandscape: true })
    .catch((fault: unknown) => {
      place.surroundings.log({ code: 'print-failed', detail: fault instanceof Error ? fault.name : '' });
      return null;
    });
  if (pdf === null) return refuse('print-failed', {}, true);
  const written = await writeAtomically(path, [pdf], new AbortController().signal);
  if (!written.ok) return written;
  const { bytes } = written.value;
  if (place.readOnly !== null) return accept({ path, bytes }); // the window says that it is not recorded
  return place.command(commandOf(call, request), (tx) => {
    tx.append('report-exported', {
      format: 'timeline',
      period: { from: window.from, to: window.until },
      filters: null,
      fileDigest: digest(createHash('sha256').update(pdf).digest('hex')),
    });
    return accept({ path, bytes });
  });
};

/** `timeline-2026-11-18.pdf`. */
function fileName({ period }: TimelineSheet, locale: Locale): string {
  return `${m.timeline_file_name({}, { locale })}-${period.fromDate}.pdf`;
}
