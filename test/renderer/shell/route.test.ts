/** Routes as hashes, there and back. */
import { describe, expect, it } from 'vitest';
import { hrefOf, parseRoute, routeKey, workspaceHref } from '../../../src/renderer/shell/route.ts';

describe('routes', () => {
  it('come back as they were written', () => {
    expect(parseRoute(hrefOf('reports', { month: '2020-03' }))).toEqual({
      name: 'reports',
      params: { month: '2020-03' },
    });
    expect(parseRoute(workspaceHref('imaging', { task: 't-1 &x' }))).toEqual({
      name: 'workspace',
      subsystem: 'imaging',
      params: { task: 't-1 &x' },
    });
  });

  const wrong = ['', '#', '#/', '#/nowhere', '#/workspace', '#/workspace/astrology', 'nonsense'];
  for (const hash of wrong) {
    it(`leads ${JSON.stringify(hash)} to Today`, () => {
      expect(parseRoute(hash).name).toBe('today');
    });
  }

  it('have a key per screen, whatever the parameters', () => {
    expect(routeKey(parseRoute('#/workspace/records?task=t-1'))).toBe('workspace-records');
    expect(routeKey(parseRoute('#/pools?pool=ct'))).toBe('pools');
  });
});
