/**
 * Starts other programs: always as a list of arguments, never through a shell, so that no path or
 * setting is ever read as a command. A failure carries the program's last words.
 */
import { spawn } from 'node:child_process';
import { StepError } from './steps.mjs';

const lastWordsMax = 4000;

/**
 * Runs a program to its end.
 * @param options.inherit    true lets it write to this terminal; otherwise its output is collected
 * @param options.timeoutMs  it is killed after this long
 * @returns {Promise<{ code: number, stdout: string, stderr: string }>} code is 124 after a timeout
 */
export function run(command, args, { cwd, env, inherit = false, timeoutMs = 0 } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = inherit ? 'inherit' : ['ignore', 'pipe', 'pipe'];
    const child = spawn(command, args, { cwd, env: env ?? process.env, stdio, windowsHide: true });
    const output = { stdout: '', stderr: '' };
    let timedOut = false;
    const timer =
      timeoutMs > 0 ? setTimeout(() => ((timedOut = true), child.kill('SIGKILL')), timeoutMs) : null;
    child.stdout?.setEncoding('utf8').on('data', (text) => (output.stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text) => (output.stderr += text));
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code: timedOut ? 124 : (code ?? 1), ...output });
    });
  });
}

/** As `run`, but a non-zero end is a StepError that quotes the program's last words. */
export async function mustRun(command, args, options = {}) {
  const { failure = `${command} failed`, next = '', ...rest } = options;
  let result;
  try {
    result = await run(command, args, rest);
  } catch (error) {
    throw new StepError(`${failure}: ${command} could not be started (${error.code}).`, { next });
  }
  if (result.code === 0) return result;
  const words = `${result.stdout}\n${result.stderr}`.trim().slice(-lastWordsMax);
  throw new StepError(`${failure} (exit code ${result.code}).\n${words}`.trimEnd(), { next });
}

/** True when the program can be started and ends with 0. */
export async function succeeds(command, args, options = {}) {
  try {
    return (await run(command, args, options)).code === 0;
  } catch {
    return false;
  }
}
