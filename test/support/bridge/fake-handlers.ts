/**
 * Handlers that note what they are asked and give what a test tells them to; for tests of what stands before them.
 */
import type { Handlers } from '../../../src/main/usecases/handlers.ts';
import { CONTRACT, type ChannelName } from '../../../src/shared/contract/index.ts';
import { accept, type Result } from '../../../src/shared/result.ts';

export interface Call {
  readonly channel: string;
  readonly body: unknown;
  readonly commandId: string | null;
}

export type Answers = Partial<Record<ChannelName, () => Promise<Result<unknown>>>>;

/** @param calls  filled with what the handlers are asked; questions for `app.state` by the bridge itself included */
export function fakeHandlers(calls: Call[], answers: Answers = {}): Handlers {
  const entries = Object.keys(CONTRACT).map((name) => {
    const channel = name as ChannelName; // a key of the contract
    const handler = (body: unknown, context: { commandId: string | null }): Promise<Result<unknown>> => {
      calls.push({ channel, body, commandId: context.commandId });
      return (
        answers[channel]?.() ?? Promise.resolve(accept(channel === 'app.state' ? { problem: null } : {}))
      );
    };
    return [channel, handler];
  });
  return Object.fromEntries(entries) as unknown as Handlers; // answers are whatever the test wants them to be
}
