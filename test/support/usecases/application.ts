/**
 * A whole application on a real ledger in a temporary folder, under a clock that tests turn. No window, no mocks: the
 * dialogs answer with what the test says.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApplication } from '../../../src/main/usecases/application.ts';
import type { CheckpointKey, Installation } from '../../../src/main/security/index.ts';
import type { Application, Surroundings } from '../../../src/main/usecases/handlers.ts';
import { CONTRACT } from '../../../src/shared/contract/index.ts';
import type {
  BridgeEvents,
  ChannelName,
  Reply,
  Request,
  Response,
} from '../../../src/shared/contract/index.ts';
import type { PrintJob } from '../../../src/shared/domain/print-job.ts';
import { commandId } from '../../../src/shared/ids.ts';

export class TestClock {
  ms: number;
  constructor(iso: string) {
    this.ms = Date.parse(iso);
  }
  get seconds(): number {
    return Math.floor(this.ms / 1000);
  }
  forward(minutes: number): void {
    this.ms += minutes * 60_000;
  }
}

export class TestApplication {
  readonly folder: string;
  readonly clock: TestClock;
  readonly events: { name: string; payload: unknown }[] = [];
  readonly logged: { code: string; detail?: string }[] = [];
  answers: { folder: string | null; savePath: string | null; backup?: string | null } = {
    folder: null,
    savePath: null,
  };
  /** What lays pages out, the printers there are, and what went to them. */
  print: ((job: PrintJob) => Promise<Uint8Array>) | null = null;
  printers: string[] = [];
  readonly printed: { readonly job: PrintJob; readonly printer: string | null }[] = [];
  /** Signs checkpoints when set. */
  checkpointKey: CheckpointKey | null = null;
  /** Whose ledger it is; nothing is noted or asked while it is not set. */
  installation: Installation | null = null;
  onEvent: ((name: string, payload: unknown) => void) | null = null;
  #application: Application | null = null;
  #commands = 0;

  /** @param folder  an existing one; a temporary one is made when missing */
  constructor(at = '2026-11-18T02:20:00Z', folder = mkdtempSync(join(tmpdir(), 'clinic-'))) {
    this.clock = new TestClock(at);
    this.folder = folder;
  }

  get ledgerPath(): string {
    return join(this.folder, 'clinic.ledger');
  }

  get application(): Application {
    if (!this.#application) throw new Error('open it first');
    return this.#application;
  }

  async open(options: { opensSample?: boolean; ledgerPath?: string } = {}): Promise<this> {
    this.#application = await createApplication({
      ledgerPath: options.ledgerPath ?? this.ledgerPath,
      sampleLedgerPath: join(this.folder, 'sample.ledger'),
      opensSample: options.opensSample ?? false,
      surroundings: this.#surroundings(),
    });
    return this;
  }

  /** Closes and opens again, as a restart of the application does. */
  async restart(): Promise<void> {
    await this.#application?.close();
    await this.open();
  }

  async close(): Promise<void> {
    await this.#application?.close();
    this.#application = null;
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Asks a channel and checks the answer against the contract. */
  async ask<N extends ChannelName>(channel: N, request: Request<N>, id?: string): Promise<Reply<N>> {
    const kind = CONTRACT[channel].kind;
    const command = kind === 'command' ? commandId(id ?? `test-${(this.#commands += 1)}`) : null;
    const reply = await this.application.handlers[channel](request, { commandId: command });
    if (reply.ok) CONTRACT[channel].response.parse(reply.value);
    return reply;
  }

  /** Asks and expects acceptance. */
  async get<N extends ChannelName>(channel: N, request: Request<N>, id?: string): Promise<Response<N>> {
    const reply = await this.ask(channel, request, id);
    if (!reply.ok) throw new Error(`${channel} refused: ${JSON.stringify(reply.error)}`);
    return reply.value;
  }

  #surroundings(): Surroundings {
    return {
      nowMs: () => this.clock.ms,
      systemTimeZone: 'Asia/Shanghai',
      systemLocale: 'en',
      timeZoneData: process.versions.tz ?? 'unknown',
      version: '0.0.0-test',
      runtimeFlavor: 'test',
      checkpointKey: () => this.checkpointKey,
      installation: () => this.installation,
      emit: <N extends keyof BridgeEvents>(name: N, payload: BridgeEvents[N]) => {
        this.events.push({ name, payload });
        this.onEvent?.(name, payload);
      },
      chooseFolder: () => Promise.resolve(this.answers.folder),
      chooseBackup: () => Promise.resolve(this.answers.backup ?? null),
      chooseSavePath: () => Promise.resolve(this.answers.savePath),
      printReport: (job) =>
        this.print ? this.print(job) : Promise.reject(new Error('there is no window to print in')),
      paper: {
        list: () => Promise.resolve(this.printers),
        print: (job, printer) => {
          this.printed.push({ job, printer });
          return Promise.resolve();
        },
      },
      log: (entry) => this.logged.push(entry),
    };
  }
}
