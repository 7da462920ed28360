import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openLedger } from '../../src/main/ledger/index.ts';
import { lockPath } from '../../src/main/ledger/paths.ts';
import { networkOf, placeFactsOf } from '../../src/main/ledger/network-place.ts';
import type { PlaceFacts } from '../../src/main/ledger/network-place.ts';
import { codeOf, FakeClock, TemporaryLedger } from '../support/ledger/temporary-ledger.ts';

const clock = new FakeClock();
const FUSE = 0x65735546;
const MOUNTS = [
  '/dev/sda1 / ext4 rw 0 0',
  '/dev/sdb1 /mnt/usb fuseblk rw 0 0',
  'ward@files:/books /srv/our\\040books fuse.sshfs rw 0 0',
  '/dev/sdc1 /srv/our\\040books/local fuseblk rw 0 0',
  'https://files.example/dav /srv/dav fuse rw 0 0',
  '/home/ann/.vault /home/ann/vault fuse.gocryptfs rw 0 0',
  'portal /srv/dav2 fuse.davfs rw 0 0',
].join('\n');

const linux = (folder: string, type: number): PlaceFacts => ({
  platform: 'linux',
  folder,
  type,
  mounts: MOUNTS,
});
const windows = (folder: string): PlaceFacts => ({ platform: 'win32', folder, type: null, mounts: '' });

const places: readonly { name: string; facts: PlaceFacts; want: string | null }[] = [
  { name: 'ext4', facts: linux('/var/lib', 0xef53), want: null },
  { name: 'btrfs', facts: linux('/var/lib', 0x9123683e), want: null },
  { name: 'tmpfs', facts: linux('/tmp', 0x01021994), want: null },
  { name: 'NFS', facts: linux('/srv/nfs', 0x6969), want: 'nfs' },
  { name: 'SMB', facts: linux('/srv/smb', 0x517b), want: 'smb' },
  { name: 'CIFS', facts: linux('/srv/smb', 0xff534d42), want: 'cifs' },
  { name: 'CIFS of a signed long', facts: linux('/srv/smb', 0xff534d42 | 0), want: 'cifs' },
  { name: 'SMB2', facts: linux('/srv/smb', 0xfe534d42), want: 'smb2' },
  { name: '9p', facts: linux('/mnt/c', 0x01021997), want: '9p' },
  { name: 'AFS', facts: linux('/afs/cell', 0x5346414f), want: 'afs' },
  { name: 'Coda', facts: linux('/coda', 0x73757245), want: 'coda' },
  { name: 'NCP', facts: linux('/srv/ncp', 0x564c), want: 'ncp' },
  { name: 'sshfs, in a folder with a space', facts: linux('/srv/our books/2026', FUSE), want: 'fuse.sshfs' },
  { name: 'a disk mounted within sshfs', facts: linux('/srv/our books/local/a', FUSE), want: null },
  { name: 'a folder whose name only begins like it', facts: linux('/srv/our bookshelf', FUSE), want: null },
  { name: 'ntfs-3g on a stick', facts: linux('/mnt/usb/clinic', FUSE), want: null },
  { name: 'an encrypted folder', facts: linux('/home/ann/vault', FUSE), want: null },
  { name: 'WebDAV by its source', facts: linux('/srv/dav', FUSE), want: 'fuse' },
  { name: 'WebDAV by its kind', facts: linux('/srv/dav2', FUSE), want: 'fuse.davfs' },
  { name: 'a Windows drive', facts: windows('C:\\ProgramData\\Clinic Allocator'), want: null },
  { name: 'a UNC path', facts: windows('\\\\server\\share\\clinic'), want: 'unc' },
  { name: 'a UNC path with slashes', facts: windows('//server/share/clinic'), want: 'unc' },
  { name: 'a long UNC path', facts: windows('\\\\?\\UNC\\server\\share'), want: 'unc' },
  { name: 'a long path of a drive', facts: windows('\\\\?\\C:\\clinic'), want: null },
];

test.for(places)('tells where a folder lies: $name', ({ facts, want }) => {
  expect(networkOf(facts)).toBe(want);
});

test('asks this machine, whose folder for temporary files is its own', () => {
  expect(placeFactsOf(tmpdir()).type !== null).toBe(process.platform === 'linux');
  expect(networkOf(placeFactsOf(tmpdir()))).toBeNull();
});

describe('a ledger on a share', () => {
  let books: TemporaryLedger;

  beforeEach(async () => {
    books = await TemporaryLedger.open();
  });

  afterEach(() => books.dispose());

  const shared = (folder: string): PlaceFacts => linux(folder, 0x6969);

  test('refuses to open a ledger on a share, and to make one there, and leaves nothing behind', async () => {
    await books.close();
    const before = readdirSync(books.folder);
    expect(codeOf(await openLedger({ path: books.path, clock, placeFacts: shared }))).toBe(
      'ledger-on-network',
    );
    const path = join(dirname(books.path), 'new.ledger');
    expect(codeOf(await openLedger({ path, clock, placeFacts: shared }))).toBe('ledger-on-network');
    expect(existsSync(lockPath(path))).toBe(false);
    expect(readdirSync(books.folder)).toEqual(before);
  });

  test('says that the folder is missing before it asks where it lies', async () => {
    const path = join(books.folder, 'nowhere', 'clinic.ledger');
    expect(codeOf(await openLedger({ path, clock, placeFacts: shared }))).toBe('folder-missing');
  });
});
