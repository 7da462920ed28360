/**
 * The last resort. A fault that nothing handled stops the application, because carrying on might write a wrong ledger:
 * where it came from goes to the log, plain words in both languages to whoever is there, and the exit code says so.
 */
import { app, dialog } from 'electron';
import { LOCALES } from '../../shared/domain/local-text.ts';
import { m } from '../../shared/messages/index.ts';
import { faultDetail, type LogFile } from './log-file.ts';

export interface FaultOptions {
  readonly log: LogFile;
  readonly logFolder: string;
  readonly exitCode: number;
  /** True with a window: then a dialog tells. Else a line on standard error. */
  readonly hasWindow: boolean;
}

/** Catches whatever nothing else does; call first. */
export function catchFaults(options: FaultOptions): void {
  process.on('uncaughtException', (fault) => {
    stopOnFault('uncaught-exception', fault, options);
  });
  process.on('unhandledRejection', (fault) => {
    stopOnFault('unhandled-rejection', fault, options);
  });
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (reason !== 'clean-exit')
      options.log.write({ code: 'child-process-gone', detail: `${type} ${reason} ${exitCode}` });
  });
}

export function stopOnFault(code: string, fault: unknown, options: FaultOptions): void {
  options.log.write({ code, detail: faultDetail(fault) });
  stop(`${bothLanguages(m.menu_fault_body)}\n\n${options.logFolder}`, options);
}

/** The page cannot be shown, so it cannot say so itself. */
export function stopWithoutPage(code: string, reason: string, options: FaultOptions): void {
  options.log.write({ code, detail: reason });
  stop(`${bothLanguages(m.menu_page_failed)}\n\n${options.logFolder}`, options);
}

function stop(text: string, { hasWindow, exitCode }: FaultOptions): void {
  process.stderr.write(`${text}\n`);
  if (hasWindow && app.isReady()) dialog.showErrorBox(bothLanguages(m.menu_fault_title, ' · '), text);
  app.exit(exitCode);
}

type Message = (inputs: Record<string, never>, options: { locale: (typeof LOCALES)[number] }) => string;

function bothLanguages(message: Message, separator = '\n\n'): string {
  return LOCALES.map((locale) => message({}, { locale })).join(separator);
}
