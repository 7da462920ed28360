/**
 * What exports of reports are set to: which the application makes by itself, and what figures are called in DHIS2.
 * Given an `Api`; touches no DOM. After a command it queries again.
 */
import type { Api } from '../../api.ts';
import type { Response } from '../../../shared/contract/index.ts';
import { DHIS2_UID } from '../../../shared/domain/export-mapping.ts';
import type { Locale } from '../../../shared/domain/local-text.ts';
import type { Grouping } from '../../../shared/domain/report-grouping.ts';
import type { ExportFormat, ReportFilters } from '../../../shared/domain/report.ts';
import { SUBSYSTEM_IDS } from '../../../shared/domain/subsystem.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import type { PoolId } from '../../../shared/ids.ts';
import { FieldRefusal } from '../../forms/field-refusal.svelte.ts';
import type { Refusal } from '../../../shared/result.ts';
import { KeptDraft } from '../../forms/kept-draft.svelte.ts';
import { toggled } from '../reports/reports.svelte.ts';
import type { NamedPool } from '../reports/report-words.ts';

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
  filters: ReportFilters;
  grouping: Grouping | null;
}

export interface MappingRow {
  figure: string;
  dataElement: string;
  /** Empty: DHIS2's default. */
  categoryOptionCombo: string;
}

interface MappingForm {
  readonly organisationSystem: string;
  readonly organisationValue: string;
  readonly orgUnit: string;
  readonly dataSet: string;
  readonly rows: readonly MappingRow[];
}

function isUidOrEmpty(text: string): boolean {
  return text === '' || DHIS2_UID.test(text);
}

export class ReportSettings {
  schedules = $state.raw<readonly Schedule[]>([]);
  figures = $state.raw<readonly Figure[]>([]);
  /** Every pool of the clinic, for the schedule's filter. */
  pools = $state.raw<readonly NamedPool[]>([]);
  draft = $state<ScheduleDraft | null>(null);
  /** The clinic's identifier in FHIR, and who gave it; both or neither. */
  organisationSystem = $state('');
  organisationValue = $state('');
  orgUnit = $state('');
  dataSet = $state('');
  rows = $state<MappingRow[]>([]);
  isSaved = $state(false);
  #mapping: Response<'report.mapping'>['mapping'] | null = null;

  /** Typed and no identifier of DHIS2: eleven letters and digits, a letter first. */
  readonly isOrgUnitWrong = $derived(this.orgUnit !== '' && !DHIS2_UID.test(this.orgUnit));
  readonly isDataSetWrong = $derived(this.dataSet !== '' && !DHIS2_UID.test(this.dataSet));
  readonly isOrganisationHalf = $derived(
    (this.organisationSystem.trim() === '') !== (this.organisationValue.trim() === ''),
  );
  /** An empty row is not called wrong before somebody has tried to save it. */
  areMappingFaultsShown = $state(false);
  readonly isMappingWhole = $derived(
    !this.isOrgUnitWrong &&
      !this.isDataSetWrong &&
      !this.isOrganisationHalf &&
      this.rows.every(
        ({ dataElement, categoryOptionCombo }) =>
          DHIS2_UID.test(dataElement) && isUidOrEmpty(categoryOptionCombo),
      ),
  );

  readonly scheduleDraft: KeptDraft<ScheduleDraft>;
  readonly mappingDraft: KeptDraft<MappingForm>;
  readonly scheduleRefusal = new FieldRefusal('report.set-schedule');
  readonly #api: Api;
  readonly #refuse: (refusal: Refusal) => void;

  constructor(api: Api, refuse: (refusal: Refusal) => void) {
    this.#api = api;
    this.#refuse = refuse;
    this.scheduleDraft = new KeptDraft<ScheduleDraft>(api, {
      typed: () => this.draft,
      restore: (draft) => (this.draft = draft),
    });
    this.mappingDraft = new KeptDraft<MappingForm>(api, {
      typed: () => {
        const { organisationSystem, organisationValue, orgUnit, dataSet, rows } = this;
        return { organisationSystem, organisationValue, orgUnit, dataSet, rows };
      },
      restore: ({ rows, ...form }) => {
        Object.assign(this, form);
        this.rows = rows.map((row) => ({ ...row }));
      },
    });
  }

