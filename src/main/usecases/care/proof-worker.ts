/**
 * The proving thread: does one half of a proof, says how far it is, answers with one message and ends. An entry of its
 * own in the main build; imports nothing but the ledger, and writes nothing.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { proveFile, proveProjections, storageFailureOf } from '../../ledger/index.ts';
import type { ProofJob, ProofMessage } from './proof-job.ts';

const say = (message: ProofMessage): void => parentPort?.postMessage(message);

async function prove({ path, half }: ProofJob): Promise<ProofMessage> {
  const onProgress = (done: number): void => {
    say({ kind: 'progress', done });
  };
  return half === 'file'
    ? { kind: 'file', proof: await proveFile(path, { onProgress }) }
    : { kind: 'projections', differences: await proveProjections(path, { onProgress }) };
}

// What `proveInThreads` hands over; nobody else makes this thread.
prove(workerData as ProofJob).then(say, (error: unknown) => {
  const failure = storageFailureOf(error);
  if (failure === null) throw error;
  say({ kind: 'failed', failure });
});
