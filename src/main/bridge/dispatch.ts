/**
 * The checks between a question and its handler, the same for a window and for the command line, in the order of
 * precedence of `COMMON_ERRORS`: the request has the shape of the contract, there is a ledger, there is a person, the
 * person may. A handler that throws becomes `internal`; what was thrown goes to the log and nowhere else.
 */
import { z } from 'zod';
import type { Permission } from '../../shared/contract/channel.ts';
import { commandIdField } from '../../shared/contract/fields.ts';
import { CONTRACT, type ChannelName } from '../../shared/contract/index.ts';
import type { StaffMember } from '../../shared/domain/clinic.ts';
import type { CommandId } from '../../shared/ids.ts';
import { refuse, type Refusal, type Result } from '../../shared/result.ts';
import type { CallContext, Handlers } from '../usecases/handlers.ts';

export interface DispatchOptions {
  readonly handlers: Handlers;
  /** The person at the desk. */
  person(): StaffMember | null;
  /** Whether whoever is at the desk may; before there is a staff list, whether anybody may. */
  mayUse(permission: ActingPermission): boolean;
  /** Checks answers against the contract too: in tests and development builds. */
  readonly checksResponses: boolean;
  /** Told of everything a handler throws. */
  reportFault(channel: ChannelName, fault: unknown): void;
}

/** A permission that somebody has to have. */
export type ActingPermission = Exclude<Permission, 'none'>;

export type Dispatch = (channel: unknown, request: unknown) => Promise<Result<unknown>>;

interface Envelope {
  readonly body: unknown;
  readonly commandId?: CommandId;
}

/** How zod reads: by looking at a shape as it goes, or by code that it has made of it. */
interface Parsing {
  readonly jitless: boolean;
}

export function createDispatch(options: DispatchOptions): Dispatch {
  const envelopes = new Map(channelNames().map((name) => [name, envelopeOf(name)]));
  const asked = new Set<ChannelName>();
  return async (channel, request) => {
    const known = channelNames().find((name) => name === channel);
    const envelope = known === undefined ? undefined : envelopes.get(known);
    if (known === undefined || envelope === undefined) return refuse('invalid-request');
    // zod writes and compiles code of its own for each shape, which pays where it runs more than once: most channels
    // of a start are asked once, while somebody waits.
    const parsing = { jitless: !asked.has(known) };
    asked.add(known);
    const parsed = envelope.safeParse(request, parsing);
    if (!parsed.success) return invalid(parsed.error);
    try {
      const refusal = await refusalFor(known, options);
      return refusal ?? (await answer(known, { envelope: parsed.data, parsing }, options));
    } catch (fault) {
      options.reportFault(known, fault);
      return refuse('internal');
    }
  };
}

function channelNames(): ChannelName[] {
  return Object.keys(CONTRACT) as ChannelName[]; // the keys of the contract are its channel names
}

function envelopeOf(channel: ChannelName): z.ZodType<Envelope> {
  const { kind, request } = CONTRACT[channel];
  return kind === 'command'
    ? z.strictObject({ commandId: commandIdField, body: request })
    : z.strictObject({ body: request });
}

/** Says where the request was wrong, by the contract's own names; never what was in it. */
function invalid(error: z.ZodError): Result<never> {
  const [issue] = error.issues;
  return refuse(
    'invalid-request',
    issue === undefined ? {} : { at: issue.path.join('.'), issue: issue.code },
  );
}

async function refusalFor(channel: ChannelName, options: DispatchOptions): Promise<Result<never> | null> {
  const { permission } = CONTRACT[channel];
  if (permission === 'none' || options.mayUse(permission)) return null;
  if (options.person() !== null) return refuse('not-permitted', { permission });
  const why = await whyNobody(options.handlers);
  if (options.mayUse(permission)) return null; // a ledger was being opened: somebody is there now
  return options.person() === null ? refuse(why) : refuse('not-permitted', { permission });
}

/** Without a ledger there is nobody either; then the ledger is what has to be told about. */
async function whyNobody(handlers: Handlers): Promise<'ledger-unavailable' | 'no-person'> {
  const state = await handlers['app.state']({}, { commandId: null });
  return state.ok && state.value.problem === null ? 'no-person' : 'ledger-unavailable';
}

async function answer(
  channel: ChannelName,
  { envelope, parsing }: { readonly envelope: Envelope; readonly parsing: Parsing },
  options: DispatchOptions,
): Promise<Result<unknown>> {
  const handler = options.handlers[channel] as LooseHandler; // the envelope was parsed with this channel's own schema
  const result = await handler(envelope.body, { commandId: envelope.commandId ?? null });
  if (options.checksResponses) checkAnswer(channel, result, parsing);
  return result;
}

type LooseHandler = (body: unknown, context: CallContext) => Promise<Result<unknown>>;

/** @throws ZodError when a handler answers what the contract does not promise (a fault of the application) */
function checkAnswer(channel: ChannelName, result: Result<unknown>, parsing: Parsing): void {
  if (result.ok) CONTRACT[channel].response.parse(result.value, parsing);
  else refusalField.parse(result.error, parsing);
}

const refusalField: z.ZodType<Refusal> = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9-]*$/),
  retryable: z.boolean(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
