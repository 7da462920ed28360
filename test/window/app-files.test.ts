/** What `app://clinic/…` serves, and every way of asking for something else. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileOfUrl, isLoadable, respond, type FileAnswer } from '../../src/main/window/app-files.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'clinic-allocator-pages-'));
  mkdirSync(join(folder, 'pages', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.html'), 'secret');
  writeFileSync(join(folder, 'pages', 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'pages', 'assets', 'a.js'), 'export {}');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('fileOfUrl', () => {
  const pages = '/pages';
  const inside = [
    { url: 'app://clinic/', want: '/pages/index.html' },
    { url: 'app://clinic/index.html?x=1#/today', want: '/pages/index.html' },
    { url: 'app://clinic/assets/a%20b.js', want: '/pages/assets/a b.js' },
    { url: 'app://clinic/a/../index.html', want: '/pages/index.html' },
  ];
  it.each(inside)('finds $url', ({ url, want }) => {
    expect(fileOfUrl(url, pages)).toBe(want);
  });

  const outside = [
    'app://clinic/..%2fsecret.html',
    'app://clinic/..%2f..%2fetc%2fpasswd.html',
    'app://clinic/%2e%2e%2fsecret.html',
    'app://clinic/..%5csecret.html',
    'app://clinic/..\\secret.html%00.html',
    'app://clinic/a%00.html',
    'app://clinic/%zz.html',
    'app://clinic/c:%2fwindows.html',
    'app://clinic/index',
    'app://clinic/ledger.sqlite',
    'app://clinic/index.html.map',
    'app://other/index.html',
    'app://clinic.evil/index.html',
    'app://user@other/index.html',
    'file:///pages/index.html',
    'http://clinic/index.html',
    'not a url',
  ];
  it.each(outside)('finds nothing for %s', (url) => {
    expect(fileOfUrl(url, pages)).toBeNull();
  });

  it('is not fooled by a folder whose name begins like ours', () => {
    expect(fileOfUrl('app://clinic/..%2fpages-old%2findex.html', pages)).toBeNull();
  });
});

describe('respond', () => {
  const ask = (url: string, method = 'GET'): FileAnswer => respond({ url, method }, join(folder, 'pages'));

  it('serves a page with its type, its policy and nosniff', () => {
    const response = ask('app://clinic/');
    expect(response.statusCode).toBe(200);
    expect(response.headers['Content-Type']).toBe('text/html; charset=utf-8');
    expect(response.headers['Content-Security-Policy']).toContain("default-src 'none'");
    expect(response.headers['X-Content-Type-Options']).toBe('nosniff');
    expect(response.data.toString()).toBe('<!doctype html>');
  });

  const refused = [
    { name: 'a missing file', url: 'app://clinic/assets/b.js', method: 'GET', want: 404 },
    { name: 'a file outside', url: 'app://clinic/..%2fsecret.html', method: 'GET', want: 404 },
    { name: 'a folder', url: 'app://clinic/assets', method: 'GET', want: 404 },
    { name: 'a post', url: 'app://clinic/', method: 'POST', want: 405 },
  ];
  it.each(refused)('refuses $name', ({ url, method, want }) => {
    const response = ask(url, method);
    expect(response.statusCode).toBe(want);
    expect(response.data.toString()).toBe('');
    expect(response.headers['Content-Security-Policy']).toContain("default-src 'none'");
  });
});

describe('isLoadable', () => {
  const cases = [
    { url: 'app://clinic/index.html', want: true },
    { url: 'app://elsewhere/index.html', want: false },
    { url: 'http://127.0.0.1:8080/', want: false },
    { url: 'https://example.org/', want: false },
    { url: 'ws://localhost/', want: false },
    { url: 'file:///etc/passwd', want: false },
    { url: 'data:text/html,hi', want: false },
    { url: 'blob:app://clinic/1', want: false },
    { url: 'devtools://devtools/x.html', want: false },
  ];
  it.each(cases)('$url in a package: $want', ({ url, want }) => {
    expect(isLoadable(url, false)).toBe(want);
  });

  it('lets developer tools load themselves outside packages', () => {
    expect(isLoadable('devtools://devtools/x.html', true)).toBe(true);
  });
});
