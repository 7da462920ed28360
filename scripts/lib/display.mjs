/**
 * A screen to draw on where there is none: an Xvfb of our own that ends with the script. Its number is
 * chosen by Xvfb itself, so that several can run side by side.
 */
import { spawn } from 'node:child_process';
import { atEnd } from './endings.mjs';
import { StepError } from './steps.mjs';

const startMsMax = 20_000;

export function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** @returns the variables by which programs find the new virtual display */
export async function startVirtualDisplay() {
  const args = ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp', '-noreset'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  atEnd(() => server.kill('SIGTERM'));
  process.on('exit', () => server.kill('SIGKILL'));
  const number = await displayNumber(server);
  // It ends with the script and keeps it from no end: neither the process nor the pipes to it.
  server.unref();
  server.stderr.unref();
  server.stdio[3].unref();
  return { DISPLAY: `:${number}`, WAYLAND_DISPLAY: '', XDG_SESSION_TYPE: 'x11' };
}

function displayNumber(server) {
  return new Promise((resolve, reject) => {
    let words = '';
    const fail = () =>
      reject(
        new StepError(`The virtual display did not start.\n${words}`.trimEnd(), {
          next: 'Is xvfb installed?',
        }),
      );
    const timer = setTimeout(fail, startMsMax);
    server.stderr.setEncoding('utf8').on('data', (text) => (words += text));
    server.on('error', fail);
    server.on('exit', fail);
    let digits = '';
    server.stdio[3].setEncoding('utf8').on('data', (text) => {
      digits += text;
      if (!digits.includes('\n')) return;
      clearTimeout(timer);
      resolve(Number(digits));
    });
  });
}
