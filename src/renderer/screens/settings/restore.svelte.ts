/** Restoring a backup over a ledger that is whole: chosen, looked at, then done with a reason. Touches no DOM. */
import { tick } from 'svelte';
import type { Response } from '../../../shared/contract/index.ts';
import type { RestoreReason } from '../../../shared/domain/restore-reason.ts';
import { m } from '../../../shared/messages/index.ts';
import type { App } from '../../app.svelte.ts';
import { undoing } from '../../shell/undoing.svelte.ts';
import { notices } from '../../shell/notices.svelte.ts';

export type RestorePreview = NonNullable<Response<'restore.choose'>['preview']>;

export class RestoreState {
  preview = $state.raw<RestorePreview | null>(null);
  why = $state<RestoreReason | null>(null);
  /** Somebody has pressed the button without a reason. */
  isReasonMissing = $state(false);
  isChoosing = $state(false);
  isRestoring = $state(false);

  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  /** Proves the backup. @param name  of a planned backup; null asks for a file */
  async choose(name: string | null): Promise<void> {
    if (this.isChoosing || this.isRestoring) return;
    this.isChoosing = true;
    const reply = await this.#app.api.command('restore.choose', { name });
    this.isChoosing = false;
    this.why = null;
    this.isReasonMissing = false;
    this.preview = reply.ok ? reply.value.preview : null;
    if (!reply.ok) notices.refuse(reply.error);
  }

  async run(): Promise<void> {
    this.isReasonMissing = this.why === null;
    if (this.why === null || this.isRestoring) return;
    this.isRestoring = true;
    const reply = await this.#app.api.command('restore.run', { why: this.why });
    this.isRestoring = false;
    this.preview = null;
    undoing.close(); // what it could take back may be gone
    await this.#app.load();
    await tick();
    if (!reply.ok) {
      notices.refuse(reply.error);
      return;
    }
    const { length, epoch } = reply.value;
    notices.done('restore', () => m.settings_restore_done({ count: length, epoch }));
  }

  close(): void {
    this.preview = null;
  }
}
