/**
 * Electron's security checklist in the real window: what a page of ours cannot do, even if somebody managed to run
 * code in it. One window for all of it; nothing here changes a ledger.
 */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWindow, type OpenedWindow } from '../../scripts/lib/app-window.mjs';
import { goTo, inMain, temporaryLedger, withWindow } from '../support/electron-app.ts';
import { networkUse } from '../support/net-log.ts';
import { PLACES, visitPlaces } from '../support/places/places.ts';
import { complaintsOf } from '../support/screen-checks.ts';

const ledger = temporaryLedger();
const netLog = join(ledger.folder, 'net-log.json');
let window: OpenedWindow;
let server: Server;
let requests = 0;
let address = '';

beforeAll(async () => {
  server = createServer((_request, response) => {
    requests += 1;
    response.end('reached');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server has one
  address = `127.0.0.1:${port}`;
  window = await openWindow({ ledger: ledger.path, language: 'en', extra: [`--log-net-log=${netLog}`] });
});

afterAll(async () => {
  await window.close();
  server.close();
  ledger.remove();
});

describe('the page', () => {
  it('comes from our own protocol with the strict policy', async () => {
    expect(new URL(window.page.url()).protocol).toBe('app:');
    const policies = await window.page.evaluate(async () => {
      const seen: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) => seen.push(event.originalPolicy), {
        once: true,
      });
      const style = document.createElement('style');
      style.textContent = 'body { color: red }';
      document.head.append(style);
      await new Promise((resolve) => setTimeout(resolve, 50));
      style.remove();
      return seen;
    });
    expect(policies).toHaveLength(1);
    expect(policies[0]).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
  });

  it('has invoke and on, and nothing of Node or Electron', async () => {
    const found = await window.page.evaluate(() => ({
      bridge: Object.keys(Reflect.get(globalThis, 'clinicAllocator') as object).sort(),
      others: [
        'require',
        'process',
        'module',
        'Buffer',
        'global',
        'electron',
        'ipcRenderer',
        '__dirname',
      ].filter((name) => name in globalThis),
    }));
    expect(found).toEqual({ bridge: ['invoke', 'on'], others: [] });
  });

  it('cannot replace the bridge', async () => {
    const replaced = await window.page.evaluate(() => {
      const before: unknown = Reflect.get(globalThis, 'clinicAllocator');
      Reflect.set(globalThis, 'clinicAllocator', { invoke: () => 'mine' });
      Reflect.set(before as object, 'invoke', () => 'mine');
      const after = Reflect.get(globalThis, 'clinicAllocator') as { invoke: { toString(): string } };
      return after !== before || after.invoke.toString().includes('mine');
    });
    expect(replaced).toBe(false);
  });

  it('runs no code from text, and no script or style from inside a page', async () => {
    const outcome = await window.page.evaluate(async () => {
      // In a timer, because a driver's own evaluation is allowed more than the page is.
      const later = <T>(work: () => T): Promise<T | string> =>
        new Promise((resolve) =>
          setTimeout(() => {
            try {
              resolve(work());
            } catch (error) {
              resolve(error instanceof Error ? error.name : 'thrown');
            }
          }),
        );
      const inject = (): string => {
        const script = document.createElement('script');
        script.textContent = 'globalThis.injected = true';
        document.body.append(script);
        return 'appended';
      };
      return {
        // eslint-disable-next-line no-eval -- that it is refused is what is being tested
        eval: await later(() => (0, eval)('1 + 1') as unknown),
        function: await later(() => new Function('return 1')() as unknown),
        html: await later(() => (document.createElement('div').innerHTML = '<img src=x onerror=alert(1)>')),
        script: await later(inject),
        ran: 'injected' in globalThis,
      };
    });
    expect(outcome).toEqual({
      eval: 'EvalError',
      function: 'EvalError',
      html: 'TypeError',
      script: 'TypeError',
      ran: false,
    });
  });

  it('stays where it is', async () => {
    const before = window.page.url().split('#')[0];
    for (const target of [
      `http://${address}/`,
      'file:///etc/passwd',
      'app://clinic/print.html',
      'data:text/html,x',
    ]) {
      await window.page.evaluate((url) => {
        location.href = url;
      }, target);
      await window.page.waitForTimeout(100);
      expect(window.page.url().split('#')[0]).toBe(before);
    }
  });

  it('opens no window, frame or download', async () => {
    const opened = await window.page.evaluate((url) => {
      const frame = document.createElement('iframe');
      frame.src = url;
      document.body.append(frame);
      const link = document.createElement('a');
      link.href = url;
      link.download = 'x';
      link.click();
      return globalThis.open(url) === null && globalThis.open('about:blank') === null;
    }, `http://${address}/`);
    expect(opened).toBe(true);
    await window.page.waitForTimeout(100);
    const windows = await inMain(
      window.electronApp,
      ({ BrowserWindow }) => BrowserWindow.getAllWindows().length,
    );
    expect(windows).toBe(1);
    const frames = window.page.frames().filter((frame) => frame.url().startsWith('http'));
    expect(frames).toEqual([]);
  });

  it('is granted no permission', async () => {
    const granted = await window.page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'];
      const states = await Promise.all(
        names.map(
          async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state,
        ),
      );
      const media = await navigator.mediaDevices
        .getUserMedia({ audio: true })
        .catch((error: Error) => error.name);
      return { states: [...new Set(states)], media: typeof media === 'string' ? media : 'granted' };
    });
    expect(granted.states).toEqual(['denied']);
    // Without a microphone the question of permission does not even arise.
    expect(['NotAllowedError', 'NotFoundError']).toContain(granted.media);
  });
});

