/** The choices at a damaged ledger. Given the application; touches no DOM. Nothing is done before its preview. */
import { tick } from 'svelte';
import type { Response } from '../../../shared/contract/index.ts';
import type { SalvagePreviewView } from '../../../shared/contract/recovery.ts';
import { m } from '../../../shared/messages/index.ts';
import type { App } from '../../app.svelte.ts';
import { notices } from '../../shell/notices.svelte.ts';

type Preview = NonNullable<Response<'recovery.choose-backup'>['preview']>;
type Work = 'choose' | 'restore' | 'check' | 'salvage' | 'copy';

export class RecoveryState {
  preview = $state.raw<Preview | null>(null);
  /** What keeping the whole part would leave out; null until somebody has asked. */
  salvaged = $state.raw<SalvagePreviewView | null>(null);
  /** What is being done; null while everything may be pressed. */
  working = $state<Work | null>(null);

  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  chooseBackup(): Promise<void> {
    return this.#do('choose', async () => {
      const reply = await this.#app.api.command('recovery.choose-backup', {});
      this.preview = reply.ok ? (reply.value.preview ?? this.preview) : null;
      if (!reply.ok) notices.refuse(reply.error);
    });
  }

  restore(): Promise<void> {
    return this.#do('restore', async () => {
      const reply = await this.#app.api.command('recovery.restore', {});
      if (reply.ok) await this.#workAgain(reply.value.length, m.ledger_recovery_restored);
      else notices.refuse(reply.error);
    });
  }

  previewSalvage(): Promise<void> {
    return this.#do('check', async () => {
      const reply = await this.#app.api.query('recovery.preview-salvage', {});
      this.salvaged = reply.ok ? reply.value.preview : null;
      if (!reply.ok) notices.refuse(reply.error);
    });
  }

  /** Only what was shown is done: main refuses where it is another number of entries by now. */
  salvage(): Promise<void> {
    const { salvaged } = this;
    if (salvaged === null) return Promise.resolve();
    return this.#do('salvage', async () => {
      const reply = await this.#app.api.command('recovery.salvage', { keeps: salvaged.keeps });
      if (reply.ok) await this.#workAgain(reply.value.length, m.ledger_recovery_salvaged);
      else {
        this.salvaged = null;
        notices.refuse(reply.error);
      }
    });
  }

  saveCopy(): Promise<void> {
    return this.#do('copy', async () => {
      const reply = await this.#app.api.command('recovery.save-copy', {});
      if (!reply.ok) notices.refuse(reply.error);
      else if (reply.value.path !== null) {
        const { path } = reply.value;
        notices.done('recovery', () => m.ledger_recovery_copied({ path }));
      }
    });
  }

  /** The working window appears, and with it the old notices go: what was done is told after that. */
  async #workAgain(count: number, words: (inputs: { count: number }) => string): Promise<void> {
    await this.#app.load();
    await tick();
    notices.done('recovery', () => words({ count }));
  }

  async #do(work: Work, task: () => Promise<void>): Promise<void> {
    if (this.working !== null) return;
    this.working = work;
    await task();
    this.working = null;
  }
}
