/**
 * The planning thread: does the one job it was made with (a search, or a comparison), answers with one message and
 * ends. An entry of its own in the main build; imports nothing but the planner.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { CompareJob } from './compare-job.ts';
import { runCompare } from './compare-job.ts';
import type { SearchJob } from './search-job.ts';
import { SearchWatch, runJob } from './search-job.ts';

// What `startSearch` and `Comparing` hand over; nobody else makes this thread.
const given = workerData as
  { readonly job: SearchJob; readonly memory: SharedArrayBuffer } | { readonly job: CompareJob };
parentPort?.postMessage(
  'memory' in given ? runJob(given.job, new SearchWatch(given.memory)) : runCompare(given.job),
);
