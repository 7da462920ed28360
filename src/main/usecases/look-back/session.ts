/**
 * Looking back in time: a state of the whole window, so that no screen can show two times at once. While somebody looks
 * back every query answers as of that instant, and whatever would write is refused with words.
 */
import { findClinic } from '../../ledger/index.ts';
import type { LookBackAt } from '../../ledger/index.ts';
import type { AppState } from '../../../shared/contract/clinic.ts';
import { CONTRACT } from '../../../shared/contract/index.ts';
import type { ChannelName, ErrorCode, Request, Response } from '../../../shared/contract/index.ts';
import type { Result } from '../../../shared/result.ts';
import { accept, refuse } from '../../../shared/result.ts';
import { instant } from '../../../shared/units.ts';
import type { Handler, Handlers } from '../handlers.ts';
import type { Workplace } from '../workplace.ts';

/** Commands that write nothing about the clinic's work, or end the look back themselves. */
const STILL_ALLOWED: readonly ChannelName[] = [
  'look-back.set',
  'preference.set',
  'sample.open',
  'sample.leave',
  'clock.confirm',
  'draft.set',
  'backup.make',
  'backup.choose-folder',
  'backup.set-time',
  'backup.stop',
  'backup.now',
  'recovery.choose-backup',
  'recovery.restore',
  'recovery.salvage',
  'recovery.save-copy',
];

export class LookBackSession {
  /** The workplace as of the instant; null while everything is now. */
  #then: Workplace | null = null;

  get isOn(): boolean {
    return this.#then !== null;
  }

  /** @param live  the open workplace @returns what queries are asked of */
  seenFrom(live: Workplace | null): Workplace | null {
    return live === null ? null : (this.#then ?? live);
  }

  get state(): AppState['lookBack'] {
    const past = this.#then?.past;
    if (!past) return null;
    const { epoch, seq, hash } = past.head;
    return { at: past.now, by: past.asked.by, head: { epoch, length: seq, hash } };
  }

  set(
    live: Workplace,
    asked: Request<'look-back.set'>['to'],
  ): Result<Response<'look-back.set'>, ErrorCode<'look-back.set'>> {
    if (asked !== null && asked.at > live.now()) return refuse('time-in-the-future');
    this.end();
    if (asked === null) return accept({});
    const then = live.asOf({ at: instant(asked.at), by: asked.by } satisfies LookBackAt);
    if (!findClinic(then.db)) {
      then.past?.close();
      return refuse('before-the-books');
    }
    this.#then = then;
    return accept({});
  }

  end(): void {
    this.#then?.past?.close();
    this.#then = null;
  }
}

/** The handlers, with every command refused while somebody looks back. */
export function refusingInThePast(handlers: Handlers, session: LookBackSession): Handlers {
  const guarded = Object.entries(handlers).map(([name, handler]) => {
    const channel = name as ChannelName; // a key of the contract
    if (CONTRACT[channel].kind === 'query' || STILL_ALLOWED.includes(channel))
      return [name, handler] as const;
    const ask = handler as Handler<ChannelName>; // called with its own channel's request below
    const guard: Handler<ChannelName> = (request, call) =>
      session.isOn ? Promise.resolve(refuse('looking-back')) : ask(request, call);
    return [name, guard] as const;
  });
  return Object.fromEntries(guarded) as unknown as Handlers; // the same names with the same handlers behind a guard
}
