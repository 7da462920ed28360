/**
 * A refusal in the words of the command line.
 */
import type { Locale } from '../../shared/domain/local-text.ts';
import { m } from '../../shared/messages/index.ts';

export function refusalText(code: string, locale: Locale): string {
  return m.menu_cli_refused({ code }, { locale });
}
