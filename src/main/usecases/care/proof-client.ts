/**
 * Proves a ledger on two threads of their own, so that the window never waits: one reads the file's structure and the
 * chain, the other rebuilds the projections and compares. The answer is the one that `proveLedger` would give.
 */
import { Worker } from 'node:worker_threads';
import { joinProof, StorageFailed } from '../../ledger/index.ts';
import type { LedgerProof, VerifyOptions } from '../../ledger/index.ts';
import type { ProofJob, ProofMessage } from './proof-job.ts';

/** Beside this file when run from sources, beside the bundle when built. */
const WORKER_FILE = import.meta.url.endsWith('.ts') ? 'proof-worker.ts' : 'proof-worker.cjs';

type Answer<Half extends ProofJob['half']> = Extract<ProofMessage, { kind: Half }>;

/**
 * @param options.onProgress  counts every entry twice: once for the chain, once for the rebuild
 * @throws what a thread met that `storageFailureOf` can tell; what `signal` says when aborted, once both have ended
 */
export async function proveInThreads(path: string, options: VerifyOptions = {}): Promise<LedgerProof> {
  options.signal?.throwIfAborted();
  const done = { file: 0, projections: 0 };
  const tell = (half: ProofJob['half'], count: number): void => {
    done[half] = count;
    options.onProgress?.(done.file + done.projections);
  };
  const threads = new Threads(options.signal);
  try {
    const [file, projections] = await Promise.all([
      threads.ask('file', path, tell),
      threads.ask('projections', path, tell),
    ]);
    return joinProof(file.proof, projections.differences);
  } finally {
    await threads.end();
  }
}

class Threads {
  readonly #threads: Worker[] = [];
  readonly #signal: AbortSignal | undefined;

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
  }

  ask<Half extends ProofJob['half']>(
    half: Half,
    path: string,
    tell: (half: Half, done: number) => void,
  ): Promise<Answer<Half>> {
    const job: ProofJob = { path, half };
    const thread = new Worker(new URL(WORKER_FILE, import.meta.url), { workerData: job });
    this.#threads.push(thread);
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        reject(this.#signal?.reason as Error); // what the asker gave
      };
      this.#signal?.addEventListener('abort', stop, { once: true });
      thread.on('message', (message: ProofMessage) => {
        if (message.kind === 'progress') tell(half, message.done);
        else if (message.kind === 'failed') reject(new StorageFailed(message.failure));
        else resolve(message as Answer<Half>); // the thread answers the half that it was asked
      });
      thread.once('error', reject);
      thread.once('exit', (code) => {
        this.#signal?.removeEventListener('abort', stop);
        // After an answer this changes nothing; without one the thread has died.
        reject(new Error(`the proving thread ended with code ${code}`));
      });
    });
  }

  /** Ends what still runs: it only reads, so nothing is left half done. */
  async end(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.terminate()));
  }
}
