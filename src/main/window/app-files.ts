/**
 * What `app://clinic/…` names: GET only, files of known kinds inside one folder, by names that cannot climb out of it.
 * Knows nothing of Electron, so that every trick with a URL can be tested without a window.
 */
import { readFileSync } from 'node:fs';
import { extname, resolve, sep } from 'node:path';
import { securityHeaders } from './content-security.ts';

export const APP_SCHEME = 'app';
export const APP_HOST = 'clinic';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;

const MIME_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/**
 * The file that a URL of ours names.
 * @param rendererFolder  absolute folder of the built pages
 * @returns an absolute path inside that folder, or null when the URL names anything else
 */
export function fileOfUrl(url: string, rendererFolder: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol: scheme, host, pathname } = new URL(url);
  if (scheme !== `${APP_SCHEME}:` || host !== APP_HOST) return null;
  const path = decodePath(pathname);
  if (path === null || /[\0\\:]/.test(path)) return null;
  const file = resolve(rendererFolder, `.${path === '/' ? '/index.html' : path}`);
  if (!file.startsWith(rendererFolder + sep)) return null;
  return extname(file) in MIME_TYPES ? file : null;
}

function decodePath(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}

/** Fits Electron's `ProtocolResponse` for a buffer. */
export interface FileAnswer {
  readonly statusCode: number;
  readonly mimeType: string;
  readonly headers: Record<string, string>;
  readonly data: Buffer;
}

/**
 * Read at once: a small file of the installation is there sooner than four turns of the event loop are.
 * @returns the file with our headers; 405 for anything but GET, 404 for anything but one of our files, both empty
 */
export function respond(
  request: { readonly method: string; readonly url: string },
  rendererFolder: string,
): FileAnswer {
  if (request.method !== 'GET') return refusal(405);
  const file = fileOfUrl(request.url, rendererFolder);
  if (file === null) return refusal(404);
  try {
    return answer(200, MIME_TYPES[extname(file)] ?? 'application/octet-stream', readFileSync(file));
  } catch {
    return refusal(404);
  }
}

function refusal(statusCode: number): FileAnswer {
  return answer(statusCode, 'text/plain; charset=utf-8', Buffer.alloc(0));
}

function answer(statusCode: number, contentType: string, data: Buffer): FileAnswer {
  const [mimeType = contentType] = contentType.split(';');
  return { statusCode, mimeType, headers: securityHeaders(contentType), data };
}

/** @returns whether a session may load this URL at all; developer tools load their own pages, outside packages */
export function isLoadable(url: string, hasDeveloperTools: boolean): boolean {
  if (url.startsWith(`${APP_SCHEME}:`)) return url.startsWith(`${APP_ORIGIN}/`);
  return hasDeveloperTools && (url.startsWith('devtools://') || url.startsWith('chrome-extension://'));
}
