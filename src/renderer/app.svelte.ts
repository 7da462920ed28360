/**
 * The application as the window knows it: what ledger it is on, who is at the desk, language and theme. One query,
 * `app.state`, asked again after every command here and whenever the ledger has grown.
 */
import type { Refusal } from '../shared/result.ts';
import type { Api } from './api.ts';
import { identifiers } from './format/identifiers.svelte.ts';
import { format } from './format/format.svelte.ts';
import { triage } from './format/triage.svelte.ts';
import { locale, localeOfSystem } from './locale.svelte.ts';
import { keepOpenDrafts } from './forms/kept-draft.svelte.ts';
import { notices } from './shell/notices.svelte.ts';
import { applyTheme } from './shell/theme.svelte.ts';
import { entering } from './ui/entering.svelte.ts';
import type { CommandName, Request } from '../shared/contract/index.ts';
import type { AppState } from '../shared/contract/clinic.ts';
import type { Locale } from '../shared/domain/local-text.ts';
import { m } from '../shared/messages/index.ts';
import type { StaffId } from '../shared/ids.ts';

export type Theme = AppState['theme'];

/** What the whole window shows. */
export type Stage = 'loading' | 'problem' | 'first-run' | 'working';

export class App {
  readonly api: Api;
  state = $state.raw<AppState | null>(null);
  /** True when first run could not tell the language and both are shown. */
  isLanguageOpen = $state(false);

  readonly stage: Stage = $derived.by(() => {
    if (!this.state) return 'loading';
    if (this.state.problem) return 'problem';
    return this.state.clinic ? 'working' : 'first-run';
  });
  readonly person = $derived(this.state?.person ?? null);
  readonly activeStaff = $derived(this.state?.staff.filter((member) => member.isActive) ?? []);

  constructor(api: Api) {
    this.api = api;
  }

  async load(): Promise<void> {
    const reply = await this.api.query('app.state', {});
    if (!reply.ok) {
      notices.refuse(reply.error);
      return;
    }
    if (this.state?.readOnly && this.#isWrittenAgain(reply.value))
      notices.done('ledger-read-only', () => m.shell_read_only_over());
    this.state = reply.value;
    const { clinic, foundTimeZone, systemTimeZone } = reply.value;
    format.timeZone = clinic?.timeZone ?? foundTimeZone ?? systemTimeZone;
    if (reply.value.clinic) triage.set(reply.value.clinic);
    entering.isPaused = reply.value.lookBack !== null;
    identifiers.pair = reply.value.identifiers;
    const known = reply.value.locale ?? localeOfSystem(navigator.languages);
    this.isLanguageOpen = known === null;
    locale.set(known ?? 'en');
    applyTheme(reply.value.theme);
  }

  #isWrittenAgain({ readOnly, problem, ledgerPath }: AppState): boolean {
    return readOnly === null && problem === null && ledgerPath === this.state?.ledgerPath;
  }

  /**
   * Sends a command and asks for the state again.
   * @param takes  whether a form says the refusal itself, at one of its fields
   * @returns whether it was accepted; a refusal has been told
   */
  async send<N extends CommandName>(
    channel: N,
    request: Request<N>,
    commandId?: string,
    takes: (refusal: Refusal) => boolean = () => false,
  ): Promise<boolean> {
    const reply = await this.api.command(channel, request, commandId);
    if (!reply.ok && !takes(reply.error)) notices.refuse(reply.error);
    await this.load();
    return reply.ok;
  }

  async setLocale(next: Locale): Promise<void> {
    await this.send('preference.set', { locale: next });
  }

  async setTheme(next: Theme): Promise<void> {
    await this.send('preference.set', { theme: next });
  }

  async switchPerson(staffId: StaffId): Promise<void> {
    keepOpenDrafts();
    if (await this.send('person.switch', { staffId })) notices.close('no-person');
  }
}
