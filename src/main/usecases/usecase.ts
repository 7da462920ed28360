/**
 * What a use case is: a function of the open workplace, a validated request and the call. `within` turns one into the
 * handler of a channel: without an open ledger every one of them answers `ledger-unavailable`, and a failure of the
 * storage anywhere in it is a refusal after which the ledger is opened anew.
 */
import type { ChannelName, ErrorCode, Request, Response } from '../../shared/contract/index.ts';
import type { Result } from '../../shared/result.ts';
import { refuse } from '../../shared/result.ts';
import type { CallContext, Handler } from './handlers.ts';
import type { CommandOf, Workplace } from './workplace.ts';

type Answer<N extends ChannelName> = Result<Response<N>, ErrorCode<N>>;

export type Usecase<N extends ChannelName> = (
  place: Workplace,
  request: Request<N>,
  call: CallContext,
) => Answer<N> | Promise<Answer<N>>;

/** @param current  the workplace that is open when the request comes, or null */
export function within<N extends ChannelName>(
  current: () => Workplace | null,
  usecase: Usecase<N>,
): Handler<N> {
  return async (request, call) => {
    const place = current();
    if (place === null) return refuse<ErrorCode<N>>('ledger-unavailable');
    return place.guarded(() => usecase(place, request, call));
  };
}

/** @throws Error for a command without an id, which the bridge never lets through */
export function commandOf(call: CallContext, body: unknown): CommandOf {
  if (call.commandId === null) throw new Error('a command has an id');
  return { commandId: call.commandId, body };
}
