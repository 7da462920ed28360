/**
 * Starts other programs: always as a list of arguments, never through a shell, so that no path or setting is ever read
 * as a command. None outlives the script that started it, so that an interrupted set-up can be run again at once.
 */
import { spawn } from 'node:child_process';
import { atEnd } from './endings.mjs';
import { note, StepError } from './steps.mjs';

const lastWordsMax = 4000;
const patienceMs = 3000;
const finishMsMax = 600_000;

/**
 * Runs a program to its end.
 * @param options.inherit     true lets it write to this terminal; otherwise its output is collected
 * @param options.timeoutMs   it is killed after this long
 * @param options.mustFinish  stopping it half-way would do harm: Ctrl+C waits for its end
 * @returns {Promise<{ code: number, stdout: string, stderr: string }>} code is 124 after a timeout
 */
export async function run(command, args, options = {}) {
  const { cwd, env, inherit = false, timeoutMs = 0, mustFinish = false } = options;
  const stdio = inherit ? 'inherit' : ['ignore', 'pipe', 'pipe'];
  const hasOwnGroup = !inherit && process.platform !== 'win32';
  const child = spawn(command, args, { cwd, env: env ?? process.env, stdio, detached: hasOwnGroup });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) {
    child[name]?.setEncoding('utf8').on('data', (text) => (output[name] += text));
  }
  const closed = new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  const kill = (signal) => killTree(child, hasOwnGroup, signal);
  const forget = mustFinish ? finishAtEnd(closed) : stopAtEnd(closed, kill);
  const timedOut = timeoutMs > 0 ? setTimeout(() => kill('SIGKILL'), timeoutMs) : null;
  try {
    const code = await closed;
    const hasTimedOut = timedOut !== null && child.signalCode === 'SIGKILL';
    return { code: hasTimedOut ? 124 : (code ?? 1), ...output };
  } finally {
    clearTimeout(timedOut);
    forget();
  }
}

function stopAtEnd(closed, kill) {
  return atEnd(async () => {
    kill('SIGTERM');
    const late = setTimeout(() => kill('SIGKILL'), patienceMs);
    await closed.catch(() => undefined);
    clearTimeout(late);
  });
}

function finishAtEnd(closed) {
  return atEnd(
    async () => {
      note('finishing this first; stopping it half-way would do harm');
      await closed.catch(() => undefined);
    },
    { msMax: finishMsMax },
  );
}

/** With it go the programs that it started. */
function killTree(child, hasOwnGroup, signal) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(hasOwnGroup ? -child.pid : child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
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
