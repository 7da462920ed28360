/**
 * Whether a folder lies on another machine. SQLite's write-ahead log needs memory that all its readers share, which no
 * network file system gives (https://sqlite.org/wal.html): a ledger there would be damaged sooner or later. The
 * classifier is pure; only `placeFactsOf` asks the machine.
 */
import { existsSync, readFileSync, realpathSync, statfsSync } from 'node:fs';

/** What a machine says of a folder. */
export interface PlaceFacts {
  readonly platform: NodeJS.Platform;
  /** The folder with links and mapped drives resolved. */
  readonly folder: string;
  /** `f_type` of statfs(2), or null where the platform has none that tells. */
  readonly type: number | null;
  /** Text of `/proc/self/mounts`; empty where there is none. */
  readonly mounts: string;
}

/** statfs(2) and the kernel's `linux/magic.h`; each is always another machine's disk. */
const NETWORK_TYPES: ReadonlyMap<number, string> = new Map([
  [0x6969, 'nfs'],
  [0x517b, 'smb'],
  [0xff534d42, 'cifs'],
  [0xfe534d42, 'smb2'],
  [0x01021997, '9p'],
  [0x5346414f, 'afs'],
  [0x6b414653, 'afs'],
  [0x73757245, 'coda'],
  [0x564c, 'ncp'],
  [0x00c36400, 'ceph'],
]);

/** A file system in a program: a disk (ntfs-3g) or another machine, as the mount table says. */
const FUSE_TYPE = 0x65735546;
const NETWORK_FUSE =
  /^fuse\.(sshfs|rclone|glusterfs|ceph|ceph-fuse|davfs|davfs2|s3fs|smbnetfs|curlftpfs|gvfsd-fuse|juicefs|mfs|moosefs)$/;

interface Mount {
  readonly source: string;
  readonly point: string;
  readonly kind: string;
}

/** @returns what the other machine is reached by (`nfs`, `smb2`, `fuse.sshfs`, `unc`), or null for a disk of this one */
export function networkOf({ platform, folder, type, mounts }: PlaceFacts): string | null {
  if (platform === 'win32') return isUnc(folder) ? 'unc' : null;
  if (type === null) return null;
  const magic = type >>> 0; // some kernels' long is signed
  const known = NETWORK_TYPES.get(magic);
  if (known !== undefined || magic !== FUSE_TYPE) return known ?? null;
  const mount = mountOf(folder, mounts);
  return mount !== null && (NETWORK_FUSE.test(mount.kind) || /^https?:\/\//.test(mount.source))
    ? mount.kind
    : null;
}

/** `\\server\share` and its long form; `\\?\C:\` and `\\.\` are this machine. */
function isUnc(path: string): boolean {
  const plain = path.replaceAll('/', '\\');
  return /^\\\\\?\\UNC\\/i.test(plain) || /^\\\\[^\\?.]/.test(plain);
}

/** The mount that `folder` lies in: the deepest one, and of two at one place the later. */
function mountOf(folder: string, table: string): Mount | null {
  let found: Mount | null = null;
  for (const line of table.split('\n')) {
    const [source, point, kind] = line.split(' ').map(unescaped);
    if (source === undefined || point === undefined || kind === undefined) continue;
    const isWithin = folder === point || folder.startsWith(point.endsWith('/') ? point : `${point}/`);
    if (isWithin && point.length >= (found?.point.length ?? 0)) found = { source, point, kind };
  }
  return found;
}

/** The table writes spaces, tabs and backslashes as three octal digits. */
function unescaped(field: string): string {
  return field.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)));
}

/** @throws system errors when the folder cannot be asked about */
export function placeFactsOf(folder: string): PlaceFacts {
  const { platform } = process;
  const real = realpathSync.native(folder); // on Windows a mapped drive becomes its UNC path
  if (platform !== 'linux') return { platform, folder: real, type: null, mounts: '' };
  const { type } = statfsSync(real);
  return { platform, folder: real, type, mounts: type >>> 0 === FUSE_TYPE ? mountTable() : '' };
}

function mountTable(): string {
  try {
    return readFileSync('/proc/self/mounts', 'utf8');
  } catch {
    return ''; // a machine that hides it: then nothing says that the disk is another's
  }
}

/** Whether a ledger may not be put into `folder`; a folder that is not there is no other machine's. */
export function isOnNetwork(folder: string): boolean {
  return existsSync(folder) && networkOf(placeFactsOf(folder)) !== null;
}
