/**
 * The n-th sync, write or change of a name fails, once or from then on, for every n of a short day at the desk. Nothing
 * that was acknowledged may be lost, not even when the power is cut afterwards: what a failed sync was for is then on no
 * disk, whatever later syncs said. `FAULTS_IO=all` takes every n, the short form a sample.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Dice } from '../../src/main/usecases/sample/random.ts';
import { ACKNOWLEDGED, CrashCheck, placeState } from '../support/faults/after-crash.ts';
import { DiskModel } from '../support/faults/disk-model.ts';
import type { CrashMode } from '../support/faults/disk-model.ts';
import { readTrace } from '../support/faults/disk-trace.ts';
import { DiskRecorder } from '../support/faults/recorded-process.ts';
import type { FaultKind } from '../support/faults/recorded-process.ts';
import type { SpoiltDay, Spoiling } from '../support/faults/spoilt-days.ts';
import { countFault } from '../support/faults/tally.ts';

const PROGRAM = join(import.meta.dirname, '../support/faults/spoilt-days.ts');
const TAKES_ALL = process.env['FAULTS_IO'] === 'all';
/** How many days of each row the short form takes. */
const SAMPLE = 2;
/** Days that one process works through: their disks are thrown away after each. */
const TOGETHER = 20;

const { EIO, ENOSPC } = constants.errno;
const rows: readonly { name: string; kind: FaultKind; errno: number; isLasting: boolean }[] = [
  { name: 'an I/O error on the n-th sync', kind: 'sync', errno: EIO, isLasting: false },
  { name: 'no sync works from the n-th on', kind: 'sync', errno: EIO, isLasting: true },
  { name: 'an I/O error on the n-th write', kind: 'write', errno: EIO, isLasting: false },
  { name: 'the disk is full from the n-th write on', kind: 'write', errno: ENOSPC, isLasting: true },
  { name: 'the n-th file cannot be made, moved or removed', kind: 'name', errno: EIO, isLasting: false },
];

const recorder = DiskRecorder.build();
afterAll(() => {
  if (typeof recorder !== 'string') recorder.dispose();
});

async function spoiltDays(built: DiskRecorder, spoilings: readonly Spoiling[]): Promise<SpoiltDay[]> {
  const [watched, traces] = ['clinic', 'traces'].map((name) => join(built.folder, name)) as [string, string]; // two names
  for (const folder of [watched, traces]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
  }
  const args = [watched, traces, JSON.stringify(spoilings)];
  const lines = (await built.run(PROGRAM, args, { watched, trace: '/dev/null' })).trim().split('\n');
  return lines.map((line) => JSON.parse(line) as SpoiltDay); // what the program prints
}

/** Which n to take of `count`. */
function chosen(count: number): number[] {
  const all = Array.from({ length: count }, (_, index) => index + 1);
  return TAKES_ALL ? all : all.filter((nth) => nth % Math.ceil(count / SAMPLE) === 3);
}

/** The disk as a power cut at the end of the day leaves it. */
function afterPowerCut(day: SpoiltDay, mode: CrashMode, folder: string): void {
  const disk = new DiskModel((path) => path.endsWith('-shm') || path.endsWith(ACKNOWLEDGED));
  disk.beginWith([day.folder, join(day.folder, 'stick')]);
  for (const call of readTrace(readFileSync(day.trace))) disk.follow(call);
  placeState(disk.crash(mode, new Dice(day.spoiling.nth)), day.folder, folder);
}

async function faultsOf(day: SpoiltDay, check: CrashCheck, folder: string): Promise<string[]> {
  const faults = [...day.thrown];
  for (const mode of ['none', 'sectors'] as const) {
    afterPowerCut(day, mode, folder);
    const found = await check.faultsIn(folder, day.facts, { goesOn: true, recordedIn: day.folder });
    faults.push(...found.map((fault) => `${fault}, after a power cut (${mode})`));
  }
  faults.push(...(await check.faultsIn(day.folder, day.facts, { goesOn: true })));
  return faults;
}

/** Whether anybody was told: by a refusal, a problem instead of the desk, or a line of the log. */
function isTold(day: SpoiltDay): boolean {
  return day.logged.length > 0 || day.codes.some((code) => code !== null);
}

test.for(rows)(
  '$name: a clear error, and nothing acknowledged is lost',
  { timeout: TAKES_ALL ? 7_200_000 : 180_000 },
  async ({ name, ...spoiling }, { skip }) => {
    if (typeof recorder === 'string') return skip(recorder);
    const [whole] = await spoiltDays(recorder, [{ ...spoiling, nth: 1_000_000 }]);
    if (!whole) throw new Error('no day was worked');
    expect(whole).toMatchObject({ thrown: [], logged: [] });
    const places = chosen(whole.calls[spoiling.kind]);
    const check = new CrashCheck();
    let told = 0;
    for (let at = 0; at < places.length; at += TOGETHER) {
      const spoilings = places.slice(at, at + TOGETHER).map((nth) => ({ ...spoiling, nth }));
      for (const day of await spoiltDays(recorder, spoilings)) {
        const faults = await faultsOf(day, check, join(recorder.folder, 'found'));
        expect({ nth: day.spoiling.nth, codes: day.codes, faults }).toMatchObject({ faults: [] });
        told += isTold(day) ? 1 : 0;
      }
    }
    countFault({
      fault: name,
      cases: `n = 1 to ${whole.calls[spoiling.kind]}, ${places.length} of them`,
      result: `0 acknowledged commands lost; ${told} told, the others harmed nothing`,
    });
  },
);
