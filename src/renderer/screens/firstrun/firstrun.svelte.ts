/**
 * First run: what a person wants to begin with, and the four steps to a clinic of their own. Given the application for
 * its commands; touches no DOM. Nothing is written before the last step, and then all of it in one command.
 */
import { KeptDraft } from '../../forms/kept-draft.svelte.ts';
import type { App } from '../../app.svelte.ts';
import { SUBSYSTEM_IDS, type SubsystemId } from '../../../shared/domain/subsystem.ts';
import { locale, text } from '../../locale.svelte.ts';
import { usualWeek } from '../../format/typed-hours.ts';
import {
  clinicRequest,
  faultsOf,
  includedPools,
  STEPS,
  type DefaultRow,
  type NewClinic,
  type PoolRow,
} from './new-clinic.ts';
import { STARTER_DEFAULTS, starterPools } from './pool-templates.ts';

export type Beginning = 'sample' | 'own' | 'import' | 'restore';

/** What is kept of the steps until the clinic is made. */
type KeptSteps = Pick<
  FirstRun,
  'stepIndex' | 'name' | 'timeZone' | 'personName' | 'jobTitle' | 'pools' | 'hours' | 'defaults'
>;

export class FirstRun {
  /** Null while the beginning is being chosen; else the index of the step. */
  stepIndex = $state<number | null>(null);
  isBusy = $state(false);
  /** A backup is being looked for. */
  isRestoring = $state(false);
  /** Faults are shown once a person has tried to go on. */
  areFaultsShown = $state(false);

  name = $state('');
  timeZone = $state('');
  personName = $state('');
  jobTitle = $state('');
  pools = $state<PoolRow[]>([]);
  hours = $state<[string, string, string]>(startingHours());
  defaults = $state<Record<SubsystemId, DefaultRow>>(startingDefaults());

  readonly step = $derived(this.stepIndex === null ? null : (STEPS[this.stepIndex] ?? null));
  readonly form: NewClinic = $derived({
    name: this.name,
    timeZone: this.timeZone,
    language: locale.current,
    personName: this.personName,
    jobTitle: this.jobTitle,
    pools: this.pools,
    hours: this.hours,
    defaults: this.defaults,
  });
  readonly included = $derived(includedPools(this.form));
  readonly #faults = $derived(this.step === null ? [] : faultsOf(this.form, this.step));
  readonly shownFaults = $derived(this.areFaultsShown ? this.#faults : []);
  readonly isLastStep = $derived(this.stepIndex === STEPS.length - 1);

  readonly draft: KeptDraft<KeptSteps>;

  readonly #app: App;
  #opensImport = false;

  constructor(app: App) {
    this.#app = app;
    this.timeZone = app.state?.systemTimeZone ?? '';
    this.pools = starterPools().map((pool) => ({
      ...pool,
      typedName: text(pool.name),
      typedSize: pool.size,
    }));
    this.draft = new KeptDraft<KeptSteps>(app.api, {
      typed: () => ({
        stepIndex: this.stepIndex,
        ...{ name: this.name, timeZone: this.timeZone, personName: this.personName, jobTitle: this.jobTitle },
        ...{ pools: this.pools, hours: this.hours, defaults: this.defaults },
      }),
      restore: (kept) => Object.assign(this, kept),
    });
    void this.draft.open('first-run', { isNew: true });
  }

  async begin(beginning: Beginning): Promise<void> {
    if (beginning === 'sample') {
      this.isBusy = true;
      await this.#app.send('sample.open', { language: locale.current });
      this.isBusy = false;
      return;
    }
    this.isRestoring = beginning === 'restore';
    if (this.isRestoring) return;
    this.#opensImport = beginning === 'import';
    this.stepIndex = 0;
  }

  back(): void {
    this.areFaultsShown = false;
    this.stepIndex = this.stepIndex === null || this.stepIndex === 0 ? null : this.stepIndex - 1;
  }

  /** Goes on when the step is right. @returns where to go once the clinic is made, else null */
  async next(): Promise<'today' | 'import' | null> {
    if (this.stepIndex === null || this.isBusy) return null;
    this.areFaultsShown = this.#faults.length > 0;
    if (this.areFaultsShown) return null;
    if (!this.isLastStep) {
      this.stepIndex += 1;
      return null;
    }
    this.isBusy = true;
    const isMade = await this.#app.send('clinic.create', clinicRequest(this.form));
    this.isBusy = false;
    if (!isMade) return null;
    this.draft.drop();
    return this.#opensImport ? 'import' : 'today';
  }

  changePool(id: string, change: Partial<PoolRow>): void {
    this.pools = this.pools.map((row) => (row.id === id ? { ...row, ...change } : row));
  }

  changeDefault(id: SubsystemId, change: Partial<DefaultRow>): void {
    this.defaults[id] = { ...this.defaults[id], ...change };
  }
}

/** Monday, Saturday and Sunday of the usual week. */
function startingHours(): [string, string, string] {
  const week = usualWeek();
  return [week[0] ?? '', week[5] ?? '', week[6] ?? ''];
}

function startingDefaults(): Record<SubsystemId, DefaultRow> {
  const rows = SUBSYSTEM_IDS.map((id) => {
    const { poolId, minutes } = STARTER_DEFAULTS[id];
    return [id, { poolId, durationSeconds: minutes * 60 }] as const;
  });
  return Object.fromEntries(rows) as Record<SubsystemId, DefaultRow>; // one entry per id
}
