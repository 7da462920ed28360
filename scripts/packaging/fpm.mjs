#!/usr/bin/env node
/**
 * Stands in for fpm, the tool by which electron-builder makes a .deb and which it would download: takes the same
 * arguments, lays the files out, and lets Debian's own dpkg-deb build the package. Only for `-s dir -t deb`.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const text = { type: 'string' };
const options = {
  input: { ...text, short: 's' },
  output: { ...text, short: 't' },
  depends: { ...text, short: 'd', multiple: true },
  force: { type: 'boolean' },
  'deb-recommends': { ...text, multiple: true },
  'deb-compression': text,
  'deb-priority': text,
  'after-install': text,
  'after-remove': text,
  architecture: text,
  category: text,
  description: text,
  license: text,
  maintainer: text,
  name: text,
  package: text,
  url: text,
  vendor: text,
  version: text,
};

if (process.argv[1] === fileURLToPath(import.meta.url)) build(process.argv.slice(2));

function build(args) {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  if (values.input !== 'dir' || values.output !== 'deb')
    throw new Error('only a .deb from folders can be made here');
  const stage = mkdtempSync(join(tmpdir(), 'clinic-allocator-deb-'));
  try {
    for (const mapping of positionals) layOut(mapping, stage);
    openToAll(stage);
    writeControlFiles(values, stage);
    const compression = values['deb-compression'] ?? 'xz';
    const level = process.env.ELECTRON_BUILDER_COMPRESSION_LEVEL;
    const flags = ['--root-owner-group', `-Z${compression}`, ...(level ? [`-z${level}`] : [])];
    execFileSync('dpkg-deb', [...flags, '--build', stage, values.package], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

/** `source=target`; a source that ends with a slash means what is inside the folder. */
function layOut(mapping, stage) {
  const at = mapping.lastIndexOf('=');
  const target = join(stage, mapping.slice(at + 1));
  mkdirSync(dirname(target), { recursive: true });
  cpSync(mapping.slice(0, at), target, { recursive: true, verbatimSymlinks: true });
}

/** Whatever the umask here was, every account of the clinic's machine must be able to read and start the program. */
function openToAll(path) {
  const entry = lstatSync(path);
  if (entry.isSymbolicLink()) return;
  const runs = entry.isDirectory() || (entry.mode & 0o100) !== 0;
  chmodSync(path, runs ? 0o755 : 0o644);
  if (entry.isDirectory()) for (const name of readdirSync(path)) openToAll(join(path, name));
}

function writeControlFiles(values, stage) {
  const files = listFiles(stage);
  const control = join(stage, 'DEBIAN');
  mkdirSync(control, { mode: 0o755 });
  writeFileSync(join(control, 'control'), controlText(values, installedKilobytes(files)));
  writeFileSync(
    join(control, 'md5sums'),
    files.map((file) => `${md5(file)}  ${relative(stage, file)}\n`).join(''),
  );
  for (const [option, name] of [
    ['after-install', 'postinst'],
    ['after-remove', 'postrm'],
  ]) {
    if (values[option]) writeFileSync(join(control, name), readFileSync(values[option]), { mode: 0o755 });
  }
}

/** The control file's fields, in Debian's order; the description's further lines are indented, blank ones are a dot. */
export function controlText(values, installedSize) {
  const [summary, ...more] = (values.description ?? values.name).split('\n').map((line) => line.trim());
  const description = [summary || values.name, ...more.map((line) => ` ${line === '' ? '.' : line}`)].join(
    '\n',
  );
  const fields = {
    Package: values.name,
    Version: values.version,
    Section: values.category ?? 'misc',
    Priority: values['deb-priority'] ?? 'optional',
    Architecture: values.architecture,
    Depends: values.depends?.join(', '),
    Recommends: values['deb-recommends']?.join(', '),
    'Installed-Size': String(installedSize),
    Maintainer: values.maintainer,
    Homepage: values.url,
    Description: description,
  };
  const lines = Object.entries(fields).filter(([, value]) => value !== undefined && value !== '');
  return `${lines.map(([name, value]) => `${name}: ${value}`).join('\n')}\n`;
}

function listFiles(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return files.sort();
}

function installedKilobytes(files) {
  return Math.ceil(files.reduce((sum, file) => sum + lstatSync(file).size, 0) / 1024);
}

function md5(file) {
  return createHash('md5').update(readFileSync(file)).digest('hex');
}
