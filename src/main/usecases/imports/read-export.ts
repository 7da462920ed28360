/**
 * Reads an export for this clinic: what it knows already, where each table goes, which pools would have to be made.
 * One read at a time; a newer one, or a person, stops it. Writes nothing.
 */
import type { IntakeDrafts } from '../../intake/index.ts';
import { readClinicExport, suggestMapping, suggestPools } from '../../intake/index.ts';
import { digest, findTasksBySource, listPools } from '../../ledger/index.ts';
import type { Request } from '../../../shared/contract/index.ts';
import type { ImportMode, TableMapping } from '../../../shared/domain/intake.ts';
import type { Pool } from '../../../shared/domain/pool.ts';
import type { Result } from '../../../shared/result.ts';
import { accept } from '../../../shared/result.ts';
import { getClinic } from '../planning/books.ts';
import type { Workplace } from '../workplace.ts';

type FolderCode = 'folder-missing' | 'not-an-export' | 'missing-column' | 'file-unreadable' | 'cancelled';

export interface ReadExport {
  readonly drafts: IntakeDrafts;
  readonly mappings: readonly TableMapping[];
  /** Made for this import, because the clinic has no pools yet. */
  readonly newPools: readonly Pool[];
}

/** The import under way, so that it can be stopped; one per workplace. */
export class ImportRun {
  #controller: AbortController | null = null;

  /** Stops what was under way and begins anew. */
  begin(): AbortSignal {
    this.#controller?.abort();
    this.#controller = new AbortController();
    return this.#controller.signal;
  }

  cancel(): void {
    this.#controller?.abort();
  }
}

export async function readExport(
  place: Workplace,
  request: Pick<Request<'import.preview'>, 'folder' | 'mode' | 'mappings'>,
  signal: AbortSignal,
): Promise<Result<ReadExport, FolderCode>> {
  const { timeZone } = getClinic(place.db);
  const existing = listPools(place.db, place.now());
  const isFirst = existing.length === 0;
  const before = isFirst ? suggestPools([], timeZone) : existing;
  const mappings = request.mappings ?? suggestMapping(before);
  const read = await readClinicExport({
    folder: request.folder,
    mode: request.mode,
    now: place.now(),
    timeZone,
    mappings,
    registry: {
      digestOf: (key) => place.keys.digest(key),
      isKnown: (text) => findTasksBySource(place.db, [digest(text)]).size > 0,
    },
    signal,
    onProgress: ({ bytesRead, bytesTotal }) =>
      place.surroundings.emit('import.progress', { phase: 'reading', done: bytesRead, total: bytesTotal }),
  });
  if (!read.ok) return read;
  const newPools = isFirst ? suggestPools(read.value.tasks, timeZone) : [];
  return accept({ drafts: read.value, mappings, newPools });
}

/** What a batch was read from: named, never a path. */
export const SOURCE_NAME = 'clinic-export-csv';

/** How a batch is remembered in its entry. */
export interface BatchMapping {
  readonly mode: ImportMode;
  readonly tables: readonly TableMapping[];
}
