/**
 * The full verification that nobody has to ask for: soon after the ledger is opened, and once a day while it stays open,
 * on threads of its own. What it finds stands on Today until a later one finds the ledger whole.
 */
import { DAY } from '../../../shared/units.ts';
import type { Surroundings } from '../handlers.ts';
import { verifyLedger } from './verify-ledger.ts';

type ProofSurroundings = Pick<Surroundings, 'nowMs' | 'log'>;

export class DailyProof {
  readonly #path: string;
  readonly #surroundings: ProofSurroundings;
  readonly #onChange: () => void;
  #begunMs: number | null = null;
  #controller: AbortController | null = null;
  #isUnproven = false;
  #running: Promise<void> | null = null;

  /** @param onChange  called when what the last one found is not what the one before found */
  constructor(path: string, surroundings: ProofSurroundings, onChange: () => void) {
    this.#path = path;
    this.#surroundings = surroundings;
    this.#onChange = onChange;
  }

  /** The last one, or somebody's own since, found a fault. */
  get isUnproven(): boolean {
    return this.#isUnproven;
  }

  /** What somebody's own verification of the same ledger came to. */
  take(isWhole: boolean): void {
    this.#tell(!isWhole);
  }

  /** Begins one when the last began a day ago or never. Called every minute. */
  tick(): void {
    const nowMs = this.#surroundings.nowMs();
    if (this.#controller !== null) return;
    if (this.#begunMs !== null && nowMs - this.#begunMs < DAY * 1000) return;
    this.#begunMs = nowMs;
    this.#running = this.run();
  }

  /** Resolves when it is over, however it ends: a ledger that cannot be read now is tried again tomorrow. */
  async run(): Promise<void> {
    const controller = new AbortController();
    this.#controller = controller;
    try {
      const verified = await verifyLedger(this.#path, { signal: controller.signal });
      if (verified.ok) this.#tell(!verified.value.isWhole);
      else this.#surroundings.log({ code: verified.error.code });
    } catch {
      if (!controller.signal.aborted) this.#surroundings.log({ code: 'daily-proof-failed' });
    } finally {
      this.#controller = null;
    }
  }

  /** Ends what is under way and waits for it: whoever closes the ledger may want to move its file. */
  async stop(): Promise<void> {
    this.#controller?.abort();
    await this.#running;
  }

  #tell(isUnproven: boolean): void {
    if (isUnproven) this.#surroundings.log({ code: 'ledger-unproven' });
    if (isUnproven === this.#isUnproven) return;
    this.#isUnproven = isUnproven;
    this.#onChange();
  }
}
