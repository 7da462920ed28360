/**
 * The system packages that Electron, the virtual display and the native rebuild need on Debian and its
 * relatives: found, and where the rights are there without a question, installed with apt-get and listed.
 * Never asks for a password and never touches a package that is already there.
 */
import { findProgram } from './project.mjs';
import { mustRun, run, succeeds } from './run.mjs';
import { note, step, StepError } from './steps.mjs';

/** Each need lists names that satisfy it; newer Debian and Ubuntu releases renamed some (…t64). */
const needs = {
  electron: [
    ['libnss3'],
    ['libatk1.0-0', 'libatk1.0-0t64'],
    ['libatk-bridge2.0-0', 'libatk-bridge2.0-0t64'],
    ['libcups2', 'libcups2t64'],
    ['libdrm2'],
    ['libgtk-3-0', 'libgtk-3-0t64'],
    ['libgbm1'],
    ['libasound2', 'libasound2t64'],
  ],
  fonts: [['fonts-noto-cjk', 'fonts-wqy-zenhei', 'fonts-wqy-microhei', 'fonts-arphic-uming']],
  display: [['xvfb']],
  unpacking: [['unzip']],
  compiling: [['g++'], ['make'], ['python3']],
};

/** Programs that may have come from elsewhere than a Debian package. */
const programs = { xvfb: 'Xvfb', unzip: 'unzip', 'g++': 'g++', make: 'make', python3: 'python3' };

/**
 * @param groups  names of `needs` that this run will use
 * @throws StepError with the exact command when something is missing that may not be installed from here
 */
export async function ensureSystemPackages(groups) {
  if (process.platform !== 'linux') return;
  await step('System packages', '', async (report) => {
    if (findProgram('dpkg-query') === null)
      return report('not a Debian system: Electron needs GTK 3, NSS, ALSA and GBM here');
    const missing = await findMissing(groups.flatMap((group) => needs[group]));
    if (missing.length === 0) return report('ready');
    await install(missing);
    report('installed');
  });
}

async function findMissing(wanted) {
  const names = wanted.flat();
  const { stdout } = await run('dpkg-query', ['-W', '-f=${db:Status-Status} ${Package}\\n', ...names]);
  const installed = new Set(
    stdout
      .split('\n')
      .filter((line) => line.startsWith('installed '))
      .map((line) => line.slice(10)),
  );
  const isThere = (name) =>
    installed.has(name) || (programs[name] !== undefined && findProgram(programs[name]) !== null);
  return wanted.filter((alternatives) => !alternatives.some(isThere));
}

async function install(missing) {
  const asRoot = await rightsPrefix();
  if (asRoot === null) {
    const firstNames = missing.map((alternatives) => alternatives[0]).join(' ');
    throw new StepError(`Missing system packages: ${firstNames}`, {
      next: `Install them, then run the same command again:\n  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${firstNames}`,
      exitCode: 3,
    });
  }
  if (!(await knowsAll(missing))) await updateLists(asRoot);
  const names = await Promise.all(missing.map(firstKnown));
  note(`installing from Debian's packages: ${names.join(' ')} (1 to 3 minutes)`);
  if (await tryInstall(asRoot, names)) return;
  await updateLists(asRoot);
  if (await tryInstall(asRoot, names)) return;
  const command = [...asRoot, 'apt-get', 'install', '-y', '--no-install-recommends', ...names].join(' ');
  throw new StepError('apt-get could not install these packages.', {
    next: `Run this to see why:\n  ${command}`,
    exitCode: 3,
  });
}

/** @returns the words to put before a command that needs root, or null where it would ask for a password */
async function rightsPrefix() {
  if (process.getuid() === 0) return [];
  return (await succeeds('sudo', ['-n', 'true'])) ? ['sudo', '-n'] : null;
}

async function knowsAll(missing) {
  const known = await Promise.all(
    missing.map(async (names) => (await Promise.all(names.map(isKnown))).includes(true)),
  );
  return !known.includes(false);
}

function isKnown(name) {
  return succeeds('apt-cache', ['show', '--no-all-versions', name]);
}

async function firstKnown(alternatives) {
  for (const name of alternatives) if (await isKnown(name)) return name;
  return alternatives[0];
}

async function updateLists(asRoot) {
  note('updating the package lists (apt-get update)');
  const [command, ...args] = [...asRoot, 'apt-get', 'update', '-q'];
  await mustRun(command, args, {
    failure: 'apt-get update failed',
    next: 'Check the network and /etc/apt/sources.list.',
  });
}

function tryInstall(asRoot, names) {
  const quietly = ['env', 'DEBIAN_FRONTEND=noninteractive'];
  const [command, ...args] = [
    ...asRoot,
    ...quietly,
    'apt-get',
    'install',
    '-y',
    '-q',
    '--no-install-recommends',
    ...names,
  ];
  return succeeds(command, args, { mustFinish: true });
}
