/**
 * The refusal `clock-jump`: this computer's clock has leapt, and a person says whether it is right. Both times are told
 * in full, because the year is what is usually wrong.
 */
import type { Api } from '../api.ts';
import { format } from '../format/format.svelte.ts';
import { m } from '../../shared/messages/index.ts';
import { errorWords } from '../../shared/messages/error-words.ts';
import type { Refusal } from '../../shared/result.ts';
import { notices } from './notices.svelte.ts';

export const CLOCK_JUMP = 'clock-jump';

/** @param refusal  its `params` hold both times in milliseconds; without them the general words are used */
export function clockJumpWords(refusal: Refusal): string {
  const { believedMs, nowMs } = refusal.params;
  if (typeof believedMs !== 'number' || typeof nowMs !== 'number') return errorWords(refusal);
  return m.shell_clock_jump({ believed: fullMoment(believedMs), now: fullMoment(nowMs) });
}

function fullMoment(ms: number): string {
  const at = Math.floor(ms / 1000);
  return `${format.longDate(at)} ${format.time(at)}`;
}

/** Tells main, and then the person to repeat what was refused: a command is never sent again by itself. */
export async function confirmClock(api: Pick<Api, 'command'>): Promise<void> {
  const reply = await api.command('clock.confirm', {});
  if (!reply.ok) {
    notices.refuse(reply.error);
    return;
  }
  notices.close(CLOCK_JUMP);
  notices.done('clock-confirmed', () => m.shell_clock_confirmed());
}
