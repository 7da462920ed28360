/**
 * A ledger that cannot be written is still read: every question is answered, files are made elsewhere, and whatever
 * would enter something is refused with one code. Falls back to reading when a disk fills up or turns read-only under a
 * command; whoever asks while a ledger is being opened waits for it.
 */
import { CONTRACT } from '../../shared/contract/index.ts';
import type { ChannelName } from '../../shared/contract/index.ts';
import { refuse } from '../../shared/result.ts';
import type { Handler, Handlers } from './handlers.ts';

/** Commands that write nothing in the ledger, or leave it out while it cannot be written. */
const STILL_ALLOWED: readonly ChannelName[] = [
  'look-back.set',
  'preference.set',
  'sample.open',
  'sample.leave',
  'clock.confirm',
  'draft.set',
  'report.export',
  'timeline.print',
  'backup.make',
  'backup.now',
  'installation.answer',
  'recovery.choose-backup',
  'recovery.restore',
  'recovery.salvage',
  'recovery.save-copy',
];

/** Whose ledger it is. */
export interface ReadableOffice {
  /** Why nothing can be entered, or null. */
  readonly readOnly: string | null;
  opened(): Promise<void>;
  fallBack(): Promise<void>;
}

export function refusingWhileReadOnly(handlers: Handlers, office: ReadableOffice): Handlers {
  const guarded = Object.entries(handlers).map(([name, handler]) => {
    const channel = name as ChannelName; // a key of the contract
    const ask = handler as Handler<ChannelName>; // called with its own channel's request below
    const mayWrite = CONTRACT[channel].kind === 'command' && !STILL_ALLOWED.includes(channel);
    const guard: Handler<ChannelName> = async (request, call) => {
      await office.opened();
      if (mayWrite && office.readOnly !== null) return refuse('ledger-read-only', {}, true);
      const reply = await ask(request, call);
      await office.fallBack();
      return reply;
    };
    return [name, guard] as const;
  });
  return Object.fromEntries(guarded) as unknown as Handlers; // the same names with the same handlers behind a guard
}
