/**
 * A verb must run where there is no display, over ssh or from a scheduled job. Chromium takes its platform from its own
 * command line before any of our code runs, so on Linux a verb runs the same executable again with that switch.
 */
import { spawnSync } from 'node:child_process';

const HEADLESS = '--ozone-platform=headless';

export function needsHeadlessRun(platform: NodeJS.Platform, argv: readonly string[]): boolean {
  return platform === 'linux' && !argv.some((arg) => arg.startsWith('--ozone-platform='));
}

/** @returns the exit code of that run, or null when it was ended by a signal */
export function runHeadless(executable: string, argv: readonly string[]): number | null {
  return spawnSync(executable, [HEADLESS, ...argv.slice(1)], { stdio: 'inherit' }).status;
}
