/**
 * `npm run setup`: installs what is missing and stops. Asks for the pinned Electron even when it was out of
 * reach lately; everything else skips what is done. The other commands run the same set-up by themselves.
 */
import { bootstrap } from './lib/bootstrap.mjs';

await bootstrap(import.meta.url, async () => {
  const { setUp } = await import('./lib/set-up.mjs');
  await setUp({ display: process.platform === 'linux', askAgain: true });
});