describe('the network', () => {
  it('is out of reach for a page, by every road there is', async () => {
    const reached = await window.page.evaluate(async (host) => {
      const outcome = (target: EventTarget): Promise<string> =>
        new Promise((resolve) => {
          target.addEventListener('error', () => resolve('refused'));
          for (const name of ['load', 'open', 'message'])
            target.addEventListener(name, () => resolve('reached'));
          setTimeout(() => resolve('refused'), 2_000);
        });
      const image = new Image();
      const picture = outcome(image);
      image.src = `http://${host}/x.png`;
      const attempt = (open: () => EventTarget): Promise<string> => {
        try {
          return outcome(open());
        } catch {
          return Promise.resolve('refused');
        }
      };
      navigator.sendBeacon(`http://${host}/beacon`, 'x');
      return Promise.all([
        fetch(`http://${host}/`).then(
          () => 'reached',
          () => 'refused',
        ),
        attempt(() => new WebSocket(`ws://${host}/`)),
        attempt(() => new EventSource(`http://${host}/`)),
        picture,
      ]);
    }, address);
    expect(reached).toEqual(['refused', 'refused', 'refused', 'refused']);
    expect(requests).toBe(0);
  });

  it('is out of reach for the main process too, through Electron', async () => {
    const urls = [`http://${address}/`, 'https://example.org/', 'http://localhost/'];
    for (const url of urls) {
      const outcome = await inMain(
        window.electronApp,
        ({ net }, target) =>
          net.fetch(target).then(
            () => 'reached',
            () => 'refused',
          ),
        url,
      );
      expect(outcome, url).toBe('refused');
    }
    expect(requests).toBe(0);
  });
});

describe('the window', () => {
  it('is sandboxed, isolated and leaves nothing on disk', async () => {
    const found = await inMain(window.electronApp, ({ BrowserWindow }) => {
      const [shown] = BrowserWindow.getAllWindows();
      const contents = shown?.webContents;
      const preferences: object =
        (contents as unknown as { getLastWebPreferences(): object } | undefined)?.getLastWebPreferences() ??
        {};
      return {
        preferences,
        isPersistent: contents?.session.isPersistent(),
        checksSpelling: contents?.session.isSpellCheckerEnabled(),
      };
    });
    expect(found).toMatchObject({ isPersistent: false, checksSpelling: false });
    expect(found.preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
    });
  });
});

describe('the bridge', () => {
  const ask = (channel: string, request: unknown): Promise<unknown> =>
    window.page.evaluate(
      async ([name, body]) => {
        const bridge = Reflect.get(globalThis, 'clinicAllocator') as {
          invoke(channel: unknown, request: unknown): Promise<string>;
        };
        return bridge.invoke(name, body).then(
          (text): unknown => JSON.parse(text),
          (error: Error) => error.name,
        );
      },
      [channel, request] as const,
    );

  it('answers our page', async () => {
    expect(await ask('app.state', { body: {} })).toMatchObject({ ok: true, value: { problem: null } });
  });

  it('refuses what the contract does not know', async () => {
    expect(await ask('ledger.drop', { body: {} })).toBe('Error');
    expect(await ask('constructor', { body: {} })).toBe('Error');
    expect(await ask('app.state', { body: {}, extra: 1 })).toMatchObject({
      error: { code: 'invalid-request' },
    });
  });

  it("keeps the print window's question from the page", async () => {
    expect(await ask('print.job', { body: {} })).toMatchObject({ error: { code: 'not-permitted' } });
  });

  it('refuses entries while nobody is at the desk', async () => {
    const request = { body: { text: '' } };
    expect(await ask('patient.search', request)).toMatchObject({ error: { code: 'no-person' } });
  });
});

describe('our own screens', () => {
  const routes = [
    'today',
    'workspace/records',
    'workspace/imaging',
    'pools',
    'reports',
    'import',
    'settings',
  ];

  it('keep to the policy, from the first script on, with what opens over them', async () => {
    const sample = temporaryLedger();
    const layers = PLACES.filter(({ isShort, leave }) => isShort === true && leave !== undefined);
    await withWindow({ ledger: sample.path, language: 'en', extra: ['--demo'] }, async ({ page }) => {
      const complaints = complaintsOf(page);
      await page.reload();
      for (const route of routes) await goTo(page, route);
      await visitPlaces(page, layers, () => Promise.resolve());
      expect(complaints).toEqual([]);
    });
    sample.remove();
  });
});

describe('after the window has closed', () => {
  it('nothing of Chromium ever opened a socket or asked for a host', async () => {
    await window.close();
    expect(networkUse(readFileSync(netLog, 'utf8'))).toEqual({ sockets: [], hosts: [] });
  });
});
