/**
 * What a channel of the bridge is. Queries read and may be asked again at will; commands carry a `commandId`, append
 * to the ledger or change the machine, and answer the same id and body with their first reply.
 */
import type { z } from 'zod';

export const PERMISSIONS = [
  'none',
  'read',
  'enter',
  'manage',
  'export',
  'identify',
  'import',
  'install',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** Refusals any channel may give, in order of precedence. */
export const COMMON_ERRORS = [
  'invalid-request',
  'ledger-unavailable',
  'no-person',
  'not-permitted',
  'looking-back',
  'command-id-reused',
  'clock-jump',
  'ledger-read-only',
  'disk-full',
  'ledger-io',
  'internal',
] as const;
export type CommonError = (typeof COMMON_ERRORS)[number];

export interface Channel<
  Kind extends 'query' | 'command' = 'query' | 'command',
  Request extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
  Errors extends readonly string[] = readonly string[],
> {
  readonly kind: Kind;
  readonly permission: Permission;
  readonly request: Request;
  readonly response: Response;
  /** Refusals of this channel beside the common ones, in order of precedence. */
  readonly errors: Errors;
}

type Parts<Request extends z.ZodType, Response extends z.ZodType, Errors extends readonly string[]> = Omit<
  Channel<'query', Request, Response, Errors>,
  'kind'
>;

export function query<
  Request extends z.ZodType,
  Response extends z.ZodType,
  const Errors extends readonly string[],
>(parts: Parts<Request, Response, Errors>): Channel<'query', Request, Response, Errors> {
  return { kind: 'query', ...parts };
}

export function command<
  Request extends z.ZodType,
  Response extends z.ZodType,
  const Errors extends readonly string[],
>(parts: Parts<Request, Response, Errors>): Channel<'command', Request, Response, Errors> {
  return { kind: 'command', ...parts };
}

/** What crossed the bridge is nobody's to change. */
export type Immutable<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer Element)[]
    ? readonly Immutable<Element>[]
    : { readonly [Key in keyof T]: Immutable<T[Key]> };
