/** The full verification that a person asks for in the window: one at a time, with progress, and it can be stopped. */
import { accept, refuse } from '../../../shared/result.ts';
import { instant } from '../../../shared/units.ts';
import { verifyLedger } from '../care/verify-ledger.ts';
import type { Usecase } from '../usecase.ts';
import type { Workplace } from '../workplace.ts';

/** Steps of the progress bar; the window is not told more often. */
const PROGRESS_STEPS = 100;

export class VerifyRun {
  #controller: AbortController | null = null;

  /** A verification that is under way is stopped first. */
  begin(): AbortSignal {
    this.#controller?.abort();
    this.#controller = new AbortController();
    return this.#controller.signal;
  }

  cancel(): void {
    this.#controller?.abort();
  }
}

export function verifyOpenLedger(run: VerifyRun): Usecase<'ledger.verify'> {
  return async (place) => {
    const signal = run.begin();
    const key = place.surroundings.checkpointKey?.() ?? null;
    const total = place.ledger.head().seq * 2; // every entry once for the chain and once for the rebuild
    let told = -1;
    const onProgress = (done: number): void => {
      const step = Math.floor((done * PROGRESS_STEPS) / Math.max(total, 1));
      if (step === told) return;
      told = step;
      place.surroundings.emit('verify.progress', { done: Math.min(done, total), total });
    };
    try {
      const readOnly = place.readOnly === null ? {} : { readOnly: readOnlySource(place) };
      const verified = await verifyLedger(place.ledger.path, { signal, onProgress, key, ...readOnly });
      const at = instant(Math.floor(place.surroundings.nowMs() / 1000)); // also while somebody looks back
      if (verified.ok) {
        place.dailyProof.take(verified.value.isWhole); // Today tells it until it is settled
        return accept({ ...verified.value, at });
      }
      place.surroundings.log({ code: verified.error.code });
      return refuse('ledger-io', {}, true);
    } catch (error) {
      if (signal.aborted) return refuse('cancelled');
      throw error;
    }
  };
}

function readOnlySource(place: Workplace): { readPath: string; keyFaults: string[] } {
  const keyFaults = place.keys.verify().map(({ table, row }) => `${table} ${row}: not what was written`);
  return { readPath: place.ledger.readPath, keyFaults };
}
