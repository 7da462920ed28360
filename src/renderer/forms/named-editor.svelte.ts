/**
 * One named thing of a list in a form: opened, kept as a draft while it is typed, saved or given up. What is typed
 * stays until it is saved or given up, also when a save is refused. Given an `Api`; touches no DOM.
 */
import type { Api } from '../api.ts';
import type { Refusal, Result } from '../../shared/result.ts';
import { undoing } from '../shell/undoing.svelte.ts';
import { FieldRefusal } from './field-refusal.svelte.ts';
import { KeptDraft } from './kept-draft.svelte.ts';
import type { NameValues } from './names.ts';
import type { FormCommand } from './refused-fields.ts';

export abstract class NamedEditor<Form extends NameValues> {
  form = $state<Form | null>(null);
  /** Fields are not called wrong before somebody has tried to save them. */
  areFaultsShown = $state(false);
  isSaving = $state(false);
  readonly draft: KeptDraft<Form>;
  /** What was refused about one of its fields. */
  readonly refused: FieldRefusal;

  readonly #refuse: (refusal: Refusal) => void;

  constructor(api: Api, refuse: (refusal: Refusal) => void, command: FormCommand) {
    this.refused = new FieldRefusal(command);
    this.#refuse = refuse;
    this.draft = new KeptDraft<Form>(api, {
      typed: () => this.form,
      restore: (form) => (this.form = form),
    });
  }

  /** After something was saved. */
  abstract load(): Promise<void>;

  /** Closes the form; what is typed is kept and comes back with it. */
  close(): void {
    this.draft.leave();
    this.form = null;
  }

  /** Closes the form for good. */
  giveUp(): void {
    this.draft.drop();
    this.form = null;
  }

  /**
   * @param draft.name  what the draft is kept under: with the id of what is changed, without one for something new
   */
  protected open(form: Form, draft: { readonly name: string; readonly isNew: boolean }): void {
    this.draft.leave();
    this.areFaultsShown = false;
    this.refused.clear();
    this.form = form;
    void this.draft.open(draft.name, draft);
  }

  /**
   * @param told  what was changed, said with a way to take it back; null for something new, which has nothing to go back to
   */
  protected async send(
    command: (commandId: string) => Promise<Result<unknown, string>>,
    told: (() => string) | null,
  ): Promise<void> {
    const commandId = crypto.randomUUID();
    this.isSaving = true;
    const reply = await command(commandId);
    this.isSaving = false;
    this.refused.clear();
    if (!reply.ok) {
      if (!this.refused.take(reply.error)) this.#refuse(reply.error);
      return;
    }
    this.giveUp();
    if (told) undoing.offer(commandId, told);
    await this.load();
  }
}
