/**
 * A disk as it may be found after the power was cut. Follows the recorded calls and keeps, for every file, what is durable
 * and what was written since its last sync; then makes one of the many disks that a real one may have become.
 *
 * What is assumed of a disk, and no more: a sync that has succeeded made the file's bytes and length durable; a sync of a
 * folder, the names in it. Names reach the disk in the order in which they were changed (every file system that a clinic
 * computer has journals them); bytes reach it in any order, in sectors of 512 bytes, and the sector that was being
 * written may hold anything where it was written. After a failed sync the bytes it was for count as written and never
 * are (Rebello et al. 2020, "Can applications recover from fsync failures?").
 */
import type { Dice } from '../../../src/main/usecases/sample/random.ts';
import type { DiskCall } from './disk-trace.ts';

const SECTOR = 512;
const PAGE = 4096;

/** How the bytes that were not yet durable fared. */
export const CRASH_MODES = ['none', 'all', 'prefix', 'torn', 'writes', 'sectors'] as const;
export type CrashMode = (typeof CRASH_MODES)[number];

/** Bytes that grow; what was never written is zero. */
class Image {
  bytes = Buffer.alloc(0);
  length = 0;

  write(offset: number, bytes: Buffer): void {
    this.#reserve(offset + bytes.length);
    bytes.copy(this.bytes, offset);
    this.length = Math.max(this.length, offset + bytes.length);
  }

  truncate(length: number): void {
    this.#reserve(length);
    if (length < this.length) this.bytes.fill(0, length, this.length);
    this.length = length;
  }

  read(from: number, to: number): Buffer {
    return this.bytes.subarray(from, Math.min(to, this.length));
  }

  copy(): Image {
    const image = new Image();
    image.write(0, this.read(0, this.length));
    return image;
  }

  #reserve(length: number): void {
    if (length <= this.bytes.length) return;
    const larger = Buffer.alloc(Math.max(length, this.bytes.length * 2, PAGE));
    this.bytes.copy(larger);
    this.bytes = larger;
  }
}

type Change =
  | { readonly kind: 'write'; readonly offset: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly length: number };

function apply(image: Image, change: Change): void {
  if (change.kind === 'write') image.write(change.offset, change.bytes);
  else image.truncate(change.length);
}

/** One file, whatever it is called. */
class DiskFile {
  readonly #cache = new Image();
  readonly #durable = new Image();
  #pending: Change[] = [];
  #hasLost = false;

  get isPending(): boolean {
    return this.#pending.length > 0;
  }

