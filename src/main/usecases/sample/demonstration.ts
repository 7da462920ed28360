/**
 * The clock of a demonstration: it begins at the sample's best moment and then goes on as clocks do. It may only be
 * given to the sample clinic, whose books are invented anyway.
 */
import { demoInstant } from './sample-clinic.ts';

/** @returns milliseconds since the Unix epoch; `realNowMs` tells how long the demonstration has been going on */
export function demonstrationClock(realNowMs: () => number): () => number {
  const began = realNowMs();
  const begins = demoInstant() * 1000;
  return () => begins + (realNowMs() - began);
}
