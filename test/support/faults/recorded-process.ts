/** Builds the shim that records and spoils what a process does to its disk, and runs a program of ours under it. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync } from 'node:fs';
import { existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SOURCE = join(import.meta.dirname, 'disk-recorder.c');

/** A memory disk where the system has one: thousands of small disks are written there and thrown away. */
export function memoryFolder(): string {
  return existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
}

export class DiskRecorder {
  readonly folder: string;
  readonly #library: string;

  private constructor(folder: string, library: string) {
    this.folder = folder;
    this.#library = library;
  }

  /** @returns why it cannot be built here, instead of a recorder */
  static build(): DiskRecorder | string {
    if (process.platform !== 'linux') return 'the recorder is a shim for Linux (LD_PRELOAD)';
    const folder = mkdtempSync(join(memoryFolder(), 'faults-'));
    const library = join(folder, 'disk-recorder.so');
    try {
      const args = ['-O2', '-shared', '-fPIC', '-o', library, SOURCE, '-ldl', '-lpthread'];
      execFileSync('cc', args, { stdio: ['ignore', 'ignore', 'pipe'] });
      return new DiskRecorder(folder, library);
    } catch (error) {
      rmSync(folder, { recursive: true });
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
        return 'building the recorder needs a C compiler (package gcc)';
      throw error;
    }
  }

  /**
   * Runs a TypeScript program of ours to its end.
   * @param watched  the folder whose files are recorded and spoilt
   * @param trace  where calls are recorded; null: not at all
   * @returns its standard output
   * @throws Error with its standard error when it ends badly
   */
  async run(
    program: string,
    args: readonly string[],
    given: { readonly watched: string; readonly trace: string | null },
  ): Promise<string> {
    const { watched, trace } = given;
    const env = {
      ...process.env,
      LD_PRELOAD: this.#library,
      FAULTS_FOLDER: watched,
      ...(trace === null ? {} : { FAULTS_TRACE: trace }),
    };
    const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream].setEncoding('utf8').on('data', (text: string) => (said[stream] += text));
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject).on('close', resolve);
    });
    if (code !== 0) throw new Error(`${program} ended with ${code}: ${said.stderr}`);
    return said.stdout;
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Kinds of calls that can be made to fail: syncs; writes and changes of length; making, removing and renaming files. */
export type FaultKind = 'sync' | 'write' | 'name';

function order(text: string): void {
  try {
    openSync(`/faults-control/${text}`, 'r');
  } catch {
    // orders never open anything
  }
}

/** Only in a process that runs under the recorder: the `nth` call of `kind` from now on fails, or that one and all later. */
export function armFault(
  kind: FaultKind,
  nth: number,
  given: { readonly errno: number; readonly isLasting: boolean },
): void {
  order(`arm/${kind}/${nth}/${given.errno}/${given.isLasting ? 'on' : 'once'}`);
}

/** Goes on recording in another file. @param file  an absolute path outside the watched folder */
export function recordTo(file: string): void {
  order(`trace${file}`);
}

export function disarmFaults(): void {
  order('disarm');
}

/** Calls of each kind since arming. @param file  an absolute path outside the watched folder, for the answer */
export function countCalls(file: string): Record<FaultKind, number> {
  order(`count${file}`);
  return JSON.parse(readFileSync(file, 'utf8')) as Record<FaultKind, number>; // what the shim prints
}
