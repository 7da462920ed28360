/**
 * The care pathways' templates as a list and a form. Given an `Api`; touches no DOM. What is typed stays until it is
 * saved or given up, also when a save is refused.
 */
import type { Api } from '../../api.ts';
import { NamedEditor } from '../../forms/named-editor.svelte.ts';
import type { NameValues } from '../../forms/names.ts';
import { localTextOf, nameValuesOf, nextKey } from '../../forms/names.ts';
import { locale, text } from '../../locale.svelte.ts';
import { m } from '../../../shared/messages/index.ts';
import type { Pathway, PathwayStep } from '../../../shared/domain/pathway.ts';
import { PATHWAY_STEPS_MAX, PATHWAY_STEPS_MIN } from '../../../shared/domain/pathway.ts';
import type { WorkKind } from '../../../shared/domain/task.ts';
import type { UrgencyClass } from '../../../shared/domain/urgency.ts';
import { pathwayId, workKindId, type PathwayId } from '../../../shared/ids.ts';
import type { Refusal } from '../../../shared/result.ts';
import { seconds } from '../../../shared/units.ts';

export interface StepValues {
  readonly key: number;
  /** A kind of work's id; null for a step that is not chosen yet. */
  kind: string | null;
  /** Null: its kind's own. */
  urgency: UrgencyClass | null;
  /** Seconds after the end of the step before: not to start before, and to be over by. Null for none. */
  delay: number | null;
  within: number | null;
  /** What stands there cannot be read as a duration. */
  isDelayUnreadable: boolean;
  isWithinUnreadable: boolean;
}

export interface PathwayFormValues extends NameValues {
  readonly id: PathwayId;
  readonly isNew: boolean;
  steps: StepValues[];
  isActive: boolean;
}

/** What is wrong with a step's times. */
export type StepProblem = 'delay-unreadable' | 'within-unreadable' | 'within-too-short';

export class PathwayTemplates extends NamedEditor<PathwayFormValues> {
  pathways = $state.raw<readonly Pathway[]>([]);
  kinds = $state.raw<readonly WorkKind[]>([]);

  readonly #api: Api;
  readonly #refuse: (refusal: Refusal) => void;

  constructor(api: Api, refuse: (refusal: Refusal) => void) {
    super(api, refuse, 'pathway.set');
    this.#api = api;
    this.#refuse = refuse;
  }

  readonly isNameMissing = $derived.by(() => this.areFaultsShown && this.form?.here.trim() === '');
  readonly areStepsMissing = $derived.by(() => this.areFaultsShown && !hasSteps(this.form));
  readonly canAdd = $derived.by(() => (this.form?.steps.length ?? 0) < PATHWAY_STEPS_MAX);

  async load(): Promise<void> {
    const [pathways, kinds] = await Promise.all([
      this.#api.query('pathway.list', {}),
      this.#api.query('work-kind.list', {}),
    ]);
    if (!pathways.ok) this.#refuse(pathways.error);
    if (pathways.ok) this.pathways = pathways.value.pathways;
    if (kinds.ok) this.kinds = kinds.value.workKinds;
  }

  /** @param pathway  null for a new one */
  edit(pathway: Pathway | null): void {
    const form: PathwayFormValues = {
      ...nameValuesOf(pathway?.name ?? { en: '', zh: '' }, locale.current),
      id: pathway?.id ?? pathwayId(`pathway-${crypto.randomUUID()}`),
      isNew: pathway === null,
      steps: (pathway?.steps ?? [null, null]).map((step, at) => stepValues(at + 1, step)),
      isActive: pathway?.isActive ?? true,
    };
    const name = pathway ? `pathway-template:${pathway.id}` : 'pathway-template';
    this.open(form, { name, isNew: pathway === null });
  }

  addStep(): void {
    this.form?.steps.push(stepValues(nextKey(this.form.steps), null));
  }

  removeStep(at: number): void {
    this.form?.steps.splice(at, 1);
  }

  /** @param by  one place earlier or later */
  moveStep(at: number, by: -1 | 1): void {
    const steps = this.form?.steps;
    const [moved] = steps?.splice(at, 1) ?? [];
    if (steps && moved) steps.splice(at + by, 0, moved);
  }

  kindOf(step: StepValues): WorkKind | null {
    return this.kinds.find(({ id }) => id === step.kind) ?? null;
  }

  /** What is wrong with the times of the step at a place, once somebody has tried to save; null where nothing is. */
  stepProblem(at: number): StepProblem | null {
    return this.areFaultsShown ? this.#problemAt(at) : null;
  }

  async save(): Promise<void> {
    const { form } = this;
    this.areFaultsShown = true;
    if (!form || this.isSaving || form.here.trim() === '' || !hasSteps(form)) return;
    if (form.steps.some((_, at) => this.#problemAt(at) !== null)) return;
    const steps = form.steps.flatMap((step, at) => stepOf(step, at === 0));
    const name = localTextOf(form, locale.current);
    const pathway = { id: form.id, name, steps, isActive: form.isActive };
    await this.send(
      (commandId) => this.#api.command('pathway.set', { pathway }, commandId),
      form.isNew ? null : () => m.settings_pathway_changed({ pathway: text(name) }),
    );
  }

  /** The first step follows nothing: its times say nothing. */
  #problemAt(at: number): StepProblem | null {
    const step = this.form?.steps[at];
    if (!step || at === 0) return null;
    if (step.isDelayUnreadable) return 'delay-unreadable';
    if (step.isWithinUnreadable) return 'within-unreadable';
    const least = (step.delay ?? 0) + (this.kindOf(step)?.durationSeconds ?? 0);
    return step.within !== null && step.within < least ? 'within-too-short' : null;
  }
}

function stepValues(key: number, step: PathwayStep | null): StepValues {
  return {
    key,
    kind: step?.workKindId ?? null,
    urgency: step?.urgency ?? null,
    delay: step?.delaySeconds ?? null,
    within: step?.withinSeconds ?? null,
    isDelayUnreadable: false,
    isWithinUnreadable: false,
  };
}

function stepOf({ kind, urgency, delay, within }: StepValues, isFirst: boolean): PathwayStep[] {
  if (kind === null) return []; // never sent: such a form has a problem
  return [
    {
      workKindId: workKindId(kind),
      ...(urgency !== null && { urgency }),
      ...(delay !== null && !isFirst && { delaySeconds: seconds(delay) }),
      ...(within !== null && !isFirst && { withinSeconds: seconds(within) }),
    },
  ];
}

function hasSteps(form: PathwayFormValues | null): boolean {
  return (
    form !== null && form.steps.length >= PATHWAY_STEPS_MIN && form.steps.every(({ kind }) => kind !== null)
  );
}
