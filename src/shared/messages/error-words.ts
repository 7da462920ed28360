/**
 * The words of a refusal, chosen by its code. Every code of the contract has a message `error_<code>` in both languages
 * (a test walks the contract); a code without words, which only a fault can make, is told as an internal error.
 */
import type { Locale } from '../domain/local-text.ts';
import type { Refusal } from '../result.ts';
import * as named from './named/error.ts';

type Words = (inputs: Refusal['params'], options: { locale?: Locale }) => string;

/** Message functions by name. The compiled module types each by its own inputs; here they come with the refusal. */
const messages = named as unknown as Readonly<Record<string, Words | undefined>>; // looked up by code, checked by a test

/** `ledger-read-only` is told by `error_ledger_read_only`. */
export function errorMessageName(code: string): string {
  return `error_${code.replaceAll('-', '_')}`;
}

/** @param locale  for files and the command line; a window's words follow its own language */
export function errorWords(refusal: Pick<Refusal, 'code' | 'params'>, locale?: Locale): string {
  const words = messages[errorMessageName(refusal.code)] ?? messages['error_internal'];
  return words?.(refusal.params, locale ? { locale } : {}) ?? refusal.code;
}
