/** A real ledger in a temporary folder, with a clock that tests move, and its key store. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLedger, SYSTEM_ACTOR } from '../../../src/main/ledger/index.ts';
import type { Command, EntryKind, EntryPayloads, Ledger } from '../../../src/main/ledger/index.ts';
import { openKeyStore } from '../../../src/main/security/index.ts';
import type { KeyStore } from '../../../src/main/security/index.ts';
import { commandId } from '../../../src/shared/ids.ts';
import type { StaffId } from '../../../src/shared/ids.ts';
import { accept } from '../../../src/shared/result.ts';
import type { Result } from '../../../src/shared/result.ts';
import { instant } from '../../../src/shared/units.ts';
import type { Instant } from '../../../src/shared/units.ts';

/** Wednesday, 18 November 2026, 10:20 in Shanghai. */
export const WEDNESDAY_MS = Date.UTC(2026, 10, 18, 2, 20);

export class FakeClock {
  ms = WEDNESDAY_MS;

  nowMs(): number {
    return this.ms;
  }

  get now(): Instant {
    return instant(Math.floor(this.ms / 1000));
  }

  passSeconds(seconds: number): void {
    this.ms += seconds * 1000;
  }
}

/** The value of an accepted result. @throws Error with the code of a refusal */
export function accepted<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(`refused: ${result.error.code}`);
  return result.value;
}

/** The code of a refusal, or null for an accepted result. */
export function codeOf(result: Result<unknown>): string | null {
  return result.ok ? null : result.error.code;
}

export class TemporaryLedger {
  readonly folder: string;
  readonly path: string;
  readonly clock = new FakeClock();
  ledger: Ledger;
  keys: KeyStore;
  #commands = 0;

  private constructor(folder: string, path: string, clock: FakeClock, ledger: Ledger, keys: KeyStore) {
    this.folder = folder;
    this.path = path;
    this.clock = clock;
    this.ledger = ledger;
    this.keys = keys;
    if (ledger.head().seq > 1) this.#commands = ledger.head().seq; // an earlier run's ids are taken
  }

  /** @param folder  an existing folder to use; a temporary one is made when missing */
  static async open(folder = mkdtempSync(join(tmpdir(), 'ledger-'))): Promise<TemporaryLedger> {
    const path = join(folder, 'clinic.ledger');
    const clock = new FakeClock();
    const ledger = accepted(await openLedger({ path, clock }));
    const keys = accepted(openKeyStore({ ledgerPath: path, clock, mayCreate: true }));
    return new TemporaryLedger(folder, path, clock, ledger, keys);
  }

  /** A command of its own, by nobody in particular. */
  command(body = '', actor: StaffId = SYSTEM_ACTOR): Command {
    this.#commands += 1;
    const id = commandId(`command-${this.#commands}`);
    return { commandId: id, bodyDigest: this.keys.digest(body || id), actor };
  }

  /** Appends one entry as one command. @returns its sequence number */
  async append<Kind extends EntryKind>(
    kind: Kind,
    payload: EntryPayloads[Kind],
    effective?: Instant,
  ): Promise<number> {
    const options = effective === undefined ? {} : { effective };
    return accepted(
      await this.ledger.write(this.command(), (tx) => accept(tx.append(kind, payload, options))),
    );
  }

  /** Closes and opens again, as the next start of the application does. */
  async restart(): Promise<void> {
    await this.close();
    this.ledger = accepted(await openLedger({ path: this.path, clock: this.clock }));
    this.keys = accepted(openKeyStore({ ledgerPath: this.path, clock: this.clock, mayCreate: false }));
  }

  async close(): Promise<void> {
    await this.ledger.close();
    this.keys.close();
  }

  async dispose(): Promise<void> {
    await this.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
