/**
 * The Pathways screen: the templates that are offered, and the one that is about to be started: for whom, from when,
 * and when each of its steps would run. Given an `Api`; touches no DOM. What is typed stays when starting is refused,
 * and comes back after a restart with the pathway it was typed for.
 */
import type { Api } from '../../api.ts';
import type { ErrorCode, Request, Response } from '../../../shared/contract/index.ts';
import type { Pathway } from '../../../shared/domain/pathway.ts';
import type { WorkKind } from '../../../shared/domain/task.ts';
import type { PatientId, TaskId } from '../../../shared/ids.ts';
import { patientId } from '../../../shared/ids.ts';
import type { Refusal } from '../../../shared/result.ts';
import { instant } from '../../../shared/units.ts';
import { KeptDraft } from '../../forms/kept-draft.svelte.ts';
import { parseLocalDate } from '../../format/typed-time.ts';

export type PathwayQuote = Response<'pathway.quote'>;
export type FoundPatient = Response<'patient.search'>['patients'][number];
type StartRefusal = Refusal<ErrorCode<'pathway.start'>>;

export type StartProblem = 'name-missing' | 'birth-date-unreadable' | 'start-missing';

/** Whom a pathway is about to be started for, and from when, as a draft keeps it. */
interface TypedStart {
  readonly pathway: string | null;
  readonly patient: PatientId | null;
  readonly name: string;
  readonly birthDate: string;
  readonly number: string;
  readonly isLater: boolean;
  readonly startAt: number | null;
}

const DRAFT = 'pathway-start';
const REST_MS = 300;

export class PathwaysState {
  pathways = $state.raw<readonly Pathway[]>([]);
  kinds = $state.raw<readonly WorkKind[]>([]);
  isLoaded = $state(false);
  selectedId = $state<string | null>(null);
  quote = $state.raw<PathwayQuote | null>(null);
  refusal = $state.raw<Refusal | null>(null);
  startRefusal = $state.raw<StartRefusal | null>(null);
  isStarting = $state(false);
  isAttempted = $state(false);

  patient = $state<PatientId | null>(null);
  name = $state('');
  birthDate = $state('');
  number = $state('');
  isLater = $state(false);
  startAt = $state<number | null>(null);
  found = $state.raw<readonly FoundPatient[]>([]);

  readonly draft: KeptDraft<TypedStart>;
  readonly #api: Api;
  #asked = 0;
  #searched = 0;
  #rest: ReturnType<typeof setTimeout> | null = null;
  #sent: { readonly body: string; readonly commandId: string } | null = null;

  constructor(api: Api) {
    this.#api = api;
    this.draft = new KeptDraft<TypedStart>(api, {
      typed: () => {
        const { patient, name, birthDate, number, isLater, startAt } = this;
        const isBegun = patient !== null || `${name}${birthDate}${number}` !== '' || isLater;
        const pathway = isBegun ? this.selectedId : null; // looking at a template is nothing typed
        return { pathway, patient, name, birthDate, number, isLater, startAt: isLater ? startAt : null };
      },
      restore: ({ pathway, ...typed }) => {
        Object.assign(this, typed);
        if (pathway !== null) void this.select(pathway);
        this.requote();
      },
    });
  }

  readonly selected = $derived.by(() => this.pathways.find(({ id }) => id === this.selectedId) ?? null);
  readonly needsPatient = $derived.by(() => this.quote?.needsPatient ?? true);
  readonly problems: readonly StartProblem[] = $derived.by(() => [
    ...(this.needsPatient && this.patient === null && this.name.trim() === ''
      ? (['name-missing'] as const)
      : []),
    ...(this.birthDate.trim() !== '' && parseLocalDate(this.birthDate) === null
      ? (['birth-date-unreadable'] as const)
      : []),
    ...(this.isLater && this.startAt === null ? (['start-missing'] as const) : []),
  ]);

  problem(code: StartProblem): StartProblem | null {
    return this.isAttempted && this.problems.includes(code) ? code : null;
  }

