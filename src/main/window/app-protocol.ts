/**
 * Registers `app://clinic/…`, the one protocol that pages come from; never `file:`, never a network.
 */
import { protocol } from 'electron';
import type { Session } from 'electron';
import { APP_ORIGIN, APP_SCHEME, respond } from './app-files.ts';
import { FirstFiles } from './first-files.ts';

/** Must run before the application is ready, because Chromium fixes its schemes then. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: false } },
  ]);
}

/**
 * Answers every `app:` request of a session from the folder of built pages. `handle` would bring the whole HTTP, TLS and
 * HTTP/2 client of Node into the process for its `Response`, while the page waits (decision 0256).
 * @returns when the first page has got what it is made of
 */
export function serveApp(session: Session, rendererFolder: string): FirstFiles {
  const first = new FirstFiles();
  session.protocol.registerBufferProtocol(APP_SCHEME, (request, answer) => {
    const file = respond(request, rendererFolder);
    first.answered(request.url, file);
    answer(file);
  });
  const ours = { urls: [`${APP_ORIGIN}/*`] };
  session.webRequest.onCompleted(ours, ({ url }) => {
    if (first.delivered(url)) session.webRequest.onCompleted(null);
  });
  return first;
}