  change(change: Change): void {
    apply(this.#cache, change);
    this.#pending.push(change);
    if (!this.#hasLost || change.kind !== 'write') return;
    // The system writes whole pages: what a failed sync lost goes along with what is written beside it now.
    const from = Math.floor(change.offset / PAGE) * PAGE;
    const to = Math.ceil((change.offset + change.bytes.length) / PAGE) * PAGE;
    this.#pending.push({ kind: 'write', offset: from, bytes: Buffer.from(this.#cache.read(from, to)) });
  }

  sync(isDone: boolean): void {
    if (isDone) for (const change of this.#pending) apply(this.#durable, change);
    else this.#hasLost = true;
    this.#pending = [];
  }

  /** Its bytes after a crash. */
  crash(mode: CrashMode, dice: Dice): Buffer {
    const image = this.#durable.copy();
    const pending = this.#pending;
    const last = mode === 'prefix' || mode === 'torn' ? dice.below(pending.length + 1) : pending.length;
    for (const [index, change] of pending.entries()) {
      if (mode === 'none' || index > last) break;
      if (index === last) tear(image, change, mode, dice);
      else if (mode === 'sectors') tear(image, change, mode, dice);
      else if (mode !== 'writes' || dice.percent(50)) apply(image, change);
    }
    // The new length may be durable before the bytes are.
    if (mode !== 'all' && this.#cache.length > image.length && dice.percent(25)) {
      image.truncate(this.#cache.length);
    }
    return Buffer.from(image.read(0, image.length));
  }
}

/** Some sectors of a write, and in one of them anything. */
function tear(image: Image, change: Change, mode: CrashMode, dice: Dice): void {
  if (mode === 'prefix') return;
  if (change.kind === 'truncate') {
    if (dice.percent(50)) apply(image, change);
    return;
  }
  const { offset, bytes } = change;
  const end = offset + bytes.length;
  const spoilt = mode === 'torn' && dice.percent(50) ? dice.below(Math.ceil(bytes.length / SECTOR)) : -1;
  for (let from = offset, index = 0; from < end; index += 1) {
    const to = Math.min(end, (Math.floor(from / SECTOR) + 1) * SECTOR);
    if (index === spoilt) image.write(from, randomBytes(to - from, dice));
    else if (dice.percent(50)) image.write(from, bytes.subarray(from - offset, to - offset));
    from = to;
  }
}

function randomBytes(length: number, dice: Dice): Buffer {
  return Buffer.from(Array.from({ length }, () => dice.below(256)));
}

type NameChange =
  | { readonly kind: 'set'; readonly path: string; readonly file: DiskFile | 'folder' }
  | { readonly kind: 'remove'; readonly path: string };

function applyName(names: Map<string, DiskFile | 'folder'>, change: NameChange): void {
  if (change.kind === 'set') names.set(change.path, change.file);
  else names.delete(change.path);
}

export interface CrashState {
  /** Path → bytes. */
  readonly files: ReadonlyMap<string, Buffer>;
  readonly folders: readonly string[];
}

export class DiskModel {
  /** As the running process sees them. */
  readonly #names = new Map<string, DiskFile | 'folder'>();
  readonly #durableNames = new Map<string, DiskFile | 'folder'>();
  /** A rename is one change of two steps that are never torn apart. */
  #pendingNames: NameChange[][] = [];
  readonly #open = new Map<number, DiskFile | 'folder'>();
  /** Files whose bytes are no part of the disk's story: mapped memory, the test's own notes. */
  readonly #isLeftOut: (path: string) => boolean;

  constructor(isLeftOut: (path: string) => boolean) {
    this.#isLeftOut = isLeftOut;
  }

  /** Folders that were there, durably, before the story began. */
  beginWith(folders: readonly string[]): void {
    for (const folder of folders) {
      this.#names.set(folder, 'folder');
      this.#durableNames.set(folder, 'folder');
    }
  }

  /** Whether a crash now could be told from one right after everything was made durable. */
  get isPending(): boolean {
    return (
      this.#pendingNames.length > 0 ||
      [...this.#names.values()].some((file) => file !== 'folder' && file.isPending)
    );
  }

  /** Follows one call. */
  follow(call: DiskCall): void {
    switch (call.call) {
      case 'open':
        return this.#follow(call.path, call.fd, call.isNew);
      case 'close':
        this.#open.delete(call.fd);
        return;
      case 'write':
        return this.#file(call.fd)?.change({ kind: 'write', offset: call.offset, bytes: call.bytes });
      case 'truncate':
        return this.#file(call.fd)?.change({ kind: 'truncate', length: call.length });
      case 'sync':
        return this.#sync(call.fd, call.isDone);
      case 'mkdir':
        return this.#rename([{ kind: 'set', path: call.path, file: 'folder' }]);
      case 'unlink':
      case 'rmdir':
        return this.#rename([{ kind: 'remove', path: call.path }]);
      case 'rename': {
        const file = this.#names.get(call.from);
        if (file === undefined) return;
        return this.#rename([
          { kind: 'set', path: call.to, file },
          { kind: 'remove', path: call.from },
        ]);
      }
    }
  }

  /** One of the disks that may be found. */
  crash(mode: CrashMode, dice: Dice): CrashState {
    const names = new Map(this.#durableNames);
    const kept =
      mode === 'none'
        ? 0
        : mode === 'all'
          ? this.#pendingNames.length
          : dice.below(this.#pendingNames.length + 1);
    for (const changes of this.#pendingNames.slice(0, kept))
      for (const change of changes) applyName(names, change);
    const files = new Map<string, Buffer>();
    const folders: string[] = [];
    for (const [path, file] of names) {
      if (file === 'folder') folders.push(path);
      else if (!this.#isLeftOut(path)) files.set(path, file.crash(mode, dice));
    }
    return { files, folders: folders.sort() };
  }

  #file(fd: number): DiskFile | null {
    const file = this.#open.get(fd);
    return file === undefined || file === 'folder' ? null : file;
  }

  #follow(path: string, fd: number, isNew: boolean): void {
    const known = this.#names.get(path);
    if (known !== undefined && !isNew) {
      this.#open.set(fd, known);
      return;
    }
    if (!isNew) {
      this.#open.set(fd, 'folder'); // the folder of the whole story: there before it began
      return;
    }
    const file = new DiskFile();
    this.#open.set(fd, file);
    this.#rename([{ kind: 'set', path, file }]);
  }

  #sync(fd: number, isDone: boolean): void {
    const file = this.#open.get(fd);
    if (file === undefined) return;
    if (file !== 'folder') return file.sync(isDone);
    if (!isDone) return;
    for (const changes of this.#pendingNames)
      for (const change of changes) applyName(this.#durableNames, change);
    this.#pendingNames = [];
  }

  #rename(changes: NameChange[]): void {
    for (const change of changes) applyName(this.#names, change);
    this.#pendingNames.push(changes);
  }
}
