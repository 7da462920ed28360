/**
 * The id that the operating system gives its machine: kept over upgrades, renamed computers and other accounts, and
 * another one on every machine.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const LINUX_FILES = ['/etc/machine-id', '/var/lib/dbus/machine-id'];
const TIMEOUT_MS = 3000;

/** @returns null where the system does not tell it */
export function machineId(platform: NodeJS.Platform): string | null {
  switch (platform) {
    case 'win32':
      return told('reg', ['query', String.raw`HKLM\SOFTWARE\Microsoft\Cryptography`, '/v', 'MachineGuid'], {
        pattern: /MachineGuid\s+REG_SZ\s+(\S+)/,
      });
    case 'darwin':
      return told('/usr/sbin/ioreg', ['-rd1', '-c', 'IOPlatformExpertDevice'], {
        pattern: /"IOPlatformUUID"\s*=\s*"([^"]+)"/,
      });
    default:
      return LINUX_FILES.map(textOf).find((text) => text !== null) ?? null;
  }
}

function textOf(path: string): string | null {
  try {
    const text = readFileSync(path, 'utf8').trim();
    return /^[0-9a-f]{32}$/.test(text) ? text : null; // "uninitialized" while a system is set up
  } catch {
    return null;
  }
}

function told(
  command: string,
  args: readonly string[],
  { pattern }: { readonly pattern: RegExp },
): string | null {
  try {
    const text = execFileSync(command, args, { encoding: 'utf8', timeout: TIMEOUT_MS, windowsHide: true });
    return pattern.exec(text)?.[1] ?? null;
  } catch {
    return null;
  }
}
