/**
 * The care pathways' templates as a list and a form. Given an `Api`; touches no DOM. What is typed stays until it is
 * saved or closed, also when a save is refused.
 */
import type { Api } from '../../api.ts';
import { locale } from '../../locale.svelte.ts';
import type { Pathway } from '../../../shared/domain/pathway.ts';
import { PATHWAY_STEPS_MAX, PATHWAY_STEPS_MIN } from '../../../shared/domain/pathway.ts';
import type { WorkKind } from '../../../shared/domain/task.ts';
import { pathwayId, workKindId, type PathwayId } from '../../../shared/ids.ts';
import type { Refusal } from '../../../shared/result.ts';

export interface PathwayFormValues {
  readonly id: PathwayId;
  readonly isNew: boolean;
  /** The name in the window's language, and in the other one where it differs. */
  here: string;
  other: string;
  /** Ids of kinds of work; null for a step that is not chosen yet. */
  steps: { readonly key: number; kind: string | null }[];
  isActive: boolean;
}

export class PathwayTemplates {
  pathways = $state.raw<readonly Pathway[]>([]);
  kinds = $state.raw<readonly WorkKind[]>([]);
  form = $state<PathwayFormValues | null>(null);
  areFaultsShown = $state(false);
  isSaving = $state(false);

  readonly #api: Api;
  readonly #refuse: (refusal: Refusal) => void;
  #keys = 0;

  constructor(api: Api, refuse: (refusal: Refusal) => void) {
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
    const name = pathway?.name ?? { en: '', zh: '' };
    const here = name[locale.current];
    const other = name[locale.current === 'en' ? 'zh' : 'en'];
    this.areFaultsShown = false;
    this.form = {
      id: pathway?.id ?? pathwayId(`pathway-${crypto.randomUUID()}`),
      isNew: pathway === null,
      here,
      other: other === here ? '' : other,
      steps: (pathway?.steps.map((step) => step.workKindId) ?? [null, null]).map((kind) => this.#step(kind)),
      isActive: pathway?.isActive ?? true,
    };
  }

  close(): void {
    this.form = null;
  }

  addStep(): void {
    this.form?.steps.push(this.#step(null));
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

  async save(): Promise<void> {
    const { form } = this;
    this.areFaultsShown = true;
    if (!form || this.isSaving || form.here.trim() === '' || !hasSteps(form)) return;
    const [written, translated] = [form.here.trim(), form.other.trim() || form.here.trim()];
    this.isSaving = true;
    const reply = await this.#api.command('pathway.set', {
      pathway: {
        id: form.id,
        name: locale.current === 'en' ? { en: written, zh: translated } : { en: translated, zh: written },
        steps: form.steps.flatMap(({ kind }) => (kind === null ? [] : [{ workKindId: workKindId(kind) }])),
        isActive: form.isActive,
      },
    });
    this.isSaving = false;
    if (!reply.ok) {
      this.#refuse(reply.error);
      return;
    }
    this.close();
    await this.load();
  }

  #step(kind: string | null): PathwayFormValues['steps'][number] {
    return { key: (this.#keys += 1), kind };
  }
}

function hasSteps(form: PathwayFormValues | null): boolean {
  return (
    form !== null && form.steps.length >= PATHWAY_STEPS_MIN && form.steps.every(({ kind }) => kind !== null)
  );
}
