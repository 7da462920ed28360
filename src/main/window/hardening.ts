/**
 * Electron's security checklist, applied once to everything: no process ever reaches a network, no page leaves our
 * protocol, opens a window, embeds another page or is granted a permission. Windows add their own part
 * (`pagePreferences`). What a window still can do is ask the bridge.
 */
import { app, session } from 'electron';
import type { Session, WebContents, WebPreferences } from 'electron';
import { isLoadable } from './app-files.ts';

/** A session in memory: no cookie, cache or storage of a page is ever written to disk. */
const PARTITION = 'clinic';

/**
 * Chromium's own doors to a network, closed before it starts: names resolve to nothing (IP addresses included), and
 * its background services (component updates, network time, reporting, variations) stay off.
 */
const SWITCHES: readonly (readonly [name: string, value?: string])[] = [
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['disable-client-side-phishing-detection'],
  ['disable-sync'],
  ['no-pings'],
  ['no-proxy-server'],
  ['webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
];

/** Must run before the application is ready. */
export function hardenProcess(): void {
  for (const [name, value] of SWITCHES) {
    if (value === undefined) app.commandLine.appendSwitch(name);
    else app.commandLine.appendSwitch(name, value);
  }
  // What a PDF says it was made by; there is nobody else to tell.
  app.userAgentFallback = `Clinic Allocator ${app.getVersion()}`;
  // enableSandbox() removes --no-sandbox, without which Chromium's services cannot start as root.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  app.on('session-created', hardenSession);
  app.on('web-contents-created', (_event, contents) => {
    hardenContents(contents);
  });
}

/** The only session that windows use; call when the application is ready. */
export function clinicSession(): Session {
  return session.fromPartition(PARTITION, { cache: false });
}

/** What every window of ours has in common; developer tools exist only outside packages. */
export function pagePreferences(preload: string): WebPreferences {
  return {
    preload,
    session: clinicSession(),
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    enableWebSQL: false,
    devTools: !app.isPackaged,
  };
}

function hardenSession(created: Session): void {
  created.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  created.setPermissionCheckHandler(() => false);
  created.setDevicePermissionHandler(() => false);
  created.setDisplayMediaRequestHandler((_request, answer) => {
    answer({});
  });
  // Even a disabled spell checker fetches its dictionary, as soon as it has a language.
  created.setSpellCheckerLanguages([]);
  created.setSpellCheckerEnabled(false);
  created.on('will-download', (event) => {
    event.preventDefault();
  });
  created.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !isLoadable(details.url, !app.isPackaged) });
  });
}

function hardenContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  contents.on('will-navigate', (event) => {
    event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
}