  /** Templates and catalogue; then the quote again, because the plan may have moved. */
  async load(): Promise<void> {
    const [pathways, kinds] = await Promise.all([
      this.#api.query('pathway.list', {}),
      this.#api.query('work-kind.list', {}),
    ]);
    this.refusal = pathways.ok ? null : pathways.error;
    if (!pathways.ok || !kinds.ok) return;
    this.pathways = pathways.value.pathways.filter(({ isActive }) => isActive);
    this.kinds = kinds.value.workKinds;
    if (!this.isLoaded) await this.draft.open(DRAFT, { isNew: true });
    this.isLoaded = true;
    if (this.selected) await this.#askQuote();
  }

  /** The names of a template's steps, in order. */
  stepsOf(pathway: Pathway): WorkKind[] {
    return pathway.steps.flatMap(({ workKindId }) => this.kinds.find(({ id }) => id === workKindId) ?? []);
  }

  async select(id: string): Promise<void> {
    if (id === this.selectedId) return;
    this.selectedId = id;
    this.quote = null;
    this.startRefusal = null;
    this.isAttempted = false;
    await this.#askQuote();
  }

  /** Not started, and nothing of it kept. */
  giveUp(): void {
    this.#forget();
  }

  close(): void {
    this.selectedId = null;
    this.quote = null;
    this.startRefusal = null;
  }

  /** The wish has changed: quoted again after a short rest. */
  wish(isLater: boolean, now: number): void {
    if (isLater && this.startAt === null) this.startAt = Math.ceil(now / 3600) * 3600;
    this.isLater = isLater;
    this.requote();
  }

  requote(): void {
    if (this.#rest) clearTimeout(this.#rest);
    this.#rest = setTimeout(() => void this.#askQuote(), REST_MS);
  }

  async search(typed: string): Promise<void> {
    const searched = (this.#searched += 1);
    if (typed.trim() === '') {
      this.found = [];
      return;
    }
    const reply = await this.#api.query('patient.search', { text: typed.trim() });
    if (reply.ok && searched === this.#searched) this.found = reply.value.patients;
  }

  choosePatient(id: string | null): void {
    const found = this.found.find((candidate) => candidate.patientId === id);
    this.patient = found ? patientId(found.patientId) : null;
    if (!found) return;
    this.name = found.identity.name;
    this.birthDate = found.identity.birthDate ?? '';
    this.number = found.identity.number ?? '';
  }

  /** @returns the tasks that were entered; null when something is wrong or it was refused */
  async start(): Promise<readonly TaskId[] | null> {
    this.isAttempted = true;
    const { selected } = this;
    if (!selected || this.problems.length > 0 || this.isStarting) return null;
    const request: Request<'pathway.start'> = {
      pathwayId: selected.id,
      patient: this.needsPatient ? this.#patientSent() : null,
      earliestStart: this.#wished(),
    };
    this.isStarting = true;
    const reply = await this.#api.command('pathway.start', request, this.#commandIdFor(request));
    this.isStarting = false;
    this.startRefusal = reply.ok ? null : reply.error;
    if (!reply.ok) return null;
    this.#forget();
    return reply.value.taskIds;
  }

  #wished() {
    return this.isLater && this.startAt !== null ? instant(this.startAt) : null;
  }

  #patientSent(): Request<'pathway.start'>['patient'] {
    if (this.patient !== null) return { patientId: this.patient };
    const number = this.number.trim();
    const birthDate = parseLocalDate(this.birthDate);
    return { identity: { name: this.name.trim(), birthDate, number: number === '' ? null : number } };
  }

  async #askQuote(): Promise<void> {
    const { selected } = this;
    if (!selected) return;
    const asked = (this.#asked += 1);
    const request = { pathwayId: selected.id, earliestStart: this.#wished() };
    const reply = await this.#api.query('pathway.quote', request);
    if (asked !== this.#asked) return;
    if (reply.ok) this.quote = reply.value;
    else this.refusal = reply.error;
  }

  /** The same request sent again is the same command. */
  #commandIdFor(request: unknown): string {
    const body = JSON.stringify(request);
    if (this.#sent?.body !== body) this.#sent = { body, commandId: crypto.randomUUID() };
    return this.#sent.commandId;
  }

  #forget(): void {
    this.close();
    this.#sent = null;
    this.patient = null;
    this.name = this.birthDate = this.number = '';
    this.isLater = false;
    this.startAt = null;
    this.isAttempted = false;
    this.draft.restart();
  }
}
