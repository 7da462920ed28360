/**
 * What must hold after any crash: the application opens its ledger, the ledger is proven, and everything that was
 * acknowledged is there: the entries, the replies, every patient's key, the draft, the backups.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  isProven,
  keyStorePath,
  listPatients,
  openReader,
  proveLedger,
  readEntries,
} from '../../../src/main/ledger/index.ts';
import { openKeyStore } from '../../../src/main/security/index.ts';
import type { ChannelName, Reply, Request } from '../../../src/shared/contract/index.ts';
import { FakeClock } from '../ledger/temporary-ledger.ts';
import { TestApplication } from '../usecases/application.ts';
import { DRAFT_FORM } from './desk-day.ts';
import type { AcknowledgedCommand, Fact, MadeBackup } from './desk-day.ts';
import type { CrashState } from './disk-model.ts';

/** The file of facts, in the folder of the ledger; outside the story. */
export const ACKNOWLEDGED = 'acknowledged';

/** Commands that are sent again to hear their first reply. */
const REPEATED = 3;

export function parseFacts(text: string): Fact[] {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Fact); // written by `DeskDay`
}

/** Puts a state of the disk into `folder`, whatever was there before. @param from  the folder it was recorded in */
export function placeState(state: CrashState, from: string, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const path of state.folders) mkdirSync(folder + path.slice(from.length), { recursive: true });
  for (const [path, bytes] of state.files) {
    const target = folder + path.slice(from.length);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
}

/** Tells one state of the disk from another, together with what it has to hold. */
export function fingerprintOf(state: CrashState, facts: number): string {
  const hash = createHash('sha1').update(String(facts));
  for (const [path, bytes] of [...state.files].sort(([left], [right]) => (left < right ? -1 : 1)))
    hash.update(`\n${path} ${bytes.length}\n`).update(bytes);
  return hash.digest('hex');
}

export class CrashCheck {
  /** Backups that were proven, by their bytes: most states hold the same ones. */
  readonly #provenBackups = new Map<string, boolean>();

  /**
   * Opens the ledger in `folder` as the application does, and compares it with `facts`.
   * @param options.goesOn  enters one more command, and proves the ledger again
   * @param options.recordedIn  where the facts' own paths begin, when that is not `folder`
   * @param options.at  the time of day after the crash, as ISO text
   * @returns what is not as it must be; empty: nothing was lost
   */
  async faultsIn(
    folder: string,
    facts: readonly Fact[],
    options: { readonly goesOn: boolean; readonly recordedIn?: string; readonly at?: string },
  ): Promise<string[]> {
    const app = new TestApplication(options.at ?? '2026-11-18T09:00:00Z', folder);
    await app.open();
    try {
      const state = await app.get('app.state', {});
      if (state.problem !== null) return [`the ledger does not open: ${state.problem}`];
      const commands = facts.filter((fact) => fact.what === 'command');
      const faults = [
        ...chainFaults(app.ledgerPath, commands.at(-1)),
        ...(await replyFaults(app, commands.slice(-REPEATED))),
        ...(await draftFaults(app, facts)),
        ...keyFaults(app.ledgerPath),
        ...(await this.#backupFaults(facts, folder, options.recordedIn ?? folder)),
      ];
      if (options.goesOn && commands.length > 0)
        faults.push(...(await goingOnFaults(app, `after-${facts.length}-facts`)));
      const proof = await proveLedger(app.ledgerPath);
      if (!isProven(proof)) faults.push('the ledger is not proven');
      if (proof.excess?.length !== 0) faults.push('more is promised than there is');
      return faults;
    } finally {
      await app.application.close();
    }
  }

  async #backupFaults(facts: readonly Fact[], folder: string, recordedIn: string): Promise<string[]> {
    const latest = new Map<string, MadeBackup>();
    for (const fact of facts) if (fact.what === 'backup') latest.set(fact.path, fact);
    const faults: string[] = [];
    for (const backup of latest.values()) {
      const path = folder + backup.path.slice(recordedIn.length);
      if (!(await this.#isGood(path, backup)))
        faults.push('a backup that was told of is not there or not whole');
    }
    return faults;
  }

  async #isGood(path: string, { seq, hash }: MadeBackup): Promise<boolean> {
    try {
      const bytes = createHash('sha1')
        .update(readFileSync(path))
        .update(readFileSync(keyStorePath(path)));
      const name = `${bytes.digest('hex')} ${hash}`;
      const known = this.#provenBackups.get(name);
      if (known !== undefined) return known;
      const isGood =
        isProven(await proveLedger(path)) && hashAt(path, seq) === hash && keyFaults(path).length === 0;
      this.#provenBackups.set(name, isGood);
      return isGood;
    } catch {
      return false;
    }
  }
}

function hashAt(path: string, seq: number): string | null {
  const reader = openReader(path);
  if (!reader.ok) return null;
  try {
    return readEntries(reader.value.db, seq - 1, 1)[0]?.hash ?? null;
  } finally {
    reader.value.close();
  }
}

/** The hash of the last acknowledged entry covers all that came before it. */
function chainFaults(path: string, last: AcknowledgedCommand | undefined): string[] {
  if (last === undefined || hashAt(path, last.seq) === last.hash) return [];
  return [`entry ${last.seq} of the acknowledged command ${last.commandId} is not there`];
}

async function replyFaults(
  app: TestApplication,
  commands: readonly AcknowledgedCommand[],
): Promise<string[]> {
  const faults: string[] = [];
  for (const { channel, request, commandId, reply } of commands) {
    const again = await askAnything(app, channel, request, commandId);
    if (!again.ok || JSON.stringify(again.value) !== JSON.stringify(reply))
      faults.push(`${commandId} is not answered as it was: ${JSON.stringify(again)}`);
  }
  return faults;
}

/** Asks what was asked before: the request was of the channel's form then. */
function askAnything(
  app: TestApplication,
  channel: ChannelName,
  request: unknown,
  commandId: string,
): Promise<Reply<ChannelName>> {
  return app.ask(channel, request as Request<ChannelName>, commandId); // see above
}

async function draftFaults(app: TestApplication, facts: readonly Fact[]): Promise<string[]> {
  const saved = facts.findLastIndex((fact) => fact.what === 'draft');
  if (saved < 0) return [];
  const possible = facts.slice(saved).flatMap((fact) => ('body' in fact ? [fact.body] : []));
  const { body } = await app.get('draft.get', { form: DRAFT_FORM });
  return body !== null && possible.includes(body) ? [] : ['the draft is not the one that was saved'];
}

/** Whatever the ledger holds sealed can be opened. */
function keyFaults(path: string): string[] {
  const reader = openReader(path);
  if (!reader.ok) return [`the ledger does not open for reading: ${reader.error.code}`];
  const patients = listPatients(reader.value.db, null);
  reader.value.close();
  const keys = openKeyStore({ ledgerPath: path, clock: new FakeClock(), mayCreate: patients.length === 0 });
  if (!keys.ok) return [`the key store does not open: ${keys.error.code}`];
  try {
    const lost = patients.filter(
      ({ patientId, identity }) =>
        identity !== null && keys.value.open(patientId, 'identity', identity) === null,
    );
    return lost.map(({ patientId }) => `the key of ${patientId} is lost`);
  } finally {
    keys.value.close();
  }
}

async function goingOnFaults(app: TestApplication, commandId: string): Promise<string[]> {
  const { person } = await app.get('app.state', {});
  if (person === null) return ['nobody is at the desk'];
  const reply = await app.ask('person.switch', { staffId: person.id }, commandId);
  return reply.ok ? [] : [`no further command is taken: ${reply.error.code}`];
}
