/**
 * Bringing in a clinic system's export, step by step on one page: folder and way in, preview with the mapping, writing,
 * result; and the earlier imports with their reversal. Given an `Api`; touches no DOM. A changed mapping asks for the
 * preview again, so that what is written is always what was shown. What is chosen is kept until it is written.
 */
import { errorWords } from '../../../shared/messages/error-words.ts';
import { refusedFieldOf } from '../../forms/refused-fields.ts';
import type { Api } from '../../api.ts';
import type { BridgeEvents, ErrorCode, Response } from '../../../shared/contract/index.ts';
import type { ImportMode, SourceTable } from '../../../shared/domain/intake.ts';
import type { Pool } from '../../../shared/domain/pool.ts';
import type { BatchId } from '../../../shared/ids.ts';
import type { Refusal } from '../../../shared/result.ts';
import { KeptDraft } from '../../forms/kept-draft.svelte.ts';

export type ImportPreview = Response<'import.preview'>;
export type ImportResult = Response<'import.commit'>;
export type ImportBatch = Response<'import.list'>['batches'][number];
export type ImportProgress = BridgeEvents['import.progress'];
type SentMapping = ImportPreview['mappings'][number];
/** As typed: a figure that cannot be read leaves the last one that could. */
export interface Mapping extends SentMapping {
  readonly isUnitsWrong: boolean;
  readonly isDurationWrong: boolean;
}
type ImportRefusal = Refusal<ErrorCode<'import.preview'> | ErrorCode<'import.commit'>>;

/** What was written, with the preview's counts per table that it was written from. */
export interface ImportOutcome extends ImportResult {
  readonly mode: ImportMode;
  readonly tables: readonly { readonly table: SourceTable; readonly taken: number }[];
}

/** What the page is busy with. */
export type ImportWork = 'nothing' | 'reading' | 'writing';

/** Long enough to set two things of a mapping in one go. */
const PAUSE_MS = 400;

/** One table of the export: where its work goes, and what of it can be taken. */
export interface TableLine {
  readonly mapping: Mapping;
  readonly count: ImportPreview['tables'][number] | null;
  /** True when the pool does not exist yet and would be made. */
  readonly isPoolNew: boolean;
}

export class ImportState {
  folder = $state('');
  mode = $state<ImportMode>('history');
  work = $state<ImportWork>('nothing');
  preview = $state.raw<ImportPreview | null>(null);
  mappings = $state.raw<readonly Mapping[]>([]);
  progress = $state.raw<ImportProgress | null>(null);
  refusal = $state.raw<ImportRefusal | null>(null);
  result = $state.raw<ImportOutcome | null>(null);
  batches = $state.raw<readonly ImportBatch[]>([]);
  existingPools = $state.raw<readonly Pool[]>([]);
  /** The batch whose reversal is to be confirmed. */
  reversing = $state.raw<ImportBatch | null>(null);
  reverseRefusal = $state.raw<Refusal<ErrorCode<'import.reverse'>> | null>(null);
  /** True from a change of the mapping until its preview is there. */
  #isStale = $state(false);
  /** Figures are not called wrong before somebody has tried to write them. */
  areFaultsShown = $state(false);

  /** Pools a table can go to: those that exist, then those that would be made. */
  readonly pools: readonly Pool[] = $derived([...this.existingPools, ...(this.preview?.newPools ?? [])]);
  readonly lines: readonly TableLine[] = $derived.by(() => {
    const fresh = new Set(this.preview?.newPools.map((pool) => pool.id));
    return this.mappings.map((mapping) => ({
      mapping,
      count: this.preview?.tables.find(({ table }) => table === mapping.table) ?? null,
      isPoolNew: fresh.has(mapping.poolId),
    }));
  });
  /** Rows that writing would take. */
  readonly takenCount = $derived(
    this.lines.reduce((sum, { mapping, count }) => sum + (mapping.isIncluded ? (count?.taken ?? 0) : 0), 0),
  );
  readonly canCommit = $derived(
    this.preview !== null && this.work === 'nothing' && !this.#isStale && this.takenCount > 0,
  );

  readonly draft: KeptDraft<{
    readonly folder: string;
    readonly mode: ImportMode;
    readonly mappings: readonly Mapping[];
  }>;
  /** A refusal about the folder, at its field. */
  readonly folderError = $derived(
    this.refusal && refusedFieldOf('import.commit', this.refusal.code) === 'folder'
      ? errorWords(this.refusal)
      : null,
  );
  readonly #api: Api;
  #isLoaded = false;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #previewsAsked = 0;

  constructor(api: Api) {
    this.#api = api;
    this.draft = new KeptDraft(api, {
      typed: () => ({ folder: this.folder, mode: this.mode, mappings: this.mappings }),
      restore: ({ folder, mode, mappings }) => {
        this.setFolder(folder);
        this.mode = mode;
        this.mappings = mappings;
        if (mappings.length > 0) void this.askPreview();
      },
    });
  }

