/**
 * Export folders for the intake tests: the small one under `test/intake/fixtures` (made by us, in the shape of a
 * clinic system's CSV export), copies of it with some files changed, and the real one where the machine has it.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { IntakeDrafts, ReadOptions, SourceRegistry } from '../../../src/main/intake/index.ts';
import { readClinicExport } from '../../../src/main/intake/index.ts';
import { EXPORT_TABLES } from '../../../src/main/intake/clinic-export/tables.ts';
import { instant } from '../../../src/shared/units.ts';

const HERE = dirname(fileURLToPath(import.meta.url));
const SMALL_EXPORT = join(HERE, '../../intake/fixtures/small-export');

/** 2026-04-01 in UTC: after everything in the small export. */
export const NOW = instant(Date.UTC(2026, 3, 1) / 1000);

/** The simulator's export, which stays out of the project. */
export const REAL_EXPORT =
  process.env['CLINIC_ALLOCATOR_SYNTHEA'] ?? resolve(HERE, '../../../../shared/data/synthea');
export const REAL_EXPORT_SKIP = existsSync(REAL_EXPORT) ? null : `no clinic export at ${REAL_EXPORT}`;

/** A registry that knows the digests in `known` and makes digests anyone can make again. */
export function aRegistry(known: Iterable<string> = []): SourceRegistry {
  const digests = new Set(known);
  return {
    digestOf: (key) => createHash('sha256').update(key).digest('hex'),
    isKnown: (digest) => digests.has(digest),
  };
}

export function readOptions(folder: string, changes: Partial<ReadOptions> = {}): ReadOptions {
  return {
    folder,
    mode: 'history',
    now: NOW,
    timeZone: 'UTC',
    mappings: EXPORT_TABLES.map(({ table, defaultDurationSeconds }) => ({
      table,
      isIncluded: true,
      defaultDurationSeconds,
    })),
    registry: aRegistry(),
    ...changes,
  };
}

/**
 * A copy of the small export in a temporary folder, with the given files written over it (null: removed).
 * @returns the folder's path; `removeExportCopies` takes all copies away
 */
export function exportCopy(files: Readonly<Record<string, string | Buffer | null>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'clinic-export-'));
  copies.push(folder);
  cpSync(SMALL_EXPORT, folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    if (content === null) rmSync(join(folder, name));
    else writeFileSync(join(folder, name), content);
  }
  return folder;
}

const copies: string[] = [];

export function removeExportCopies(): void {
  for (const folder of copies.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** The drafts of a folder that must not be refused. */
export async function readDrafts(folder: string, changes: Partial<ReadOptions> = {}): Promise<IntakeDrafts> {
  const result = await readClinicExport(readOptions(folder, changes));
  if (!result.ok) throw new Error(`refused: ${result.error.code}`);
  return result.value;
}

/** Per table: rows, taken, left out. */
export const countsOf = (drafts: IntakeDrafts) =>
  drafts.counts.map(({ table, rows, taken, leftOut }) => [table, rows, taken, leftOut]);

export const problemsOf = (drafts: IntakeDrafts) =>
  drafts.problems.map(({ file, line, code, column }) => [file, line, code, column]);
