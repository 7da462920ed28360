/**
 * The power is cut at any moment of a working day, and the disk keeps any part of what was not yet synced. `FAULTS_CUTS`
 * sets how many different disks are looked at; a found failure prints the seed, the moment and the mode.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Dice } from '../../src/main/usecases/sample/random.ts';
import {
  ACKNOWLEDGED,
  CrashCheck,
  fingerprintOf,
  parseFacts,
  placeState,
} from '../support/faults/after-crash.ts';
import type { Fact } from '../support/faults/desk-day.ts';
import { CRASH_MODES, DiskModel } from '../support/faults/disk-model.ts';
import type { CrashMode } from '../support/faults/disk-model.ts';
import { readTrace } from '../support/faults/disk-trace.ts';
import type { DiskCall } from '../support/faults/disk-trace.ts';
import { DiskRecorder } from '../support/faults/recorded-process.ts';
import { countFault } from '../support/faults/tally.ts';

const CUTS = Number(process.env['FAULTS_CUTS'] ?? 200);
/** Enough to fill the write-ahead log more than once, so that checkpoints happen while commands go on. */
const COMMANDS = Number(process.env['FAULTS_COMMANDS'] ?? 60);
const SEED = Number(process.env['FAULTS_SEED'] ?? 20261118);
const PROGRAM = join(import.meta.dirname, '../support/faults/recorded-day.ts');

const recorder = DiskRecorder.build();
afterAll(() => {
  if (typeof recorder !== 'string') recorder.dispose();
});

/** A call, and what the application had acknowledged when it was made. */
interface Moment {
  readonly call: DiskCall;
  readonly facts: readonly Fact[];
}

/** The story of one process: its calls, with the file of facts taken out of them. */
function momentsOf(trace: Buffer, watched: string): Moment[] {
  const notes = new Set<number>();
  const facts: Fact[] = [];
  const moments: Moment[] = [];
  let known: readonly Fact[] = [];
  for (const call of readTrace(trace)) {
    if (call.call === 'open' && call.path === join(watched, ACKNOWLEDGED)) notes.add(call.fd);
    else if (call.call === 'write' && notes.has(call.fd)) {
      facts.push(...parseFacts(call.bytes.toString()));
      known = [...facts];
    } else moments.push({ call, facts: known });
  }
  return moments;
}

/** Moments at which the power is cut: around syncs and changes of names above all, where most can go wrong. */
function isLikely({ call }: Moment, dice: Dice, share: number): boolean {
  const weight = call.call === 'write' ? 1 : 4;
  return dice.below(100_000) < share * weight;
}

interface Found {
  states: number;
  readonly seen: Set<string>;
  readonly modes: Map<CrashMode, number>;
}

async function cutPower(moments: readonly Moment[], watched: string, folder: string): Promise<Found> {
  const found: Found = { states: 0, seen: new Set(), modes: new Map() };
  const check = new CrashCheck();
  const share = Math.ceil((CUTS / CRASH_MODES.length / moments.length) * 50_000) + 1;
  for (let round = 0; found.states < CUTS; round += 1) {
    if (round > 60) throw new Error(`only ${found.states} different states can be made of this day`);
    const dice = new Dice(SEED, round);
    const disk = new DiskModel((path) => path.endsWith('-shm'));
    for (const [index, moment] of moments.entries()) {
      disk.follow(moment.call);
      if (!disk.isPending || !isLikely(moment, dice, share)) continue;
      for (const mode of CRASH_MODES) {
        const state = disk.crash(mode, dice);
        const fingerprint = fingerprintOf(state, moment.facts.length);
        if (found.seen.has(fingerprint) || found.states >= CUTS) continue;
        found.seen.add(fingerprint);
        found.states += 1;
        found.modes.set(mode, (found.modes.get(mode) ?? 0) + 1);
        placeState(state, watched, folder);
        const goesOn = found.states % 5 === 0;
        const faults = await check.faultsIn(folder, moment.facts, { goesOn, recordedIn: watched });
        const where = { seed: SEED, round, call: index, of: moment.call.call, mode };
        expect({ faults, where }).toEqual({ faults: [], where });
      }
    }
  }
  return found;
}

test(
  'a power cut loses nothing that was acknowledged, whatever the disk kept',
  async ({ skip }) => {
    if (typeof recorder === 'string') return skip(recorder);
    const watched = join(recorder.folder, 'clinic');
    mkdirSync(watched);
    const trace = join(recorder.folder, 'trace');
    await recorder.run(PROGRAM, [watched, String(SEED), String(COMMANDS)], { watched, trace });
    const moments = momentsOf(readFileSync(trace), watched);
    const acknowledged = moments.at(-1)?.facts.length ?? 0;
    expect(acknowledged).toBeGreaterThan(COMMANDS / 2);
    const found = await cutPower(moments, watched, join(recorder.folder, 'found'));
    countFault({
      fault: 'power cut',
      cases: `${found.states} different disks out of ${moments.length} calls, ${acknowledged} acknowledgements`,
      result: '0 acknowledged commands lost, all proven',
    });
  },
  CUTS * 1000 + 60_000,
);