  async load(): Promise<void> {
    const [batches, pools] = await Promise.all([
      this.#api.query('import.list', {}),
      this.#api.query('pool.list', {}),
    ]);
    if (batches.ok) this.batches = batches.value.batches;
    if (pools.ok) this.existingPools = pools.value.pools;
    if (this.#isLoaded) return;
    this.#isLoaded = true;
    await this.draft.open('import', { isNew: true });
  }

  /** @returns a function that ends the subscription */
  follow(): () => void {
    return this.#api.on('import.progress', (progress) => (this.progress = progress));
  }

  async chooseFolder(): Promise<void> {
    const reply = await this.#api.query('import.choose-folder', {});
    if (!reply.ok || reply.value.folder === null) return;
    this.setFolder(reply.value.folder);
    await this.askPreview();
  }

  /** Another folder or way in makes what was shown worthless; the mapping is prefilled anew for it. */
  setFolder(folder: string): void {
    this.folder = folder;
    this.#forgetPreview();
  }

  setMode(mode: ImportMode): void {
    if (mode === this.mode) return;
    const wasShown = this.preview !== null;
    this.mode = mode;
    this.result = null;
    if (wasShown) void this.askPreview();
  }

  /** Changes one table's mapping and asks for the preview again a moment later. */
  setMapping(table: SourceTable, change: Partial<Omit<Mapping, 'table'>>): void {
    this.mappings = this.mappings.map((mapping) =>
      mapping.table === table ? { ...mapping, ...change } : mapping,
    );
    this.#isStale = true;
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => void this.askPreview(), PAUSE_MS);
  }

  async askPreview(): Promise<void> {
    const folder = this.folder.trim();
    if (folder === '' || this.work === 'writing') return;
    clearTimeout(this.#pause);
    const asked = ++this.#previewsAsked;
    const mappings = this.mappings.length > 0 ? this.mappings.map(sentOf) : null;
    this.#begin('reading');
    const reply = await this.#api.query('import.preview', { folder, mode: this.mode, mappings });
    if (asked !== this.#previewsAsked) return;
    this.#end();
    this.#isStale = false;
    if (reply.ok) {
      this.preview = reply.value;
      this.mappings = reply.value.mappings.map((mapping) => typedOf(mapping, this.mappings));
    } else {
      this.#refuse(reply.error);
      this.preview = null;
    }
  }

  /** Writes all of it as one batch, or nothing. */
  async commit(): Promise<void> {
    if (!this.canCommit) return;
    this.areFaultsShown = this.mappings.some(isWrong);
    if (this.areFaultsShown) return;
    const { mode } = this;
    const tables = this.lines.flatMap(({ mapping, count }) =>
      mapping.isIncluded && count ? [{ table: mapping.table, taken: count.taken }] : [],
    );
    this.#begin('writing');
    const reply = await this.#api.command('import.commit', {
      folder: this.folder.trim(),
      mode,
      mappings: this.mappings.map(sentOf),
    });
    this.#end();
    if (reply.ok) {
      this.result = { ...reply.value, mode, tables };
      this.#forgetPreview();
      this.folder = '';
      this.draft.restart();
    } else this.#refuse(reply.error);
    await this.load();
  }

  async cancel(): Promise<void> {
    await this.#api.query('import.cancel', {});
  }

  askReverse(batch: ImportBatch | null): void {
    this.reversing = batch;
    this.reverseRefusal = null;
  }

  async reverse(batchId: BatchId): Promise<boolean> {
    const reply = await this.#api.command('import.reverse', { batchId });
    this.reverseRefusal = reply.ok ? null : reply.error;
    if (reply.ok) {
      this.reversing = null;
      if (this.result?.batchId === batchId) this.result = null;
    }
    await this.load();
    return reply.ok;
  }

  /** Ends what waits; call when the screen goes away. */
  leave(): void {
    clearTimeout(this.#pause);
  }

  #begin(work: ImportWork): void {
    this.work = work;
    this.progress = null;
    this.refusal = null;
    if (work === 'reading') this.result = null;
  }

  #end(): void {
    this.work = 'nothing';
    this.progress = null;
  }

  /** A person's own cancel is no error to tell them about. */
  #refuse(refusal: ImportRefusal): void {
    this.refusal = refusal.code === 'cancelled' ? null : refusal;
  }

  #forgetPreview(): void {
    this.#previewsAsked += 1;
    this.#end();
    this.preview = null;
    this.mappings = [];
    this.areFaultsShown = false;
    this.#isStale = false;
    this.refusal = null;
  }
}

/** What is left out is not written, whatever stands there. */
function isWrong({ isIncluded, isUnitsWrong, isDurationWrong }: Mapping): boolean {
  return isIncluded && (isUnitsWrong || isDurationWrong);
}

function sentOf({ isUnitsWrong: _units, isDurationWrong: _duration, ...mapping }: Mapping): SentMapping {
  return mapping;
}

/** @param before  the mappings as they stand in the window */
function typedOf(mapping: SentMapping, before: readonly Mapping[]): Mapping {
  const typed = before.find(({ table }) => table === mapping.table);
  return {
    ...mapping,
    isUnitsWrong: typed?.isUnitsWrong ?? false,
    isDurationWrong: typed?.isDurationWrong ?? false,
  };
}
