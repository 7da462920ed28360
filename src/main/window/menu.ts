/**
 * The window's menu bar, in the window's language. Items that the page has to act on travel as `menu.command` events
 * under the names below; everything else is Chromium's own role. Developer tools appear only outside packages.
 */
import type { MenuItemConstructorOptions } from 'electron';
import type { Locale } from '../../shared/domain/local-text.ts';
import { m } from '../../shared/messages/index.ts';

/** What the page may be asked to do. */
export const MENU_COMMANDS = [
  'new-task',
  'pathways',
  'whatif',
  'import',
  'reports',
  'backup',
  'settings',
  'timeline',
] as const;
export type MenuCommand = (typeof MENU_COMMANDS)[number];

export interface MenuOptions {
  readonly locale: Locale;
  readonly platform: NodeJS.Platform;
  readonly hasDeveloperTools: boolean;
  readonly send: (command: MenuCommand) => void;
  readonly showAbout: () => void;
}

export function menuTemplate(options: MenuOptions): MenuItemConstructorOptions[] {
  const isMac = options.platform === 'darwin';
  const menus = [fileMenu(options, isMac), editMenu(options), viewMenu(options), helpMenu(options, isMac)];
  return isMac ? [macMenu(options), ...menus] : menus;
}

function commandItem(
  options: MenuOptions,
  command: MenuCommand,
  label: string,
  accelerator?: string,
): MenuItemConstructorOptions {
  return {
    id: command,
    label,
    ...(accelerator === undefined ? {} : { accelerator }),
    click: () => {
      options.send(command);
    },
  };
}

function fileMenu(options: MenuOptions, isMac: boolean): MenuItemConstructorOptions {
  const words = { locale: options.locale };
  const quit: MenuItemConstructorOptions[] = isMac
    ? []
    : [{ type: 'separator' }, { role: 'quit', label: m.menu_quit({}, words) }];
  return {
    label: m.menu_file({}, words),
    submenu: [
      commandItem(options, 'new-task', m.menu_new_task({}, words), 'CmdOrCtrl+N'),
      commandItem(options, 'pathways', m.menu_pathway({}, words), 'CmdOrCtrl+Shift+N'),
      { type: 'separator' },
      commandItem(options, 'whatif', m.menu_whatif({}, words), 'CmdOrCtrl+Shift+W'),
      commandItem(options, 'import', m.menu_import({}, words)),
      commandItem(options, 'reports', m.menu_reports({}, words)),
      commandItem(options, 'backup', m.menu_backup({}, words)),
      { type: 'separator' },
      commandItem(options, 'settings', m.menu_settings({}, words), 'CmdOrCtrl+,'),
      ...quit,
    ],
  };
}

function editMenu({ locale }: MenuOptions): MenuItemConstructorOptions {
  const words = { locale };
  return {
    label: m.menu_edit({}, words),
    submenu: [
      { role: 'undo', label: m.menu_undo({}, words) },
      { role: 'redo', label: m.menu_redo({}, words) },
      { type: 'separator' },
      { role: 'cut', label: m.menu_cut({}, words) },
      { role: 'copy', label: m.menu_copy({}, words) },
      { role: 'paste', label: m.menu_paste({}, words) },
      { role: 'selectAll', label: m.menu_select_all({}, words) },
    ],
  };
}

function viewMenu(options: MenuOptions): MenuItemConstructorOptions {
  const { locale, hasDeveloperTools } = options;
  const words = { locale };
  const tools: MenuItemConstructorOptions[] = hasDeveloperTools
    ? [{ type: 'separator' }, { role: 'toggleDevTools', label: m.menu_developer_tools({}, words) }]
    : [];
  return {
    label: m.menu_view({}, words),
    submenu: [
      commandItem(options, 'timeline', m.menu_timeline({}, words), 'CmdOrCtrl+T'),
      { type: 'separator' },
      { role: 'zoomIn', label: m.menu_zoom_in({}, words) },
      { role: 'zoomOut', label: m.menu_zoom_out({}, words) },
      { role: 'resetZoom', label: m.menu_zoom_reset({}, words) },
      { type: 'separator' },
      { role: 'togglefullscreen', label: m.menu_full_screen({}, words) },
      ...tools,
    ],
  };
}

function aboutItem({ locale, showAbout }: MenuOptions): MenuItemConstructorOptions {
  return { id: 'about', label: m.menu_about({}, { locale }), click: showAbout };
}

function helpMenu(options: MenuOptions, isMac: boolean): MenuItemConstructorOptions {
  return {
    role: 'help',
    label: m.menu_help({}, { locale: options.locale }),
    submenu: isMac ? [] : [aboutItem(options)],
  };
}

/** The application's own menu, which macOS puts first and expects About and Quit in. */
function macMenu(options: MenuOptions): MenuItemConstructorOptions {
  const words = { locale: options.locale };
  return {
    label: m.common_app_name({}, words),
    submenu: [
      aboutItem(options),
      { type: 'separator' },
      { role: 'hide', label: m.menu_hide({}, words) },
      { type: 'separator' },
      { role: 'quit', label: m.menu_quit({}, words) },
    ],
  };
}
