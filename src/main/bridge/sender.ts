/**
 * Who may speak over the bridge: the main frame of a window that this application made, showing a page of its own
 * protocol. The print window may ask for its job and nothing else. Everything else gets no answer.
 */
import type { ChannelName } from '../../shared/contract/index.ts';

export type WindowRole = 'main' | 'print';

/** What the gateway needs to know about the sender of a message. */
export interface Sender {
  readonly webContentsId: number;
  /** Null when the frame has navigated away or gone since it sent the message. */
  readonly frame: { readonly url: string; readonly isMainFrame: boolean } | null;
}

export interface SenderRules {
  /** The role of a window this application made, or null for anything else. */
  roleOf(webContentsId: number): WindowRole | null;
  /** Scheme and host of our pages, `app://clinic`. */
  readonly origin: string;
}

/** What the print window may ask; the main window may ask everything else. */
const PRINT_CHANNELS: ReadonlySet<string> = new Set<ChannelName>(['print.job']);

/** @returns whether this sender may use this channel */
export function isTrustedSender(sender: Sender, channel: string, rules: SenderRules): boolean {
  if (sender.frame === null || !sender.frame.isMainFrame) return false;
  if (!isOwnPage(sender.frame.url, rules.origin)) return false;
  const role = rules.roleOf(sender.webContentsId);
  if (role === null) return false;
  return (role === 'print') === PRINT_CHANNELS.has(channel);
}

/** Compares scheme and host, because `URL.origin` is the word "null" for schemes that are not the web's own. */
export function isOwnPage(url: string, origin: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  return `${protocol}//${host}` === origin && username === '' && password === '';
}
