/**
 * Runs the built application as a command, without any display, and collects what it says.
 */
import { spawn } from 'node:child_process';
import { sandboxArguments } from '../../scripts/lib/app-window.mjs';
import { root } from '../../scripts/lib/project.mjs';
import { findRuntime } from '../../scripts/lib/runtime.mjs';

export interface CommandResult {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  /** Ours alone: Chromium's own lines are left out. */
  readonly stderr: string;
}

/** @param userData  Chromium's own folder for this run */
export async function runCommand(args: readonly string[], userData: string): Promise<CommandResult> {
  const runtime = findRuntime();
  if (runtime === null) throw new Error('no Electron runtime is ready; run `npm run setup` first');
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  const all = [root, `--user-data-dir=${userData}`, ...sandboxArguments(), ...args];
  const child = spawn(runtime.executable, all, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const collected = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => (collected[stream] += text));
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  return { code, stdout: collected.stdout, stderr: withoutChromium(collected.stderr) };
}

/** Chromium's lines begin with `[process:time:LEVEL:file(line)]`. */
function withoutChromium(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/^\[\d+:\d+\/[\d.]+:/.test(line))
    .join('\n');
}
