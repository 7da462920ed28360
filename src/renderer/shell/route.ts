/**
 * Where the window is, as its location's hash: `#/workspace/imaging?task=t-1`. Pure; router.svelte.ts holds the current
 * one. An unknown hash is Today, because a wrong link must never be a dead end.
 */
import { SUBSYSTEM_IDS, type SubsystemId } from '../../shared/domain/subsystem.ts';

export const PAGES = [
  'today',
  'timeline',
  'pools',
  'whatif',
  'pathways',
  'import',
  'reports',
  'ledger',
  'settings',
] as const;
export type PageName = (typeof PAGES)[number];

export type Route = (
  { readonly name: PageName } | { readonly name: 'workspace'; readonly subsystem: SubsystemId }
) & {
  /** What a link carries: the task to select, the month to open. */
  readonly params: Readonly<Record<string, string>>;
};

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const params = Object.fromEntries(new URLSearchParams(query));
  const [name, detail] = path.split('/');
  const subsystem = SUBSYSTEM_IDS.find((id) => id === detail);
  if (name === 'workspace' && subsystem) return { name, subsystem, params };
  return { name: PAGES.find((page) => page === name) ?? 'today', params };
}

/** `#/reports?month=2020-03`. */
export function hrefOf(page: PageName, params: Readonly<Record<string, string>> = {}): string {
  return `#/${page}${queryOf(params)}`;
}

/** `#/workspace/imaging?task=t-1`. */
export function workspaceHref(subsystem: SubsystemId, params: Readonly<Record<string, string>> = {}): string {
  return `#/workspace/${subsystem}${queryOf(params)}`;
}

function queryOf(params: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(params).toString();
  return query && `?${query}`;
}

/** Stable name of a screen: `today`, `workspace-imaging`. Used by the rail and by test ids. */
export function routeKey(route: Route): string {
  return route.name === 'workspace' ? `workspace-${route.subsystem}` : route.name;
}
