/** Who may ask what over the bridge. */
import { describe, expect, it } from 'vitest';
import { isOwnPage, isTrustedSender, type Sender } from '../../src/main/bridge/sender.ts';

const origin = 'app://clinic';
const rules = {
  origin,
  roleOf: (id: number) => (id === 1 ? 'main' : id === 2 ? 'print' : null),
} as const;
const page = (url: string, isMainFrame = true): Sender['frame'] => ({ url, isMainFrame });

describe('isTrustedSender', () => {
  const index = page('app://clinic/index.html#/today');
  const print = page('app://clinic/print.html');
  const cases = [
    { name: 'the main window', sender: { webContentsId: 1, frame: index }, channel: 'today.get', want: true },
    {
      name: 'the print window for its job',
      sender: { webContentsId: 2, frame: print },
      channel: 'print.job',
      want: true,
    },
    {
      name: 'the print window for anything else',
      sender: { webContentsId: 2, frame: print },
      channel: 'app.state',
      want: false,
    },
    {
      name: 'the main window for the print job',
      sender: { webContentsId: 1, frame: index },
      channel: 'print.job',
      want: false,
    },
    {
      name: 'a window that is not ours',
      sender: { webContentsId: 3, frame: index },
      channel: 'today.get',
      want: false,
    },
    {
      name: 'a frame inside a page',
      sender: { webContentsId: 1, frame: page('app://clinic/', false) },
      channel: 'today.get',
      want: false,
    },
    {
      name: 'a frame that has gone',
      sender: { webContentsId: 1, frame: null },
      channel: 'today.get',
      want: false,
    },
    {
      name: 'another page',
      sender: { webContentsId: 1, frame: page('https://clinic/') },
      channel: 'today.get',
      want: false,
    },
  ];
  it.each(cases)('$name: $want', ({ sender, channel, want }) => {
    expect(isTrustedSender(sender, channel, rules)).toBe(want);
  });
});

describe('isOwnPage', () => {
  const cases = [
    { url: 'app://clinic/', want: true },
    { url: 'app://clinic/index.html?a#b', want: true },
    { url: 'app://clinic.example/', want: false },
    { url: 'app://clinic:8080/', want: false },
    { url: 'app://user@clinic/', want: false },
    { url: 'app://clinic@evil/', want: false },
    { url: 'apps://clinic/', want: false },
    { url: 'file:///app://clinic/', want: false },
    { url: 'about:blank', want: false },
    { url: 'data:text/html,app://clinic/', want: false },
    { url: '', want: false },
  ];
  it.each(cases)('$url: $want', ({ url, want }) => {
    expect(isOwnPage(url, origin)).toBe(want);
  });
});
