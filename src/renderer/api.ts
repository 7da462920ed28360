/**
 * The window's side of the bridge, and the only module that touches `window.clinicAllocator`. State classes are given
 * an `Api`, so that tests give them another one. A reply is a value: refusals are shown by code, never thrown.
 */
import type {
  Bridge,
  BridgeEventName,
  BridgeEvents,
  BridgeRequest,
  ChannelName,
  CommandName,
  QueryName,
  Reply,
  Request,
} from '../shared/contract/index.ts';

declare global {
  interface Window {
    readonly clinicAllocator: Bridge;
  }
}

export interface Api {
  query<N extends QueryName>(channel: N, request: Request<N>): Promise<Reply<N>>;
  /**
   * @param commandId  given when the same command is sent again after a lost reply; the first reply comes back
   */
  command<N extends CommandName>(channel: N, request: Request<N>, commandId?: string): Promise<Reply<N>>;
  /** @returns a function that ends the subscription */
  on<N extends BridgeEventName>(event: N, listener: (payload: BridgeEvents[N]) => void): () => void;
}

/** The API over a bridge; the window's own unless a test gives another. */
export function bridgeApi(bridge: Bridge = window.clinicAllocator): Api {
  return {
    async query(channel, request) {
      const sent = { body: plain(request) };
      return replyIn(await bridge.invoke(channel, sent as BridgeRequest<typeof channel>)); // the conditional type is not resolved for a generic name
    },
    async command(channel, request, commandId = crypto.randomUUID()) {
      const sent = { commandId, body: plain(request) };
      return replyIn(await bridge.invoke(channel, sent as BridgeRequest<typeof channel>)); // as above
    },
    on: (event, listener) => bridge.on(event, listener),
  };
}

/** Main has made it of what the contract promises for this channel. */
function replyIn<N extends ChannelName>(text: string): Reply<N> {
  return JSON.parse(text) as Reply<N>;
}

/** Requests are JSON by contract; a form's reactive state is a proxy, which cannot cross into another process. */
function plain<Value>(request: Value): Value {
  return JSON.parse(JSON.stringify(request)) as Value; // the same JSON
}
