/**
 * The application's presence on a desktop: its window, menu, dialogs, language and theme, and the printer. Holds what
 * the person at this machine prefers; knows nothing of clinics or ledgers.
 */
import { app, dialog, Menu, nativeTheme } from 'electron';
import type { BrowserWindow } from 'electron';
import { join } from 'node:path';
import type { Locale } from '../../shared/domain/local-text.ts';
import type { PrintJob } from '../../shared/domain/print-job.ts';
import { m } from '../../shared/messages/index.ts';
import { aboutText, type AboutFacts } from './about.ts';
import { openMainWindow, showsOpening } from './main-window.ts';
import { menuTemplate, type MenuCommand } from './menu.ts';
import type { Preferences, PreferenceStore } from './preferences.ts';
import { footerOf } from './print-footer.ts';
import { Printer } from './print.ts';
import { localeOfSystem } from './system-language.ts';
import { WindowRegister } from './window-register.ts';

type Theme = Preferences['theme'];

export interface DesktopOptions {
  readonly preferences: PreferenceStore;
  readonly preload: string;
  readonly about: AboutFacts;
  /** From the command line: hold for this run, until somebody chooses otherwise in the window. */
  readonly locale: Locale | null;
  readonly theme: Theme | null;
  readonly sendMenuCommand: (command: MenuCommand) => void;
  readonly reportFailure: (code: 'page-failed' | 'page-gone', reason: string) => void;
}

export class Desktop {
  readonly register = new WindowRegister();
  readonly printer: Printer<PrintJob>;
  readonly #options: DesktopOptions;
  #locale: Locale | null;
  #theme: Theme;
  #window: BrowserWindow | null = null;

  constructor(options: DesktopOptions) {
    const { preferences, preload } = options;
    this.#options = options;
    this.#locale =
      options.locale ?? preferences.current.locale ?? localeOfSystem(app.getPreferredSystemLanguages());
    this.#theme = options.theme ?? preferences.current.theme;
    this.printer = new Printer<PrintJob>({ preload, register: this.register, footerOf });
  }

  /** Null until somebody has chosen, on a system that speaks neither of our languages. */
  get locale(): Locale | null {
    return this.#locale;
  }

  get theme(): Theme {
    return this.#theme;
  }

  /** Whether the sample clinic was the last one open here. */
  get opensSample(): boolean {
    return this.#options.preferences.current.opensSample;
  }

  setOpensSample(opensSample: boolean): void {
    this.#options.preferences.change({ opensSample });
  }

  /** The system's printers by name; none while there is no window to ask. */
  async listPrinters(): Promise<string[]> {
    const printers = (await this.#window?.webContents.getPrintersAsync()) ?? [];
    return printers.map(({ name }) => name);
  }

  /** What is being printed, or null. */
  get printJob(): PrintJob | null {
    return this.printer.job;
  }

  setLook(look: { readonly locale?: Locale | undefined; readonly theme?: Theme | undefined }): void {
    this.#locale = look.locale ?? this.#locale;
    this.#theme = look.theme ?? this.#theme;
    this.#options.preferences.change({
      ...(look.locale === undefined ? {} : { locale: look.locale }),
      ...(look.theme === undefined ? {} : { theme: look.theme }),
    });
    this.#showLook();
  }

  /** @param onClosed  called once, after the window has gone */
  open(onClosed: () => void): void {
    this.#showLook();
    const { preferences, preload, reportFailure } = this.#options;
    const title = m.common_app_name({}, this.#words());
    this.#window = openMainWindow({
      preload,
      title,
      preferences,
      locale: this.#locale,
      register: this.register,
      reportFailure,
    });
    this.#window.on('closed', () => {
      this.#window = null;
      onClosed();
    });
  }

  /** Resolves when the window says that it is opening the ledger; at once where there is none. */
  async saysOpening(): Promise<void> {
    if (this.#window !== null) await showsOpening(this.#window);
  }

  /** The system's folder dialog; null when it was cancelled or there is no window to ask in. */
  async chooseFolder(): Promise<string | null> {
    if (this.#window === null) return null;
    const title = m.menu_choose_folder({}, this.#words());
    const { filePaths } = await dialog.showOpenDialog(this.#window, {
      title,
      properties: ['openDirectory', 'createDirectory'],
    });
    return filePaths[0] ?? null;
  }

  /** The system's dialog for a backup's ledger file; null as above. */
  async chooseBackup(): Promise<string | null> {
    if (this.#window === null) return null;
    const title = m.menu_choose_backup({}, this.#words());
    const { filePaths } = await dialog.showOpenDialog(this.#window, {
      title,
      filters: [{ name: title, extensions: ['backup'] }],
      properties: ['openFile'],
    });
    return filePaths[0] ?? null;
  }

  /** The system's save dialog; null as above. */
  async chooseSavePath(suggestedName: string): Promise<string | null> {
    if (this.#window === null) return null;
    const { canceled, filePath } = await dialog.showSaveDialog(this.#window, {
      title: m.menu_save_as({}, this.#words()),
      defaultPath: join(app.getPath('documents'), suggestedName),
    });
    return canceled ? null : filePath;
  }

  #words(): { locale: Locale } {
    return { locale: this.#locale ?? 'en' };
  }

  #showLook(): void {
    // The high-contrast colours are light ones; Chromium's own parts know no third kind.
    nativeTheme.themeSource = this.#theme === 'contrast' ? 'light' : this.#theme;
    const template = menuTemplate({
      ...this.#words(),
      platform: process.platform,
      hasDeveloperTools: !app.isPackaged,
      send: this.#options.sendMenuCommand,
      showAbout: () => void this.#showAbout(),
    });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
    this.#window?.setTitle(m.common_app_name({}, this.#words()));
  }

  async #showAbout(): Promise<void> {
    if (this.#window === null) return;
    const text = aboutText(this.#options.about, this.#words().locale);
    await dialog.showMessageBox(this.#window, {
      type: 'info',
      ...text,
      buttons: [m.menu_ok({}, this.#words())],
    });
  }
}
