/**
 * An `Api` for state classes: each channel answers what the test scripted (a value, a refusal, or a function of the
 * request), every call is recorded in order, and events are sent by hand. A channel nobody scripted fails the test, but
 * for the drafts that every form keeps: they lie in `drafts`, which two APIs share to stand for a restart.
 */
import type { Api } from '../../../src/renderer/api.ts';
import type {
  BridgeEventName,
  BridgeEvents,
  ChannelName,
  Reply,
  Request,
  Response,
} from '../../../src/shared/contract/index.ts';
import { accept } from '../../../src/shared/result.ts';
import { instant } from '../../../src/shared/units.ts';

type Answer<N extends ChannelName> = (request: Request<N>) => Reply<N> | Promise<Reply<N>>;
type Script = { [N in ChannelName]?: Answer<N> };

export interface Call {
  readonly channel: ChannelName;
  readonly request: unknown;
  readonly commandId?: string | undefined;
}

/** What is kept of forms, by the form's name, and when. */
export class Drafts extends Map<string, string> {
  now = instant(1_790_000_000);

  readonly script: Script = {
    'draft.get': ({ form }) => {
      const body = this.get(form) ?? null;
      return accept({ body, savedAt: body === null ? null : this.now, now: this.now });
    },
    'draft.set': ({ form, body }) => {
      if (body === null) this.delete(form);
      else this.set(form, body);
      return accept({});
    },
  };
}

export class ScriptedApi implements Api {
  readonly calls: Call[] = [];
  readonly drafts: Drafts;
  readonly #script: Script;
  readonly #listeners = new Map<BridgeEventName, Set<(payload: never) => void>>();

  constructor(script: Script, drafts = new Drafts()) {
    this.drafts = drafts;
    this.#script = { ...drafts.script, ...script };
  }

  query<N extends ChannelName>(channel: N, request: Request<N>): Promise<Reply<N>> {
    return this.#answer(channel, request, undefined);
  }

  command<N extends ChannelName>(channel: N, request: Request<N>, commandId?: string): Promise<Reply<N>> {
    return this.#answer(channel, request, commandId);
  }

  on<N extends BridgeEventName>(event: N, listener: (payload: BridgeEvents[N]) => void): () => void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  send<N extends BridgeEventName>(event: N, payload: BridgeEvents[N]): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(payload as never); // stored under its own event
  }

  requestsOf<N extends ChannelName>(channel: N): Request<N>[] {
    return this.calls.filter((call) => call.channel === channel).map((call) => call.request as Request<N>); // recorded under its channel
  }

  async #answer<N extends ChannelName>(
    channel: N,
    request: Request<N>,
    commandId?: string,
  ): Promise<Reply<N>> {
    // As the real bridge does: a reactive proxy in a request fails here too.
    this.calls.push({ channel, request: structuredClone(request), commandId });
    const answer = this.#script[channel];
    if (!answer) throw new Error(`nothing scripted for ${channel}`);
    return answer(request);
  }
}

export function answers<N extends ChannelName>(value: Response<N>): Answer<N> {
  return () => accept(value);
}
