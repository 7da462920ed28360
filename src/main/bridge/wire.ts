/**
 * The two names under which bridge traffic travels inside Electron. The preload keeps its own copy, because it may
 * share no module with main; a test compares the two.
 */

/** Window to main, answered: channel name and request. */
export const INVOKE = 'clinic-allocator:invoke';
/** Main to window, unanswered: event name and payload. */
export const EVENT = 'clinic-allocator:event';
