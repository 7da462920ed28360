/**
 * The task form of one subsystem, for a new task or one that is changed: what is typed, the planner's live answer to it,
 * and sending it. Given an `Api`; touches no DOM. What is typed survives every refusal, leaving the screen and a restart.
 */
import type { Api } from '../../api.ts';
import type { Response } from '../../../shared/contract/index.ts';
import type { TaskDraft } from '../../../shared/contract/tasks.ts';
import type { Pool } from '../../../shared/domain/pool.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import type { WorkKind } from '../../../shared/domain/task.ts';
import type { PoolId, TaskId, WorkKindId } from '../../../shared/ids.ts';
import type { Refusal } from '../../../shared/result.ts';
import { accept } from '../../../shared/result.ts';
import type { Instant, Seconds } from '../../../shared/units.ts';
import { KeptDraft } from '../../forms/kept-draft.svelte.ts';
import { parseLocalDate } from '../../format/typed-time.ts';
import { PatientFinder, type FoundPatient } from './patient-finder.svelte.ts';
import { EarlierFinder } from './earlier-finder.svelte.ts';
import { refusedField, type SubmitCode } from './refused-field.ts';
import { SeriesState } from './series.svelte.ts';
import { text } from '../../locale.svelte.ts';
import type { FormProblems, NeedValues, StartMode, TaskFormValues } from './task-form-values.ts';
import {
  blankForm,
  draftOf,
  emptyForm,
  problemsOf,
  quotedDraftOf,
  suggestedStart,
  withKind,
} from './task-form-values.ts';
import { changesOf, copyOf, hasBegun, valuesOf } from './task-amendment.ts';

export type Quote = Response<'task.quote'>;
type SubmitRefusal = Refusal<SubmitCode>;

type Amended = Response<'task.get'>;
/** The form with the series it begins and the day it looks for starts on, as a draft keeps it. */
type KeptForm = TaskFormValues & { readonly series: SeriesState['typed']; readonly day: string };

/** Long enough that a word is typed in between, short enough to feel live. */
const PAUSE_MS = 250;

export class TaskFormState {
  readonly subsystem: SubsystemId;
  values = $state<TaskFormValues>(emptyForm());
  workKinds = $state.raw<readonly WorkKind[]>([]);
  pools = $state.raw<ReadonlyMap<PoolId, Pool>>(new Map());
  kindTyped = $state('');
  quote = $state.raw<Quote | null>(null);
  isSending = $state(false);
  /** A local day to look for starts on; empty for the next ones. */
  day = $state('');
  readonly series: SeriesState;
  readonly patients: PatientFinder;
  /** Tasks to come after. */
  readonly earlier: EarlierFinder;
  /** The task that is changed; null while a new one is entered. */
  amended = $state.raw<Amended | null>(null);
  readonly isBegun = $derived(this.amended !== null && hasBegun(this.amended.row.state));
  /** Counts the forms that have been emptied or restored: controls that keep typed text of their own start anew. */
  round = $state(0);
  /** Fields are not called wrong before somebody has tried to send them. */
  #isAttempted = $state(false);
  #quoteRefusal = $state.raw<SubmitRefusal | null>(null);
  #submitRefusal = $state.raw<SubmitRefusal | null>(null);