  async load(locale: Locale): Promise<void> {
    await this.loadSchedules();
    const pools = await this.#api.query('pool.list', {});
    if (pools.ok) this.pools = pools.value.pools.map(({ id, name }) => ({ poolId: id, name }));
    const reply = await this.#api.query('report.mapping', { locale });
    if (!reply.ok) return this.#refuse(reply.error);
    this.figures = reply.value.figures;
    if (this.#mapping) return; // what is being typed stays
    this.#mapping = reply.value.mapping;
    this.orgUnit = reply.value.mapping.orgUnit ?? '';
    this.dataSet = reply.value.mapping.dataSet ?? '';
    this.organisationSystem = reply.value.mapping.organisation?.system ?? '';
    this.organisationValue = reply.value.mapping.organisation?.value ?? '';
    this.rows = reply.value.mapping.dataElements.map((row) => ({
      ...row,
      categoryOptionCombo: row.categoryOptionCombo ?? '',
    }));
    await this.mappingDraft.open('export-names');
  }

  async loadSchedules(): Promise<void> {
    const reply = await this.#api.query('report.schedules', {});
    if (reply.ok) this.schedules = reply.value.schedules;
    else this.#refuse(reply.error);
  }

  begin(locale: Locale): void {
    this.scheduleRefusal.clear();
    this.draft = {
      cadence: 'weekly',
      weekday: 0,
      day: 1,
      format: 'xlsx',
      locale,
      folder: '',
      isForOutside: true,
      filters: { poolIds: null, subsystems: null },
      grouping: null,
    };
    void this.scheduleDraft.open('export-schedule', { isNew: true });
  }

  giveUp(): void {
    this.scheduleDraft.drop();
    this.draft = null;
  }

  togglePool(poolId: PoolId): void {
    if (!this.draft) return;
    const { filters } = this.draft;
    const all = this.pools.map((pool) => pool.poolId);
    this.draft.filters = { ...filters, poolIds: toggled(filters.poolIds, poolId, all) };
  }

  toggleSubsystem(subsystem: SubsystemId): void {
    if (!this.draft) return;
    const { filters } = this.draft;
    this.draft.filters = { ...filters, subsystems: toggled(filters.subsystems, subsystem, SUBSYSTEM_IDS) };
  }

  async chooseFolder(): Promise<void> {
    const reply = await this.#api.query('report.choose-folder', {});
    if (!reply.ok) return this.#refuse(reply.error);
    if (reply.value.folder !== null && this.draft) this.draft.folder = reply.value.folder;
  }

  async add(): Promise<void> {
    const { draft } = this;
    if (!draft) return;
    const { format, locale, folder, filters, grouping, isForOutside } = draft;
    const reply = await this.#api.command('report.set-schedule', {
      id: `schedule-${crypto.randomUUID()}`,
      cadence:
        draft.cadence === 'weekly'
          ? { kind: 'weekly', weekday: draft.weekday }
          : { kind: 'monthly', day: draft.day },
      format,
      locale,
      folder: folder.trim(),
      poolIds: filters.poolIds?.slice() ?? null,
      subsystems: filters.subsystems?.slice() ?? null,
      ...(grouping && { grouping }),
      isForOutside: isForOutside && format !== 'allocations',
    });
    this.scheduleRefusal.clear();
    if (!reply.ok) {
      if (!this.scheduleRefusal.take(reply.error)) this.#refuse(reply.error);
      return;
    }
    this.giveUp();
    await this.loadSchedules();
  }

  async drop(id: string): Promise<void> {
    const reply = await this.#api.command('report.drop-schedule', { id });
    if (!reply.ok) this.#refuse(reply.error);
    await this.loadSchedules();
  }

  addRow(figure: string): void {
    if (!this.rows.some((row) => row.figure === figure))
      this.rows.push({ figure, dataElement: '', categoryOptionCombo: '' });
    this.isSaved = false;
  }

  removeRow(at: number): void {
    this.rows.splice(at, 1);
    this.isSaved = false;
  }

  async saveMapping(): Promise<void> {
    this.areMappingFaultsShown = !this.isMappingWhole;
    if (!this.#mapping || !this.isMappingWhole) return;
    const [system, value] = [this.organisationSystem.trim(), this.organisationValue.trim()];
    const next = {
      organisation: system === '' ? null : { system, value },
      orgUnit: this.orgUnit || null,
      dataSet: this.dataSet || null,
      dataElements: this.rows.map((row) => ({
        ...row,
        categoryOptionCombo: row.categoryOptionCombo || null,
      })),
    };
    const reply = await this.#api.command('report.set-mapping', next);
    if (!reply.ok) return this.#refuse(reply.error);
    this.#mapping = next;
    this.isSaved = true;
    this.mappingDraft.restart();
  }

  /** `Pools · Ultrasound · Utilization, %`. */
  nameOf(key: string): string {
    const figure = this.figures.find((each) => each.key === key);
    if (!figure) return key;
    const unit = figure.unit === null ? '' : `, ${figure.unit}`;
    return `${figure.table} · ${figure.row} · ${figure.figure}${unit}`;
  }
}
