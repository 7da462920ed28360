/**
 * Loaded with `-r` before the application when Playwright drives it: the application becomes ready only once the driver
 * has attached. Otherwise the driver may attach to a page in the very moment in which its first document is committed; it
 * is then told neither of the document before nor of the one after, and waits for ever. Playwright's own loader does the
 * same, but is used only when Playwright itself looks for Electron. It calls `__playwright_run` when it has attached.
 *
 * With DRIVER_CLOCK_MS (milliseconds since the Unix epoch) the application begins at that instant and its clock goes on from there;
 * `__turnClock` puts it elsewhere. Only the application's own clock: timers and the page run as ever.
 */
// eslint-disable-next-line @typescript-eslint/no-require-imports -- what `-r` loads is CommonJS
const { app } = require('electron');

const systemReady = app.whenReady();
const attached = new Promise((resolve) => {
  globalThis.__playwright_run = () => resolve();
});
app.whenReady = () => Promise.all([systemReady, attached]).then(() => undefined);

const beginsMs = Number(process.env.DRIVER_CLOCK_MS ?? NaN);
if (!Number.isNaN(beginsMs)) {
  const trueNow = Date.now;
  let aheadMs = 0;
  globalThis.__turnClock = (toMs) => {
    aheadMs = toMs - trueNow();
  };
  globalThis.__turnClock(beginsMs);
  Date.now = () => trueNow() + aheadMs;
}
