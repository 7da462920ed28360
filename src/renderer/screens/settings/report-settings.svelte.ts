/**
 * What exports of reports are set to: which the application makes by itself, and what figures are called in DHIS2.
 * Given an `Api`; touches no DOM. After a command it queries again.
 */
import type { Api } from '../../api.ts';
import type { Response } from '../../../shared/contract/index.ts';
import { DHIS2_UID } from '../../../shared/domain/export-mapping.ts';
import type { Locale } from '../../../shared/domain/local-text.ts';
import type { ExportFormat } from '../../../shared/domain/report.ts';
import type { Refusal } from '../../../shared/result.ts';

type Schedule = Response<'report.schedules'>['schedules'][number];
type Figure = Response<'report.mapping'>['figures'][number];

/** A schedule as it is typed; weekdays 0 to 6, Monday first. */
export interface ScheduleDraft {
  cadence: 'weekly' | 'monthly';
  weekday: number;
  day: number;
  format: ExportFormat;
  locale: Locale;
  isForOutside: boolean;
  folder: string;
}

export interface MappingRow {
  figure: string;
  dataElement: string;
}

export class ReportSettings {
  schedules = $state.raw<readonly Schedule[]>([]);
  figures = $state.raw<readonly Figure[]>([]);
  draft = $state<ScheduleDraft | null>(null);
  orgUnit = $state('');
  dataSet = $state('');
  rows = $state<MappingRow[]>([]);
  isSaved = $state(false);
  #mapping: Response<'report.mapping'>['mapping'] | null = null;

  /** Typed and no identifier of DHIS2: eleven letters and digits, a letter first. */
  readonly isOrgUnitWrong = $derived(this.orgUnit !== '' && !DHIS2_UID.test(this.orgUnit));
  readonly isDataSetWrong = $derived(this.dataSet !== '' && !DHIS2_UID.test(this.dataSet));
  readonly isMappingWhole = $derived(
    !this.isOrgUnitWrong && !this.isDataSetWrong && this.rows.every((row) => DHIS2_UID.test(row.dataElement)),
  );

  readonly #api: Api;
  readonly #refuse: (refusal: Refusal) => void;

  constructor(api: Api, refuse: (refusal: Refusal) => void) {
    this.#api = api;
    this.#refuse = refuse;
  }

  async load(locale: Locale): Promise<void> {
    await this.loadSchedules();
    const reply = await this.#api.query('report.mapping', { locale });
    if (!reply.ok) return this.#refuse(reply.error);
    this.figures = reply.value.figures;
    if (this.#mapping) return; // what is being typed stays
    this.#mapping = reply.value.mapping;
    this.orgUnit = reply.value.mapping.orgUnit ?? '';
    this.dataSet = reply.value.mapping.dataSet ?? '';
    this.rows = reply.value.mapping.dataElements.map(({ figure, dataElement }) => ({ figure, dataElement }));
  }

  async loadSchedules(): Promise<void> {
    const reply = await this.#api.query('report.schedules', {});
    if (reply.ok) this.schedules = reply.value.schedules;
    else this.#refuse(reply.error);
  }

  begin(locale: Locale): void {
    this.draft = {
      cadence: 'weekly',
      weekday: 0,
      day: 1,
      format: 'xlsx',
      locale,
      folder: '',
      isForOutside: true,
    };
  }

  async chooseFolder(): Promise<void> {
    const reply = await this.#api.query('report.choose-folder', {});
    if (!reply.ok) return this.#refuse(reply.error);
    if (reply.value.folder !== null && this.draft) this.draft.folder = reply.value.folder;
  }

  async add(): Promise<void> {
    const { draft } = this;
    if (!draft) return;
    const { format, locale, folder, isForOutside } = draft;
    const reply = await this.#api.command('report.set-schedule', {
      id: `schedule-${crypto.randomUUID()}`,
      cadence:
        draft.cadence === 'weekly'
          ? { kind: 'weekly', weekday: draft.weekday }
          : { kind: 'monthly', day: draft.day },
      format,
      locale,
      folder: folder.trim(),
      poolIds: null,
      subsystems: null,
      isForOutside: isForOutside && format !== 'allocations',
    });
    if (!reply.ok) return this.#refuse(reply.error);
    this.draft = null;
    await this.loadSchedules();
  }

  async drop(id: string): Promise<void> {
    const reply = await this.#api.command('report.drop-schedule', { id });
    if (!reply.ok) this.#refuse(reply.error);
    await this.loadSchedules();
  }

  addRow(figure: string): void {
    if (!this.rows.some((row) => row.figure === figure)) this.rows.push({ figure, dataElement: '' });
    this.isSaved = false;
  }

  removeRow(at: number): void {
    this.rows.splice(at, 1);
    this.isSaved = false;
  }

  async saveMapping(): Promise<void> {
    const before = this.#mapping;
    if (!before || !this.isMappingWhole) return;
    const combos = new Map(before.dataElements.map((row) => [row.figure, row.categoryOptionCombo]));
    const next = {
      organisation: before.organisation && { ...before.organisation },
      orgUnit: this.orgUnit || null,
      dataSet: this.dataSet || null,
      dataElements: this.rows.map((row) => ({ ...row, categoryOptionCombo: combos.get(row.figure) ?? null })),
    };
    const reply = await this.#api.command('report.set-mapping', next);
    if (!reply.ok) return this.#refuse(reply.error);
    this.#mapping = next;
    this.isSaved = true;
  }

  /** `Pools · Ultrasound · Utilization, %`. */
  nameOf(key: string): string {
    const figure = this.figures.find((each) => each.key === key);
    if (!figure) return key;
    const unit = figure.unit === null ? '' : `, ${figure.unit}`;
    return `${figure.table} · ${figure.row} · ${figure.figure}${unit}`;
  }
}
