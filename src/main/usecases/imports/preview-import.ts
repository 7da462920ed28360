/** What an import would take and what not, before anything is written. */
import { listPools } from '../../ledger/index.ts';
import { localDateOf } from '../../../shared/local-time.ts';
import { accept } from '../../../shared/result.ts';
import { instant } from '../../../shared/units.ts';
import { getClinic } from '../planning/books.ts';
import type { Usecase } from '../usecase.ts';
import type { ImportRun } from './read-export.ts';
import { readExport } from './read-export.ts';

const PROBLEMS_SHOWN = 1000;

export function previewImport(run: ImportRun): Usecase<'import.preview'> {
  return async (place, request) => {
    const read = await readExport(place, request, run.begin());
    if (!read.ok) return read;
    const { drafts, mappings, newPools } = read.value;
    const zone = getClinic(place.db).timeZone;
    const known = new Set([...listPools(place.db, place.now()), ...newPools].map((pool) => pool.id));
    const times = drafts.tasks.flatMap((task) => (task.startedAt === null ? [] : [task.startedAt]));
    const first = times.reduce<number>((least, at) => Math.min(least, at), Infinity);
    const last = times.reduce<number>((most, at) => Math.max(most, at), -Infinity);
    return accept({
      mappings: mappings.filter((mapping) => known.has(mapping.poolId)),
      newPools,
      patients: drafts.patients.length,
      tables: drafts.counts,
      problems: drafts.problems.slice(0, PROBLEMS_SHOWN),
      problemCount: drafts.problems.length,
      firstDate: times.length === 0 ? null : localDateOf(instant(first), zone),
      lastDate: times.length === 0 ? null : localDateOf(instant(last), zone),
    });
  };
}
