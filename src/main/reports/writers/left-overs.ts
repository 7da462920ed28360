/**
 * The names of files that are being written, and what a process that was killed meanwhile has left of them. Such a name
 * begins with a dot and ends in `.part`, so that nobody takes it for the report, and tells which process of which
 * computer writes it: whoever writes into that folder next takes away what nobody writes any more (decision 0318).
 */
import { createHash, randomUUID } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { DAY } from '../../../shared/units.ts';

/** With what is added to them few enough bytes for every file system, in Chinese too. */
const NAME_LENGTH_MAX = 40;
const LEFT_OVER = /^\..+\.([0-9a-f]{8})-(\d+)-[0-9a-f-]{36}\.part$/;

const thisComputer = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
/** Of this process. */
const underWay = new Set<string>();

/** A new name in the same folder; until `forgetTemporary` nobody takes it away. */
export function temporaryPath(path: string): string {
  const owner = `${thisComputer}-${process.pid}-${randomUUID()}`;
  const name = `.${basename(path).slice(0, NAME_LENGTH_MAX)}.${owner}.part`;
  underWay.add(name);
  return join(dirname(path), name);
}

export function forgetTemporary(path: string): void {
  underWay.delete(basename(path));
}

/** Takes away what killed processes have left in a folder; what cannot be read or taken away stays. */
export async function removeLeftOvers(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const path = join(folder, name);
    if (await isLeftOver(path)) await rm(path, { force: true }).catch(() => undefined);
  }
}

/** On another computer nobody can tell whether a process lives: there a file counts that nobody has written to for a day. */
async function isLeftOver(path: string): Promise<boolean> {
  const name = basename(path);
  const [whole, computer, pid] = LEFT_OVER.exec(name) ?? [];
  if (whole === undefined || underWay.has(name)) return false;
  if (computer === thisComputer && !isAlive(Number(pid))) return true;
  const found = await stat(path).catch(() => null);
  return found !== null && found.isFile() && Date.now() - found.mtimeMs > DAY * 1000;
}

/** Whether another process has this number; one of our own files that is not under way is nobody's. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'; // somebody else's
  }
}
