/**
 * The catalogue of work as a list and a form: what a new task of a kind begins with. Given an `Api`; touches no DOM.
 * What is typed stays until it is saved or closed, also when a save is refused.
 */
import type { Api } from '../../api.ts';
import { NamedEditor } from '../../forms/named-editor.svelte.ts';
import type { NameValues } from '../../forms/names.ts';
import { localTextOf, nameValuesOf, nextKey } from '../../forms/names.ts';
import { locale, text } from '../../locale.svelte.ts';
import { m } from '../../../shared/messages/index.ts';
import { undoing } from '../../shell/undoing.svelte.ts';
import { SUBSYSTEM_NAME } from '../../ui/subsystem-words.ts';
import type { Response } from '../../../shared/contract/index.ts';
import type { Pool } from '../../../shared/domain/pool.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import type { Need, Preemptibility } from '../../../shared/domain/task.ts';
import type { UrgencyClass } from '../../../shared/domain/urgency.ts';
import { ROUTINE } from '../../../shared/domain/urgency.ts';
import { poolId, workKindId, type WorkKindId } from '../../../shared/ids.ts';
import type { Refusal } from '../../../shared/result.ts';
import { milli, seconds } from '../../../shared/units.ts';

type WorkKindSent = Response<'work-kind.list'>['workKinds'][number];

export interface WorkKindForm extends NameValues {
  readonly id: WorkKindId;
  /** As it was opened; null for a new kind. */
  readonly before: WorkKindSent | null;
  subsystem: SubsystemId;
  needs: { readonly key: number; pool: string | null; units: number | null }[];
  durationSeconds: number | null;
  urgency: UrgencyClass;
  preemptibility: Preemptibility;
  maySpanClosures: boolean;
}

export type WorkKindProblem = 'name' | 'needs' | 'duration';

const MILLI = 1000;

export class WorkKinds extends NamedEditor<WorkKindForm> {
  kinds = $state.raw<readonly WorkKindSent[]>([]);
  pools = $state.raw<readonly Pool[]>([]);
  defaults = $state.raw<Response<'work-kind.list'>['defaults']>({});

  readonly #api: Api;
  readonly #refuse: (refusal: Refusal) => void;

  constructor(api: Api, refuse: (refusal: Refusal) => void) {
    super(api, refuse, 'work-kind.set');
    this.#api = api;
    this.#refuse = refuse;
  }

  readonly problems: readonly WorkKindProblem[] = $derived.by(() => problemsOf(this.form));

  /** Whether to say that something is wrong there: not before somebody has tried to save it. */
  isWrong(problem: WorkKindProblem): boolean {
    return this.areFaultsShown && this.problems.includes(problem);
  }

  async load(): Promise<void> {
    const [kinds, pools] = await Promise.all([
      this.#api.query('work-kind.list', {}),
      this.#api.query('pool.list', {}),
    ]);
    if (kinds.ok) {
      this.kinds = kinds.value.workKinds;
      this.defaults = kinds.value.defaults;
    } else this.#refuse(kinds.error);
    if (pools.ok) this.pools = pools.value.pools;
  }

  /** What a new task of the subsystem begins with; null for an empty form. */
  defaultOf(subsystem: SubsystemId): WorkKindSent | null {
    return this.kinds.find(({ id }) => id === this.defaults[subsystem]) ?? null;
  }

  /** @param id  a kind's; null for none */
  async setDefault(subsystem: SubsystemId, id: string | null): Promise<void> {
    const chosen = id === null ? null : workKindId(id);
    const commandId = crypto.randomUUID();
    const request = { subsystem, workKindId: chosen };
    const reply = await this.#api.command('subsystem.set-default', request, commandId);
    if (!reply.ok) this.#refuse(reply.error);
    else
      undoing.offer(commandId, () => m.settings_default_changed({ subsystem: SUBSYSTEM_NAME[subsystem]() }));
    await this.load();
  }

  /** @param kind  null for a new one */
  edit(kind: WorkKindSent | null): void {
    const needs = kind?.needs.map((need) => ({ pool: need.poolId, units: need.rateMilli / MILLI }));
    const form: WorkKindForm = {
      ...nameValuesOf(kind?.name ?? { en: '', zh: '' }, locale.current),
      id: kind?.id ?? workKindId(`kind-${crypto.randomUUID()}`),
      before: kind,
      subsystem: kind?.subsystem ?? 'records',
      needs: (needs ?? [{ pool: null, units: 1 }]).map((need, at) => ({ key: at + 1, ...need })),
      durationSeconds: kind?.durationSeconds ?? null,
      urgency: kind?.urgency ?? ROUTINE,
      preemptibility: kind?.preemptibility ?? 'never',
      maySpanClosures: kind?.maySpanClosures ?? false,
    };
    this.open(form, { name: kind ? `work-kind:${kind.id}` : 'work-kind', isNew: kind === null });
  }

  addNeed(): void {
    this.form?.needs.push({ key: nextKey(this.form.needs), pool: null, units: 1 });
  }

  removeNeed(at: number): void {
    this.form?.needs.splice(at, 1);
  }

  async save(): Promise<void> {
    const { form } = this;
    this.areFaultsShown = true;
    if (!form || this.isSaving || this.problems.length > 0) return;
    const workKind = sentOf(form);
    await this.send(
      (commandId) => this.#api.command('work-kind.set', { workKind }, commandId),
      form.before === null ? null : () => m.settings_kind_changed({ kind: text(workKind.name) }),
    );
  }
}

function problemsOf(form: WorkKindForm | null): WorkKindProblem[] {
  if (!form) return [];
  const areNeedsWhole = form.needs.every(({ pool, units }) => pool !== null && units !== null && units > 0);
  return [
    ...(form.here.trim() === '' ? (['name'] as const) : []),
    ...(form.needs.length === 0 || !areNeedsWhole ? (['needs'] as const) : []),
    ...(form.durationSeconds === null || form.durationSeconds <= 0 ? (['duration'] as const) : []),
  ];
}

function sentOf(form: WorkKindForm): WorkKindSent {
  const durationSeconds = seconds(form.durationSeconds ?? 0);
  return {
    id: form.id,
    subsystem: form.subsystem,
    name: localTextOf(form, locale.current),
    needs: form.needs.flatMap(({ pool, units }): Need[] => {
      if (pool === null || units === null) return []; // never sent: such a form has a problem
      const rateMilli = milli(Math.round(units * MILLI));
      return [{ poolId: poolId(pool), rateMilli, amount: amountOf(form, pool, rateMilli, durationSeconds) }];
    }),
    durationSeconds,
    urgency: form.urgency,
    preemptibility: form.preemptibility,
    maySpanClosures: form.maySpanClosures,
    code: form.before?.code ?? null,
  };
}

/** What was entered as an amount over a time stays one for as long as neither its rate nor the time is changed. */
function amountOf(form: WorkKindForm, pool: string, rateMilli: number, duration: number): Need['amount'] {
  const { before } = form;
  const need = before?.needs.find((each) => each.poolId === pool);
  return need?.rateMilli === rateMilli && before?.durationSeconds === duration ? need.amount : null;
}
