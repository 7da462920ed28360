/** Acts once while a file is written: all of it stands under another name and nothing of it under its own. */
import { open } from 'node:fs/promises';

type Sync = (...given: unknown[]) => Promise<unknown>;

/** @returns takes it back where nothing was written */
export async function whileSyncing(act: () => void): Promise<() => void> {
  const handle = await open(process.execPath);
  const files = Object.getPrototypeOf(handle) as { sync: Sync }; // every open file's
  await handle.close();
  const { sync } = files;
  const restore = (): void => {
    files.sync = sync;
  };
  files.sync = function (this: unknown, ...given) {
    restore();
    act();
    return sync.apply(this, given);
  };
  return restore;
}
