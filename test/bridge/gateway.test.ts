/** The one door for messages: who is let through, what others are told, and that the preload knows the same names. */
import type { IpcMainInvokeEvent } from 'electron';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openGateway, tell } from '../../src/main/bridge/gateway.ts';
import { EVENT, INVOKE } from '../../src/main/bridge/wire.ts';
import { CHANNEL_NAMES } from '../../src/preload/allowed-names.ts';
import { CONTRACT } from '../../src/shared/contract/index.ts';
import { accept, refuse } from '../../src/shared/result.ts';

type Listener = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown;

function open() {
  const listeners = new Map<string, Listener>();
  const logged: unknown[] = [];
  const asked: unknown[] = [];
  openGateway({
    ipcMain: { handle: (name, listener: Listener) => void listeners.set(name, listener) },
    rules: { origin: 'app://clinic', roleOf: (id) => (id === 1 ? 'main' : null) },
    dispatch: (channel, request) => {
      asked.push([channel, request]);
      return Promise.resolve(accept('answer'));
    },
    log: (entry) => logged.push(entry),
  });
  const send = (id: number, url: string, ...args: unknown[]): unknown => {
    const frame = { url };
    const event = { sender: { id, mainFrame: frame }, senderFrame: frame };
    return listeners.get(INVOKE)?.(event as unknown as IpcMainInvokeEvent, ...args); // the parts that are read
  };
  return { send, logged, asked, names: [...listeners.keys()] };
}

describe('gateway', () => {
  it('listens under one name', () => {
    expect(open().names).toEqual([INVOKE]);
  });

  it('lets our window through', async () => {
    const { send, asked } = open();
    expect(await send(1, 'app://clinic/index.html', 'app.state', { body: {} })).toBe(
      JSON.stringify(accept('answer')),
    );
    expect(asked).toEqual([['app.state', { body: {} }]]);
  });

  const strangers = [
    { name: 'another window', id: 2, url: 'app://clinic/index.html', channel: 'app.state' },
    { name: 'another page', id: 1, url: 'https://example.org/', channel: 'app.state' },
    {
      name: 'a channel that is no text',
      id: 1,
      url: 'app://clinic/',
      channel: { toString: () => 'app.state' },
    },
  ];
  it.each(strangers)('refuses $name unread, and logs no word of it', async ({ id, url, channel }) => {
    const { send, asked, logged } = open();
    expect(await send(id, url, channel, { body: { text: '张伟' } })).toBe(
      JSON.stringify(refuse('not-permitted')),
    );
    expect(asked).toEqual([]);
    expect(logged).toEqual([{ code: 'sender-refused', detail: `contents ${id}` }]);
  });
});

describe('events', () => {
  it('reach every window that is still there', () => {
    const sent: unknown[] = [];
    const window = (isGone: boolean) => ({
      isDestroyed: () => isGone,
      send: (...message: unknown[]) => sent.push(message),
    });
    tell([window(false), window(true)], 'ledger.changed', { length: 3 });
    expect(sent).toEqual([[EVENT, 'ledger.changed', { length: 3 }]]);
  });
});

describe('preload', () => {
  it('knows the channels of the contract and no other', () => {
    expect(Object.keys(CHANNEL_NAMES).sort()).toEqual(Object.keys(CONTRACT).sort());
  });

  it('is one short file and names the same two wires as main', () => {
    const source = readFileSync(new URL('../../src/preload/index.ts', import.meta.url), 'utf8');
    expect(source.split('\n').length).toBeLessThan(60);
    expect(source).toContain(`const INVOKE = '${INVOKE}'`);
    expect(source).toContain(`const EVENT = '${EVENT}'`);
  });
});
