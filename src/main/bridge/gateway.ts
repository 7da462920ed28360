/**
 * The only user of `ipcMain`: lets trusted senders through to the dispatcher, and tells windows of events. A message
 * from anywhere else is logged by its kind and refused without being read.
 */
import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import type { BridgeEventName, BridgeEvents } from '../../shared/contract/index.ts';
import { refuse, type Result } from '../../shared/result.ts';
import type { Dispatch } from './dispatch.ts';
import { isTrustedSender, type Sender, type SenderRules } from './sender.ts';
import { EVENT, INVOKE } from './wire.ts';

export interface GatewayOptions {
  readonly ipcMain: Pick<IpcMain, 'handle'>;
  readonly rules: SenderRules;
  readonly dispatch: Dispatch;
  log(entry: { readonly code: string; readonly detail?: string }): void;
}

export function openGateway({ ipcMain, rules, dispatch, log }: GatewayOptions): void {
  ipcMain.handle(INVOKE, async (event, channel: unknown, request: unknown): Promise<string> => {
    if (typeof channel !== 'string' || !isTrustedSender(senderOf(event), channel, rules)) {
      log({ code: 'sender-refused', detail: `contents ${event.sender.id}` });
      return textOf(refuse('not-permitted'));
    }
    return textOf(await dispatch(channel, request));
  });
}

/** Answers are JSON by contract. */
function textOf(reply: Result<unknown>): string {
  return JSON.stringify(reply);
}

function senderOf(event: IpcMainInvokeEvent): Sender {
  const { sender, senderFrame } = event;
  if (senderFrame === null) return { webContentsId: sender.id, frame: null };
  return {
    webContentsId: sender.id,
    frame: { url: senderFrame.url, isMainFrame: senderFrame === sender.mainFrame },
  };
}

/** What an event needs of a window: Electron's `WebContents`. */
interface Listener {
  isDestroyed(): boolean;
  send(channel: string, ...payload: unknown[]): void;
}

export function tell<N extends BridgeEventName>(
  listeners: readonly Listener[],
  event: N,
  payload: BridgeEvents[N],
): void {
  for (const listener of listeners) {
    if (!listener.isDestroyed()) listener.send(EVENT, event, payload);
  }
}
