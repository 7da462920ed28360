/**
 * The words of every screen, report and error, in both languages, compiled from `messages/{locale}/*.json` by
 * `npm run messages`. The renderer re-reads its locale from a rune; the main process passes `{ locale }` with each call,
 * because it serves windows and files in different languages at once.
 */
export { m } from './generated/messages.js';
export { getLocale, overwriteGetLocale } from './generated/runtime.js';
