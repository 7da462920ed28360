/**
 * The proving thread: does one half of a proof, says how far it is, answers with one message and ends. An entry of its
 * own in the main build; imports the ledger and how reports measure a day, and writes nothing.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { openReader, proveFile, proveProjections, storageFailureOf } from '../../ledger/index.ts';
import type { ProjectionDifference } from '../../ledger/index.ts';
import { findWrongReports } from '../reports/wrong-reports.ts';
import type { ProofJob, ProofMessage } from './proof-job.ts';

const say = (message: ProofMessage): void => parentPort?.postMessage(message);

async function prove({ path, half }: ProofJob): Promise<ProofMessage> {
  const onProgress = (done: number): void => {
    say({ kind: 'progress', done });
  };
  return half === 'file'
    ? { kind: 'file', proof: await proveFile(path, { onProgress }) }
    : { kind: 'projections', differences: await differencesOf(path, onProgress) };
}

/** Projections against a rebuild, and the days that reports keep against the bookings. */
async function differencesOf(
  path: string,
  onProgress: (done: number) => void,
): Promise<readonly ProjectionDifference[] | null> {
  const differences = await proveProjections(path, { onProgress });
  if (!differences) return null;
  const reader = openReader(path, { holdsSnapshot: true });
  if (!reader.ok) return differences;
  const wrong = findWrongReports(reader.value.db);
  reader.value.close();
  return [
    ...differences,
    ...wrong.map((day) => ({
      table: 'settled_reports',
      row: String(day),
      kind: 'different' as const,
      columns: ['pool_sums', 'tasks'],
    })),
  ];
}

// What `proveInThreads` hands over; nobody else makes this thread.
prove(workerData as ProofJob).then(say, (error: unknown) => {
  const failure = storageFailureOf(error);
  if (failure === null) throw error;
  say({ kind: 'failed', failure });
});