  /** What a new form begins with: the clinic's default, else its only kind of work here, else nothing. */
  #defaultKind = $state.raw<WorkKindId | null>(null);
  readonly #blank = $derived.by(() => blankForm(this.workKinds, this.#defaultKind));
  readonly quotedDraft = $derived.by(() => quotedDraftOf(this.values, this.subsystem, this.pools));
  readonly problems: FormProblems = $derived.by(() =>
    this.#isAttempted ? problemsOf(this.values, this.subsystem, this.pools) : {},
  );
  readonly refusal = $derived(this.#submitRefusal ?? this.#quoteRefusal);
  readonly refusedField = $derived(this.refusal ? refusedField(this.refusal.code) : null);
  /** What would be lost by closing the application now; compared as text. */
  readonly written = $derived(JSON.stringify(this.values));
  readonly isEmpty = $derived(this.written === JSON.stringify(this.#blank));
  /** What is typed, kept until it is sent: one for new tasks, one for each task that is changed or copied. */
  readonly draft: KeptDraft<KeptForm>;

  readonly #api: Api;
  #quoteTimer: ReturnType<typeof setTimeout> | undefined;
  #quotesAsked = 0;
  /** What the last quote was asked for, and what `keep` has seen last. */
  #quoted = '';
  #seen = JSON.stringify(emptyForm());
  #isLoaded = false;
  /** What was sent last, so that it can be taken back. */
  sent: { readonly commandId: string; readonly isNew: boolean } | null = null;
  /** The same body sent again after a lost reply travels under the same id, so that no task is entered twice. */
  #sent: { readonly body: string; readonly commandId: string } | null = null;

  constructor(api: Api, subsystem: SubsystemId) {
    this.#api = api;
    this.subsystem = subsystem;
    this.series = new SeriesState(api);
    this.patients = new PatientFinder(api);
    this.earlier = new EarlierFinder(api);
    this.draft = new KeptDraft<KeptForm>(api, {
      typed: () => ({ ...this.values, series: this.series.typed, day: this.day }),
      restore: ({ series, day, ...values }) => {
        this.values = { ...emptyForm(), ...values, unreadable: emptyForm().unreadable };
        this.series.restore(series);
        this.day = day;
        this.round += 1;
      },
    });
  }

  get foundPatients(): readonly FoundPatient[] {
    return this.patients.found;
  }

  /** Catalogue and pools; then the kept draft, unless something has been typed meanwhile. */
  async load(): Promise<void> {
    const [kinds, pools] = await Promise.all([
      this.#api.query('work-kind.list', {}),
      this.#api.query('pool.list', {}),
    ]);
    if (kinds.ok) {
      this.#defaultKind = kinds.value.defaults[this.subsystem] ?? null;
      this.workKinds = kinds.value.workKinds.filter((kind) => kind.subsystem === this.subsystem);
    }
    if (pools.ok) this.pools = new Map(pools.value.pools.map((pool) => [pool.id, pool]));
    if (this.written === JSON.stringify(emptyForm())) this.#begin();
    if (!this.#isLoaded) {
      this.#isLoaded = true;
      if (this.amended === null) await this.draft.open(this.#newDraftName, { isNew: true });
    }
    this.#quoted = ''; // the plan may have changed under what was quoted
    this.askQuote(this.quotedDraft);
  }

  /** Without an id, the kind whose whole name is typed is the one that is meant; then none. */
  chooseKind(id: string | null): void {
    const kind = this.workKinds.find((candidate) => candidate.id === id) ?? this.#namedKind();
    if (!kind) this.values.workKindId = null;
    else if (kind.id !== this.values.workKindId) this.values = withKind(this.values, kind);
  }

  typeKind(typed: string): void {
    this.kindTyped = typed;
    this.chooseKind(null);
  }

  choosePatient(id: string | null): void {
    const found = this.foundPatients.find((candidate) => candidate.patientId === id);
    if (!found) {
      this.values.patientId = null;
      return;
    }
    const { name, birthDate, number } = found.identity;
    this.values.patientId = found.patientId;
    this.values.patientName = name;
    this.values.birthDate = birthDate ?? '';
    this.values.number = number ?? '';
  }

  setStartMode(mode: StartMode, now: Instant): void {
    this.values.startMode = mode;
    if (mode !== 'soon' && this.values.startAt === null) this.values.startAt = suggestedStart(now);
  }

  chooseStart(start: Instant): void {
    this.values.startMode = 'fixed';
    this.values.startAt = start;
  }

  /** A countable pool gives whole units for a time and nothing else. */
  setNeedPool(need: NeedValues, id: string): void {
    const pool = [...this.pools.values()].find((candidate) => candidate.id === id);
    if (!pool) return;
    need.poolId = pool.id;
    if (pool.kind === 'countable') need.as = 'units';
  }

  poolOf(need: NeedValues): Pool | undefined {
    return need.poolId === null ? undefined : this.pools.get(need.poolId);
  }

  /** Asks the planner a moment after the last change; an answer that has been overtaken is dropped. */
  askQuote(draft: TaskFormState['quotedDraft']): void {
    const day = parseLocalDate(this.day);
    const { patientId } = this.values;
    this.series.ask(this.amended ? null : draft);
    const quoted = JSON.stringify([draft, day, patientId]);
    if (quoted === this.#quoted) return;
    this.#quoted = quoted;
    clearTimeout(this.#quoteTimer);
    const asked = ++this.#quotesAsked;
    if (draft === null) {
      this.quote = null;
      this.#quoteRefusal = null;
      return;
    }
    this.#quoteTimer = setTimeout(async () => {
      const taskId = this.amended?.row.taskId ?? null;
      const reply = await this.#api.query('task.quote', {
        draft,
        patientId,
        ...(taskId && { taskId }),
        ...(day !== null && { day }),
      });
      if (asked !== this.#quotesAsked) return;
      this.quote = reply.ok ? reply.value : null;
      this.#quoteRefusal = reply.ok ? null : reply.error;
    }, PAUSE_MS);
  }

  /** Keeps what is typed a moment after the last change. */
  keep(written: string): void {
    this.draft.keep();
    if (written === this.#seen) return;
    this.#seen = written;
    this.#submitRefusal = null;
  }

  /** @returns the new task, or null when something has to be put right first */
  async submit(): Promise<TaskId | null> {
    if (this.isSending) return null;
    this.#isAttempted = true;
    const draft = draftOf(this.values, this.subsystem, this.pools);
    if (!draft) return null;
    this.isSending = true;
    if (!this.amended && draft.fixedStart !== null && !(await this.series.check())) {
      this.isSending = false;
      return null;
    }
    const commandId = this.#commandIdFor(draft);
    const reply = await this.#send(draft, commandId);
    this.isSending = false;
    if (!reply.ok) {
      this.#submitRefusal = reply.error;
      return null;
    }
    this.sent = { commandId, isNew: this.amended === null };
    this.clear();
    return reply.value.taskId;
  }

  async #send(draft: TaskDraft, commandId: string) {
    const { starts, unit } = this.series;
    if (this.amended) return this.#amend(this.amended, draft, commandId);
    if (unit === null || draft.fixedStart === null || starts.length === 0) {
      return this.#api.command('task.submit', { draft }, commandId);
    }
    const reply = await this.#api.command('task.submit-series', { draft, starts }, commandId);
    const [first] = reply.ok ? reply.value.taskIds : [];
    return reply.ok && first ? accept({ taskId: first }) : (reply as Extract<typeof reply, { ok: false }>); // a series has a first
  }

  takeDuration(durationSeconds: Seconds): void {
    this.values.durationSeconds = durationSeconds;
    this.round += 1;
  }

  #amend({ row, draft: before }: Amended, draft: TaskDraft, commandId: string) {
    const changes = changesOf(before, draft, this.values.startMode);
    return this.#api.command('task.amend', { taskId: row.taskId, changes }, commandId);
  }

  /** A form to change a task with; what was typed for a new one is kept and comes back. */
  openAmendment(detail: Amended, now: Instant): Promise<void> {
    this.leave();
    this.#open(valuesOf(detail, now), detail);
    return this.draft.open(`task-change:${detail.row.taskId}`);
  }

  openCopy(detail: Amended, now: Instant): void {
    this.leave();
    this.#open(copyOf(detail, now), null);
    this.draft.begin(this.#newDraftName, { isNew: true });
  }

  async openNew(): Promise<void> {
    if (this.amended === null) return;
    this.leave();
    this.#open(structuredClone(this.#blank), null);
    await this.draft.open(this.#newDraftName, { isNew: true });
  }

  /** The change is given up: the task stays as it is. */
  giveUp(): void {
    if (this.amended !== null) this.draft.drop();
  }

  #open(values: TaskFormValues, amended: Amended | null): void {
    this.amended = amended;
    this.values = values;
    this.kindTyped = '';
    this.#isAttempted = false;
    this.#quoteRefusal = null;
    this.#submitRefusal = null;
    this.#seen = this.written;
    this.round += 1;
  }

  /** Empties the form, and what was kept of it. */
  clear(): void {
    this.draft.drop();
    this.amended = null;
    this.#begin();
    this.kindTyped = '';
    this.patients.clear();
    this.earlier.clear();
    this.day = '';
    this.series.clear();
    this.quote = null;
    this.#isAttempted = false;
    this.#quoteRefusal = null;
    this.#submitRefusal = null;
    this.#sent = null;
    this.round += 1;
    this.draft.begin(this.#newDraftName, { isNew: true });
  }

  /** A form with nothing typed in it is nothing to keep. */
  #begin(): void {
    this.values = structuredClone(this.#blank);
    this.#seen = this.written;
  }

  /** Keeps what has not been kept yet and ends what is under way; call when the form goes away. */
  leave(): void {
    clearTimeout(this.#quoteTimer);
    this.patients.clear();
    this.earlier.clear();
    this.draft.leave();
  }

  get #newDraftName(): string {
    return `task-${this.subsystem}`;
  }

  #namedKind(): WorkKind | undefined {
    const wanted = this.kindTyped.trim().toLowerCase();
    return this.workKinds.find(({ name }) => text(name).toLowerCase() === wanted);
  }

  #commandIdFor(draft: TaskDraft): string {
    const body = JSON.stringify(draft);
    if (this.#sent?.body !== body) this.#sent = { body, commandId: crypto.randomUUID() };
    return this.#sent.commandId;
  }
}
