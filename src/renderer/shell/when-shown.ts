/**
 * Loads a screen's data when it is shown, again whenever the ledger has grown, and once a minute so that waits and the
 * now-line move. Runs never overlap: what arrives meanwhile causes one more run.
 */
import { onMount } from 'svelte';
import type { Api } from '../api.ts';
import { readiness } from './readiness.ts';

const MINUTE_MS = 60_000;

/** Call it while a component is being made. @param load  asks for everything the screen shows */
export function whenShown(api: Pick<Api, 'on'>, load: () => Promise<unknown>): void {
  onMount(() => {
    // The page is ready with its first data; what the ledger tells meanwhile is loaded afterwards.
    let showFirst: () => void = () => undefined;
    const first = new Promise<void>((resolve) => (showFirst = resolve));
    const again = withoutOverlap(() => load().finally(() => showFirst()));
    void readiness.during(first);
    again().catch(() => undefined);
    const off = [api.on('ledger.changed', () => void again()), api.on('offer.changed', () => void again())];
    const timer = setInterval(() => void again(), MINUTE_MS);
    return () => {
      for (const stop of off) stop();
      clearInterval(timer);
    };
  });
}

/** @returns a function that runs `load`, and once more afterwards when it was called meanwhile */
export function withoutOverlap(load: () => Promise<unknown>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let isWanted = false;
  const run = async (): Promise<void> => {
    do {
      isWanted = false;
      await load();
    } while (isWanted);
  };
  return () => {
    if (running) {
      isWanted = true;
      return running;
    }
    running = run().finally(() => (running = null));
    return running;
  };
}
