/**
 * The part of the contract that is about this window rather than about the clinic: its language and theme, whether it
 * has the sample open, and what is being printed. Laid over the application's handlers, so that use cases need not know
 * that there are windows. A page may never name the file that is written: a person does, in the system's dialog.
 */
import type { THEMES } from '../../shared/contract/clinic.ts';
import type { Response } from '../../shared/contract/index.ts';
import type { Locale } from '../../shared/domain/local-text.ts';
import { accept, refuse } from '../../shared/result.ts';
import type { Handlers } from '../usecases/handlers.ts';

export type Theme = (typeof THEMES)[number];

/** What a window remembers and does; `src/main/index.ts` supplies it. */
export interface Desk {
  /** Null on a first run under a language that is neither English nor Chinese. */
  readonly locale: Locale | null;
  readonly theme: Theme;
  setLook(look: { readonly locale?: Locale | undefined; readonly theme?: Theme | undefined }): void;
  setOpensSample(opensSample: boolean): void;
  /** What the print window is to show, or null. */
  readonly printJob: { readonly report: unknown; readonly locale: Locale } | null;
}

export function withDesk(handlers: Handlers, desk: Desk): Handlers {
  return {
    ...handlers,
    'app.state': async (request, context) => {
      const reply = await handlers['app.state'](request, context);
      return reply.ok ? accept({ ...reply.value, locale: desk.locale, theme: desk.theme }) : reply;
    },
    'report.export': async (request, context) =>
      request.path === null ? handlers['report.export'](request, context) : refuse('not-permitted'),
    'preference.set': async (look) => {
      desk.setLook(look);
      return Promise.resolve(accept({}));
    },
    'sample.open': async (request, context) => {
      const reply = await handlers['sample.open'](request, context);
      if (reply.ok) desk.setOpensSample(true);
      return reply;
    },
    'sample.leave': async (request, context) => {
      const reply = await handlers['sample.leave'](request, context);
      if (reply.ok) desk.setOpensSample(false);
      return reply;
    },
    'print.job': async () => {
      const job = desk.printJob;
      if (job === null) return Promise.resolve(refuse('no-print-job'));
      return Promise.resolve(accept(job as Response<'print.job'>)); // a report that the use case has just made
    },
  };
}
