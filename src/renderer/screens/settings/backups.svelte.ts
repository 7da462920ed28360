/** The planned backups: where, when, what came of the last one. Given the application; touches no DOM. */
import type { BackupPlanView } from '../../../shared/contract/clinic.ts';
import type { CommandName, Request } from '../../../shared/contract/index.ts';
import { m } from '../../../shared/messages/index.ts';
import type { App } from '../../app.svelte.ts';
import { parseClock } from '../../format/typed-time.ts';
import { notices } from '../../shell/notices.svelte.ts';

export class BackupsState {
  view = $state.raw<BackupPlanView | null>(null);
  isWorking = $state(false);
  isTimeWrong = $state(false);

  readonly plan = $derived.by(() => this.view?.plan ?? null);
  readonly isFolderGone = $derived.by(() => this.plan !== null && this.view?.files === null);

  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  async load(): Promise<void> {
    const reply = await this.#app.api.query('backup.plan', {});
    if (reply.ok) this.view = reply.value;
    else notices.refuse(reply.error);
  }

  chooseFolder(): Promise<void> {
    return this.#do('backup.choose-folder', {});
  }

  stop(): Promise<void> {
    return this.#do('backup.stop', {});
  }

  async now(): Promise<void> {
    this.isWorking = true;
    const reply = await this.#app.api.command('backup.now', {});
    notices.close('backup');
    if (!reply.ok) {
      if (reply.error.code !== 'folder-missing') notices.refuse(reply.error); // the section says that itself
    } else {
      const { path } = reply.value;
      notices.done('backup', () => m.settings_backup_done({ path }));
    }
    await this.load();
    this.isWorking = false;
  }

  /** @param typed  a time of day as people type it */
  async setTime(typed: string): Promise<void> {
    const minute = parseClock(typed);
    this.isTimeWrong = minute === null || minute >= 1440;
    if (this.isTimeWrong || minute === null || !this.plan) return;
    await this.#do('backup.set-time', { atMinute: minute, atClosing: this.plan.atClosing });
  }

  async setClosing(atClosing: boolean): Promise<void> {
    if (this.plan) await this.#do('backup.set-time', { atMinute: this.plan.atMinute, atClosing });
  }

  async #do<N extends CommandName>(channel: N, request: Request<N>): Promise<void> {
    this.isWorking = true;
    await this.#app.send(channel, request);
    await this.load();
    this.isWorking = false;
  }
}
