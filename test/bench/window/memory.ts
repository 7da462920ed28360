/**
 * What the window and the main process hold over a simulated day: every screen again and again, the daily verification of
 * the ledger among them.
 */
import { goTo, inMain, type OpenedWindow } from '../../../scripts/lib/app-window.mjs';
import type { Results } from '../ledger/measure.ts';

interface Memory {
  /** Bytes of the page's heap after a collection. */
  readonly page: number;
  /** Bytes of the main process in memory, pages of files that it shares with others included. */
  readonly main: number;
  /** Those of them that are its alone. */
  readonly own: number;
}

/** Between two screens: Chromium ignores changes of the address beyond two hundred in ten seconds. */
const APART_MS = 80;
/** After the first minute the application verifies its ledger by itself, once a day. */
const FIRST_TICKS_MS = 75_000;
/** How long what is no longer used takes to go back to the system: in a day there is always time for it. */
const GIVEN_BACK_MS = 60_000;
const LOOK_MS = 5000;
/** Of this process's time in a look, at most: less than a proof gets on a machine that is busy otherwise. */
const REST_SHARE = 0.02;
const SCREENS = ['today', 'workspace/imaging', 'pools', 'workspace/records', 'ledger'];

const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);

class MemoryWatch {
  /** The most bytes that the main process had in memory, between looks too. */
  most = 0;
  readonly #window: OpenedWindow;

  constructor(window: OpenedWindow) {
    this.#window = window;
  }

  async look(): Promise<Memory> {
    const { page, electronApp } = this.#window;
    const session = await page.context().newCDPSession(page);
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    await session.detach();
    const { most, ...main } = await inMain(electronApp, async () => {
      const { maxRSS } = process.resourceUsage(); // before Chromium measures, which sets the system's count back
      const { private: own } = await process.getProcessMemoryInfo(); // kilobytes
      return { most: maxRSS * 1024, main: process.memoryUsage().rss, own: own * 1024 };
    });
    this.most = Math.max(this.most, most);
    return { page: usedSize, ...main };
  }

  /** Resolves when the main process has done nothing for a moment: its own work in the background is over. */
  async #rest(): Promise<void> {
    const { page, electronApp } = this.#window;
    const cpuMs = () =>
      inMain(electronApp, () => (process.cpuUsage().user + process.cpuUsage().system) / 1000);
    for (let before = await cpuMs(); ;) {
      await page.waitForTimeout(LOOK_MS);
      const now = await cpuMs();
      if (now - before < LOOK_MS * REST_SHARE) return;
      before = now;
    }
  }

  /** The least that the main process comes down to while nothing is asked of it. */
  async settled(): Promise<Memory> {
    await this.#rest();
    let least = await this.look();
    for (let waited = 0; waited < GIVEN_BACK_MS; waited += LOOK_MS) {
      await this.#window.page.waitForTimeout(LOOK_MS);
      const now = await this.look();
      if (now.main < least.main) least = now;
    }
    return least;
  }
}

/** From the end of a day's first hour, in which every screen has been seen, to the end of the day; at rest both times. */
export async function measureMemory(results: Results, window: OpenedWindow, minutes: number): Promise<void> {
  const watch = new MemoryWatch(window);
  const begun = performance.now();
  const atOpening = await watch.look();
  const goOn = async (from: number, until: number) => {
    for (let minute = from; minute < until; minute += 1) {
      await goTo(window.page, SCREENS[minute % SCREENS.length] ?? 'today');
      await window.page.waitForTimeout(APART_MS);
    }
  };
  const warmUp = Math.ceil(minutes / 8);
  await goOn(0, warmUp);
  await window.page.waitForTimeout(Math.max(0, begun + FIRST_TICKS_MS - performance.now()));
  const before = await watch.settled();
  await goOn(warmUp, minutes);
  const after = await watch.settled();
  const total = ({ page, main }: Memory) => page + main;
  const grown = (100 * (total(after) - total(before))) / total(before);
  const course = (part: keyof Memory) =>
    [atOpening, before, after].map((at) => megabytes(at[part])).join(' → ');
  results.note('memory of the page, MB: opening → first hour → end', course('page'));
  results.note('memory of the main process, MB', course('main'));
  results.note('of it not shared with files or others, MB', course('own'));
  results.note('the most that the main process ever had, MB', megabytes(watch.most));
  results.add({
    what: `memory growth over ${minutes} minutes`,
    measured: Math.max(0, grown),
    unit: '%',
    budget: 10,
    isRate: false,
  });
}
