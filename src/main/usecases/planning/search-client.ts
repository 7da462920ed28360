/**
 * Runs a search on a thread of its own, so that the main process never waits for one. The answer is the one that the
 * main thread would have made: same job, same plan, to the byte.
 */
import { Worker } from 'node:worker_threads';
import type { SearchAnswer, SearchJob } from './search-job.ts';
import { SearchWatch } from './search-job.ts';

/** Beside this file when run from sources, beside the bundle when built. */
const WORKER_FILE = import.meta.url.endsWith('.ts') ? 'search-worker.ts' : 'search-worker.cjs';

export interface Search {
  /** What was found within the budget, or by the time of `cancel`. Rejects when the thread fails. */
  readonly answer: Promise<SearchAnswer>;
  /** Schedules used and allowed. */
  progress(): { readonly used: number; readonly budget: number };
  /** Ends the search within one schedule; `answer` is then the best so far, and says how far it got. */
  cancel(): void;
  /**
   * The best so far, while the search goes on: another thread makes the plan of as many schedules as are used by now
   * (`stopAfter`), which takes at most as long as the search has run.
   */
  bestSoFar(): Promise<SearchAnswer>;
}

/** Starts a thread for the job. */
export function startSearch(job: SearchJob): Search {
  const watch = new SearchWatch();
  const budget = job.settings.budget;
  return {
    answer: answerOf(job, watch),
    progress: () => ({ used: watch.used, budget }),
    cancel: () => {
      watch.cancel();
    },
    bestSoFar: () => {
      const stopAfter = Math.min(watch.used, job.settings.stopAfter ?? Infinity);
      return answerOf({ ...job, settings: { ...job.settings, stopAfter } }, new SearchWatch());
    },
  };
}

function answerOf(job: SearchJob, watch: SearchWatch): Promise<SearchAnswer> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL(WORKER_FILE, import.meta.url), {
      workerData: { job, memory: watch.memory },
    });
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', (code) => {
      // After a message this changes nothing; without one the thread has died.
      reject(new Error(`the search thread ended with code ${code}`));
    });
  });
}
