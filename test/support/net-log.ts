/**
 * Reads Chromium's own network log (`--log-net-log`): which sockets its network service connected and which hosts it
 * looked up. The log is closed properly only at a clean end; a missing end is added.
 */

interface NetLog {
  readonly constants: { readonly logEventTypes: Readonly<Record<string, number>> };
  readonly events: readonly { readonly type: number; readonly params?: Readonly<Record<string, unknown>> }[];
}

const CONNECTS = ['TCP_CONNECT_ATTEMPT', 'UDP_CONNECT', 'SOCKET_CONNECT'];
const LOOKUPS = ['HOST_RESOLVER_MANAGER_REQUEST', 'HOST_RESOLVER_MANAGER_JOB', 'HOST_RESOLVER_DNS_TASK'];

/** @returns addresses connected to, and hosts looked up, in order */
export function networkUse(text: string): { readonly sockets: string[]; readonly hosts: string[] } {
  const log = parse(text);
  const names = new Map(Object.entries(log.constants.logEventTypes).map(([name, type]) => [type, name]));
  const values = (types: readonly string[], key: string): string[] =>
    log.events
      .filter(({ type, params }) => types.includes(names.get(type) ?? '') && params?.[key] !== undefined)
      .map(({ params }) => String(params?.[key]));
  return { sockets: values(CONNECTS, 'address'), hosts: values(LOOKUPS, 'host') };
}

function parse(text: string): NetLog {
  try {
    return JSON.parse(text) as NetLog; // Chromium's own format, read only by this test
  } catch {
    return JSON.parse(`${text.trimEnd().replace(/,$/, '')}]}`) as NetLog; // as above
  }
}
