/**
 * npm as a program: the one that started us, or the one in PATH, never through a shell. The registry is only ever
 * reached through it, so that a clinic's own mirror, proxy and certificates hold for everything that is fetched.
 */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { mustRun } from './run.mjs';

/** @returns what to start, and with which arguments, to run npm with `args` */
export function npmCommand(args) {
  const running = process.env.npm_execpath;
  if (running?.endsWith('.js') && existsSync(running)) {
    return { command: process.env.npm_node_execpath ?? process.execPath, args: [running, ...args] };
  }
  const beside = join(dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js');
  if (process.platform === 'win32' && existsSync(beside)) {
    return { command: process.execPath, args: [beside, ...args] };
  }
  return { command: 'npm', args };
}

/**
 * Fetches a package's tarball without installing it.
 * @param spec  name and exact version
 * @param into  an existing folder without other tarballs
 * @returns the tarball's path
 */
export async function fetchTarball(spec, into) {
  const { command, args } = npmCommand(['pack', spec, '--pack-destination', into]);
  await mustRun(command, args, {
    cwd: into,
    failure: `${spec} could not be fetched from the npm registry`,
    next: 'Check that the npm registry can be reached (npm ping), then run the same command again.',
  });
  return join(
    into,
    readdirSync(into).find((name) => name.endsWith('.tgz')),
  );
}
