/**
 * Writes a file whole or not at all: into a temporary file in the same folder, synced, then renamed over the target,
 * then the folder synced. Whatever goes wrong (full disk, vanished stick, cancel), the temporary file is removed and an
 * existing file stays as it was. What a killed process left in that folder is taken away first.
 */
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Result } from '../../../shared/result.ts';
import { accept, refuse } from '../../../shared/result.ts';
import { GatheredWriter } from './gathered-writer.ts';
import { forgetTemporary, removeLeftOvers, temporaryPath } from './left-overs.ts';

/** In order of precedence. Retryable: all; the person frees space, plugs the stick in again or chooses elsewhere. */
export type WriteRefusal = 'folder-missing' | 'file-not-writable' | 'disk-full' | 'cancelled';

/** Whatever a writer yields, in order; text is written as UTF-8. */
export type Chunks = AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;

const REFUSAL_OF_CODE: Readonly<Record<string, WriteRefusal>> = {
  ENOENT: 'folder-missing',
  ENOTDIR: 'folder-missing',
  ENODEV: 'folder-missing',
  ENXIO: 'folder-missing',
  EIO: 'folder-missing',
  ESTALE: 'folder-missing',
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EFBIG: 'disk-full',
  EACCES: 'file-not-writable',
  EPERM: 'file-not-writable',
  EROFS: 'file-not-writable',
  EBUSY: 'file-not-writable',
  EISDIR: 'file-not-writable',
  EINVAL: 'file-not-writable',
  ENAMETOOLONG: 'file-not-writable',
};

/**
 * @returns the file's size in bytes
 * @throws whatever `chunks` throws beside an abort: a fault of the writer, after the temporary file is removed
 */
export async function writeAtomically(
  path: string,
  chunks: Chunks,
  signal: AbortSignal,
): Promise<Result<{ bytes: number }, WriteRefusal>> {
  const folder = dirname(path);
  const temporary = temporaryPath(path);
  try {
    signal.throwIfAborted();
    await removeLeftOvers(folder);
    const bytes = await writeNew(temporary, chunks, signal);
    if (await isNoFile(path)) return refuse('file-not-writable', {}, true);
    await rename(temporary, path);
    await syncFolder(folder);
    return accept({ bytes });
  } catch (error) {
    if (signal.aborted) return refuse('cancelled', {}, true);
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    return refuse(refusal, {}, true);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined); // already renamed, or its disk is gone
    forgetTemporary(temporary);
  }
}

async function writeNew(path: string, chunks: Chunks, signal: AbortSignal): Promise<number> {
  const file = await open(path, 'wx');
  try {
    const gathered = new GatheredWriter(file);
    for await (const chunk of chunks) {
      signal.throwIfAborted();
      await gathered.write(chunk);
    }
    await gathered.flush();
    signal.throwIfAborted();
    await file.sync();
    signal.throwIfAborted(); // a slow stick syncs for a while
    return gathered.bytes;
  } finally {
    await file.close();
  }
}

/**
 * Whether a folder, a device or a pipe is there: renaming over a folder fails on one system and not on another, and over
 * a device it would take its place.
 */
async function isNoFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => !found.isFile(),
    () => false,
  );
}

/** Makes the rename last through a power cut. Windows opens no folders and needs none of it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function refusalOf(error: unknown): WriteRefusal | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REFUSAL_OF_CODE[code] ?? null;
}
