/** A tiny file system of its own, for full disks and read-only folders. Needs root on Linux; others skip with a reason. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export class SmallDisk {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** @returns null where this machine does not let us mount one */
  static mount(kilobytes: number): SmallDisk | null {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
    const folder = mkdtempSync(join(tmpdir(), 'small-disk-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder], {
        stdio: 'ignore',
      });
      return new SmallDisk(folder);
    } catch {
      rmSync(folder, { recursive: true });
      return null;
    }
  }

  setReadOnly(isReadOnly: boolean): void {
    execFileSync('mount', ['-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, this.folder], { stdio: 'ignore' });
  }

  /** Pulled out while it is being written to: the empty folder it was mounted on stays. */
  detach(): void {
    execFileSync('umount', ['--lazy', this.folder], { stdio: 'ignore' });
  }

  unmount(): void {
    this.detach();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
