/**
 * Whether this machine has anything that draws besides its processor. Where it has nothing (a virtual machine, a thin
 * client, a desktop shown elsewhere), Chromium finds that out by starting its graphics process in vain, twice, while the
 * page waits for it, and then draws with the processor. What is known beforehand need not be tried. See decision 0301.
 */
import { existsSync } from 'node:fs';

/** What Linux's graphics drivers show of themselves: the kernel's own, NVIDIA's, and the one of Linux inside Windows. */
const DEVICES = ['/dev/dri', '/dev/nvidiactl', '/dev/dxg'];

/** @returns false only where it is certain that there is none */
export function mayHaveGraphics(
  platform: NodeJS.Platform,
  exists: (path: string) => boolean = existsSync,
): boolean {
  return platform !== 'linux' || DEVICES.some((path) => exists(path));
}
