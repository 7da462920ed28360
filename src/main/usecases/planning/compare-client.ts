/**
 * Runs a comparison on a thread of its own, so that the main process never waits for one; the same thread's file as a
 * search. Only the newest question of a kind is answered: a newer one ends the thread of the one before.
 */
import { Worker } from 'node:worker_threads';
import type { CompareAnswer, CompareJob } from './compare-job.ts';

/** Beside this file when run from sources, beside the bundle when built. */
const WORKER_FILE = import.meta.url.endsWith('.ts') ? 'search-worker.ts' : 'search-worker.cjs';

export class Comparing {
  #thread: Worker | null = null;

  /** The answer; null when a newer question came meanwhile. Rejects when the thread fails. */
  async run(job: CompareJob): Promise<CompareAnswer | null> {
    this.stop();
    const thread = new Worker(new URL(WORKER_FILE, import.meta.url), { workerData: { job } });
    this.#thread = thread;
    try {
      return await new Promise<CompareAnswer | null>((resolve, reject) => {
        thread.once('message', resolve);
        thread.once('error', reject);
        thread.once('exit', () => {
          // After a message this changes nothing; a thread that was stopped has no answer any more.
          resolve(null);
        });
      });
    } finally {
      if (this.#thread === thread) this.#thread = null;
    }
  }

  /** Ends what is being compared, if anything. */
  stop(): void {
    void this.#thread?.terminate();
    this.#thread = null;
  }
}
