/**
 * Expected refusals are values, not exceptions. A refusal names a kebab-case code; the words are chosen by whoever
 * shows it, in the user's language. `params` carry ids and numbers only: never names, paths or SQL.
 */

export interface Refusal<Code extends string = string> {
  readonly code: Code;
  /** True when the same request may succeed later without being changed. */
  readonly retryable: boolean;
  readonly params: Readonly<Record<string, string | number>>;
}

export type Result<Value, Code extends string = string> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: Refusal<Code> };

export function accept<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

export function refuse<Code extends string>(
  code: Code,
  params: Readonly<Record<string, string | number>> = {},
  retryable = false,
): { readonly ok: false; readonly error: Refusal<Code> } {
  return { ok: false, error: { code, retryable, params } };
}
