/**
 * The one way from a window to the application: `window.clinicAllocator.invoke` and `.on`, and nothing else. Names that
 * the contract does not know are refused here already; main checks everything again. Bundled into one CommonJS file,
 * because a sandboxed preload can load nothing; hence names only, no schemas.
 */
import { contextBridge, ipcRenderer } from 'electron';
import type { IpcRendererEvent } from 'electron';
import { CHANNEL_NAMES, EVENT_NAMES } from './allowed-names.ts';

/** Must equal `INVOKE` and `EVENT` of src/main/bridge/wire.ts; a test compares them. */
const INVOKE = 'clinic-allocator:invoke';
const EVENT = 'clinic-allocator:event';

contextBridge.exposeInMainWorld('clinicAllocator', {
  /** @returns the JSON text of the answer: an object would be copied into the page property by property */
  invoke(channel: unknown, request: unknown): Promise<unknown> {
    if (typeof channel !== 'string' || !Object.hasOwn(CHANNEL_NAMES, channel)) {
      return Promise.reject(new TypeError('unknown channel'));
    }
    return ipcRenderer.invoke(INVOKE, channel, request);
  },

  /** Hands over payloads only, never the sender behind the event; returns the end of the subscription. */
  on(event: unknown, listener: unknown): () => void {
    if (typeof event !== 'string' || !Object.hasOwn(EVENT_NAMES, event)) throw new TypeError('unknown event');
    if (typeof listener !== 'function') throw new TypeError('listener must be a function');
    const forward = (_sender: IpcRendererEvent, name: unknown, payload: unknown): void => {
      if (name === event) listener(payload);
    };
    ipcRenderer.on(EVENT, forward);
    return () => {
      ipcRenderer.off(EVENT, forward);
    };
  },
});
