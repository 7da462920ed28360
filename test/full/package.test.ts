/**
 * The Debian package as a clinic meets it: installed with apt-get, started by an ordinary account inside Chromium's
 * sandbox, used, restarted, purged. Needs root and a display, and stays away from a machine that has the application.
 * The packaged program cannot be inspected (its fuses are off), so it is driven over its debugging port.
 * CLINIC_ALLOCATOR_PACKAGE names a .deb to test instead of a newly made one.
 */
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { enterTask, setUpClinic } from '../support/desk.ts';
import { goTo, whenReady } from '../support/electron-app.ts';
import { debuggingAddress } from '../support/debugging-address.ts';

const root = join(import.meta.dirname, '../..');
const program = '/usr/bin/clinic-allocator';
const dataFolder = '/var/lib/clinic-allocator';
const account = 'clinic-allocator-test';
const patientName = `Package Test ${process.pid}`;

const secondsMax = { command: 600, quit: 20 };

const reasonToSkip = findReasonToSkip();
let home = '';

function findReasonToSkip(): string | null {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) return 'not a Debian system';
  if (process.getuid?.() !== 0) return 'installing a package needs root';
  if (!process.env['DISPLAY']) return 'no display; `npm run test:full` brings one';
  if (existsSync(program)) return 'the application is installed on this machine';
  if (existsSync(dataFolder) && readdirSync(dataFolder).length > 0) return `${dataFolder} holds data`;
  return null;
}

function skipWhenImpossible(context: TestContext): void {
  if (reasonToSkip !== null) context.skip(reasonToSkip);
}

/** The package named from outside, or one made now from what is here. */
function getPackage(): string {
  const given = process.env['CLINIC_ALLOCATOR_PACKAGE'];
  if (given !== undefined) return given;
  quietly(process.execPath, 'scripts/package.mjs', '--targets', 'deb');
  const name = readdirSync(join(root, 'dist')).find((file) => file.endsWith('.deb'));
  if (name === undefined) throw new Error('npm run package made no .deb');
  return join(root, 'dist', name);
}

function quietly(command: string, ...args: string[]): string {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return execFileSync(command, args, {
    cwd: root,
    env,
    encoding: 'utf8',
    stdio: 'pipe',
    timeout: secondsMax.command * 1000,
  });
}

/** Starts the installed program as the ordinary account, lets `work` use its window, and closes it as a person does. */
async function withProgram(work: (page: Page) => Promise<void>): Promise<void> {
  const variables = [`HOME=${home}`, `DISPLAY=${process.env['DISPLAY'] ?? ''}`, 'LANG=C.UTF-8'];
  const options = [`--user-data-dir=${join(home, 'profile')}`, '--remote-debugging-port=0'];
  const request = [...options, '--language', 'en'];
  const args = ['-u', account, '--', 'env', '-i', ...variables, program, ...request];
  const child = spawn('runuser', args, { cwd: home, stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  const ended = once(child, 'exit');
  try {
    const browser = await chromium.connectOverCDP(await debuggingAddress(child));
    const page = await firstPage(browser);
    await whenReady(page);
    await work(page);
    await page.close({ runBeforeUnload: true }).catch(() => undefined);
    await Promise.race([ended, sleep(secondsMax.quit * 1000)]);
    expect(child.exitCode, 'the program ends when its window is closed').toBe(0);
  } finally {
    endGroup(child);
    await ended;
  }
}

/** Whatever is left of the program and its helpers; nothing is, after a proper end. */
function endGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group has ended by itself.
  }
}

async function firstPage(browser: Browser): Promise<Page> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const page = browser.contexts().flatMap((context) => context.pages())[0];
    if (page !== undefined) return page;
    await sleep(100);
  }
  throw new Error('the installed program opened no window');
}

describe('the Debian package', () => {
  beforeAll(() => {
    if (reasonToSkip !== null) return;
    home = mkdtempSync(join(tmpdir(), 'clinic-allocator-package-'));
  });

  afterAll(() => {
    if (reasonToSkip !== null) return;
    if (existsSync(program)) quietly('apt-get', 'purge', '-y', 'clinic-allocator');
    execFileSync('sh', ['-c', `userdel ${account}; groupdel clinic-allocator; true`]);
    rmSync(home, { recursive: true, force: true });
  });

  test('installs with apt-get, with a command, a menu entry and a folder that only its group reads', (context) => {
    skipWhenImpossible(context);
    quietly('apt-get', 'install', '-y', getPackage());
    expect(existsSync(program)).toBe(true);
    expect(existsSync('/usr/share/applications/clinic-allocator.desktop')).toBe(true);
    const folder = statSync(dataFolder);
    expect((folder.mode & 0o7777).toString(8)).toBe('2770');
    quietly('useradd', '--system', '--home-dir', home, '--groups', 'clinic-allocator', account);
    quietly('chown', account, home);
  });

  test('keeps a task over a restart', async (context) => {
    skipWhenImpossible(context);
    await withProgram(async (page) => {
      await setUpClinic(page);
      await goTo(page, 'workspace/records');
      await enterTask(page, patientName);
    });
    expect(existsSync(join(dataFolder, 'clinic.ledger'))).toBe(true);
    await withProgram(async (page) => {
      await goTo(page, 'workspace/records');
      await page.getByText(patientName).first().waitFor();
    });
  });

  test('cannot be turned into a plain Node or be given code by its environment', (context) => {
    skipWhenImpossible(context);
    const variables = [`HOME=${home}`, 'ELECTRON_RUN_AS_NODE=1', 'NODE_OPTIONS=--require=/nonexistent.js'];
    const code = "process.stdout.write('plain ' + 'Node')";
    const args = ['-u', account, '--', 'env', ...variables, program, '-e', code];
    const { status, stdout } = spawnSync('runuser', args, { encoding: 'utf8' });
    expect(stdout).not.toContain('plain Node');
    expect(status, 'its own command line refuses -e').toBe(2);
  });

  test('purges the program and leaves the clinic’s ledger, saying where it is', (context) => {
    skipWhenImpossible(context);
    const words = quietly('apt-get', 'purge', '-y', 'clinic-allocator');
    expect(words).toContain(dataFolder);
    expect(existsSync(join(dataFolder, 'clinic.ledger'))).toBe(true);
    expect(existsSync(program)).toBe(false);
    expect(existsSync('/opt/Clinic Allocator')).toBe(false);
    rmSync(dataFolder, { recursive: true });
  });
});
