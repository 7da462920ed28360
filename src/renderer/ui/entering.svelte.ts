/**
 * Whether anything can be entered now. While the window shows an earlier time nothing can: whatever would enter
 * something (`enters` of Button, IconButton and Menu) then looks and is unavailable, keeps its place among the keys, and
 * says why. Main refuses such commands all the same; this is so that nobody has to press to find out.
 */
import { m } from '../../shared/messages/index.ts';
import type { Refusal } from '../../shared/result.ts';

/** Of the sentence in the banner, which describes to assistive technology whatever is unavailable. */
export const ENTERING_REASON_ID = 'entering-reason';

class Entering {
  /** True while the window shows an earlier time. Set with the application's state. */
  isPaused = $state(false);

  /** Why what enters is unavailable, in one sentence; null while it is available. */
  readonly reason = $derived(this.isPaused ? m.shell_past_detail() : null);

  /** For what is asked for by a key and opens a form first: the refusal that sending would get; null when it would not. */
  get refusal(): Refusal<'looking-back'> | null {
    return this.isPaused ? { code: 'looking-back', retryable: false, params: {} } : null;
  }
}

export const entering = new Entering();
