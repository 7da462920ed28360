/** The policy that every page is served with, word for word, so that loosening it is a deliberate change here too. */
import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, securityHeaders } from '../../src/main/window/content-security.ts';

describe('content security policy', () => {
  it('starts from nothing and allows only our own files', () => {
    expect(contentSecurityPolicy().split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "font-src 'self'",
      "img-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types svelte-trusted-html',
    ]);
  });

  it('never allows inline code, eval, wildcards or other origins', () => {
    expect(contentSecurityPolicy()).not.toMatch(/unsafe|\*|https?:|data:|blob:|wasm/);
  });

  it('asks for no browsing context of its own, which would cost a process: nothing can open or be opened by a page', () => {
    expect(Object.keys(securityHeaders('text/html'))).not.toContain('Cross-Origin-Opener-Policy');
  });

  it('keeps pages out of every cache', () => {
    expect(securityHeaders('text/html')['Cache-Control']).toBe('no-store');
  });
});
