/**
 * Who may read and write a ledger's files: whoever may write their folder. In the machine's own folder that is the group
 * which the clinic's accounts are members of, so that one account goes on with what another has made; in a person's own
 * folder it is that person alone. Does not depend on the account's umask, and SQLite gives its logs the rights of the file
 * they belong to. Windows keeps rights in the folder: nothing is done there.
 */
import { chmodSync, closeSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const OWN = 0o600;
const GROUP = 0o060;
const GROUP_MAY_WRITE = 0o020;

/**
 * Makes an empty file at `path` with the rights it is to have, or gives one of ours those that it lacks.
 * @throws system errors where no file can be made (`EACCES`, `EROFS`, `ENOSPC`)
 */
export function giveRights(path: string): void {
  if (process.platform === 'win32') return;
  const isShared = (statSync(dirname(path)).mode & GROUP_MAY_WRITE) !== 0;
  const wanted = isShared ? OWN | GROUP : OWN;
  const before = statSync(path, { throwIfNoEntry: false });
  if (before === undefined) closeSync(openSync(path, 'ax', wanted));
  const file = before ?? statSync(path);
  const lacking = wanted & ~file.mode;
  if (lacking === 0 || file.uid !== process.getuid?.()) return;
  try {
    chmodSync(path, (file.mode & 0o777) | wanted);
  } catch {
    // a stick's file system may know no rights: then whoever has the stick has them all
  }
}
