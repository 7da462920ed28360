/**
 * The search thread: does the one job it was made with, answers with one message and ends. An entry of its own in the
 * main build; imports nothing but the planner.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { SearchJob } from './search-job.ts';
import { SearchWatch, runJob } from './search-job.ts';

// What `startSearch` hands over; nobody else makes this thread.
const { job, memory } = workerData as { readonly job: SearchJob; readonly memory: SharedArrayBuffer };
parentPort?.postMessage(runJob(job, new SearchWatch(memory)));
