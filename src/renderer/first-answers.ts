/**
 * What the first screen will ask is asked before it is made, so that its answers are worked out beside the first
 * rendering and not after it. Each is given to the first who asks for it, unless something has changed since; a refusal
 * is not kept, because what was refused before a clinic is set up is allowed afterwards.
 */
import type { Api } from './api.ts';
import { parseRoute } from './shell/route.ts';
import type { QueryName, Reply, Request } from '../shared/contract/index.ts';

/** Asked without anything that narrows them, in the order in which they are needed. */
const TODAY_ASKS = ['today.get', 'decision.list', 'day.get'] as const;

/** @param hash  of the window's address: only Today is known beforehand */
export function firstAnswers(api: Api, hash: string): Api {
  const early = new Map<QueryName, Promise<unknown>>();
  const ask = (channel: 'app.state' | (typeof TODAY_ASKS)[number]) =>
    early.set(channel, api.query(channel, {}));
  ask('app.state');
  if (parseRoute(hash).name === 'today') TODAY_ASKS.forEach(ask);
  const off = [api.on('ledger.changed', forget), api.on('offer.changed', forget)];
  function forget(): void {
    early.clear();
    for (const stop of off) stop();
  }

  async function query<N extends QueryName>(channel: N, request: Request<N>): Promise<Reply<N>> {
    const answer = early.get(channel) as Promise<Reply<N>> | undefined; // of the same channel
    early.delete(channel);
    if (early.size === 0) forget();
    if (!answer || Object.keys(request).length > 0) return api.query(channel, request);
    const reply = await answer;
    return reply.ok ? reply : api.query(channel, request);
  }
  return {
    query,
    command: (channel, request, commandId) => api.command(channel, request, commandId),
    on: (event, listener) => api.on(event, listener),
  };
}
