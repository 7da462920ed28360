/** What the command palette offers besides tasks: screens, new work and actions, found by their words in both languages. */
import type { App } from '../app.svelte.ts';
import { SUBSYSTEM_IDS, type SubsystemId } from '../../shared/domain/subsystem.ts';
import { m } from '../../shared/messages/index.ts';
import * as named from '../../shared/messages/named/shell.ts';
import type { TaskRow } from '../../shared/contract/tasks.ts';
import { identityLine, stateWord } from '../format/task-words.ts';
import { WORKSPACES } from '../screens/workspace/definitions.ts';
import { locale, text } from '../locale.svelte.ts';
import { makeBackup } from './menu-commands.ts';
import { entering } from '../ui/entering.svelte.ts';
import { railGroups } from './rail-items.ts';
import { hrefOf, PAGES, workspaceHref } from './route.ts';
import { undoing } from './undoing.svelte.ts';

export interface PaletteEntry {
  readonly id: string;
  readonly label: string;
  /** Beside the label, muted: the patient and number of a task. */
  readonly detail?: string;
  /** At the far end, muted: the state of a task. */
  readonly aside?: string;
  /** The same in the other language, and what else it may be called. */
  readonly keywords: readonly string[];
  readonly shortcut?: string;
  /** It cannot be chosen now; `detail` says why. */
  readonly isUnavailable?: boolean;
  readonly run: () => void;
}

type Go = (href: string) => void;
const OTHER = { en: 'zh', zh: 'en' } as const;

/** Words that are asked for in a language of their own. */
type Words = (inputs?: Record<string, never>, options?: { locale: 'en' | 'zh' }) => string;

function entry(id: string, words: Words, run: () => void, shortcut?: string): PaletteEntry {
  const other = words({}, { locale: OTHER[locale.current] });
  return { id, label: words(), keywords: [other, id], run, ...(shortcut !== undefined && { shortcut }) };
}

/** What enters something is still found while nothing can be entered, and says why it cannot be chosen. */
function entryThatEnters(...given: Parameters<typeof entry>): PaletteEntry {
  const { reason } = entering;
  return reason === null ? entry(...given) : { ...entry(...given), detail: reason, isUnavailable: true };
}

export function screensOf(go: Go): PaletteEntry[] {
  const named = railGroups({}).flat();
  const unnamed = PAGES.filter((page) => !named.some(({ key }) => key === page));
  return [
    ...named.map(({ key, label, href }) => ({
      id: key,
      label,
      keywords: [otherLabel(key), ...fullNames(key), key],
      run: () => go(href),
    })),
    ...unnamed.map((page) => ({
      id: page,
      label: labelOf(page) || page,
      keywords: [page, otherLabel(page)],
      run: () => go(hrefOf(page)),
    })),
  ];
}

/** A workspace is found by the full name that stands over it and by the rail's short one, in both languages. */
const SUBSYSTEM_WORDS: Readonly<Record<SubsystemId, readonly Words[]>> = {
  records: [m.common_subsystem_records, m.common_subsystem_records_short] as Words[],
  imaging: [m.common_subsystem_imaging, m.common_subsystem_imaging_short] as Words[],
  insurance: [m.common_subsystem_insurance, m.common_subsystem_insurance_short] as Words[],
  research: [m.common_subsystem_research, m.common_subsystem_research_short] as Words[],
  monitoring: [m.common_subsystem_monitoring, m.common_subsystem_monitoring_short] as Words[],
};

function fullNames(key: string): string[] {
  const id = SUBSYSTEM_IDS.find((each) => `workspace-${each}` === key);
  if (!id) return [];
  return SUBSYSTEM_WORDS[id].flatMap((words) => [words({}, { locale: 'en' }), words({}, { locale: 'zh' })]);
}

/** Screens that the rail does not list, and what stands over them. */
const UNLISTED: Readonly<Record<string, Words>> = { pathways: m.pathways_title as Words };

/** Other screens are named by `shell_<key>`; one that has no such words is found by its key. */
function wordsOf(key: string): Words | null {
  const words: unknown = UNLISTED[key] ?? Reflect.get(named, `shell_${key.replace('workspace-', '')}`);
  return typeof words === 'function' ? (words as Words) : null; // a message without inputs
}

const labelOf = (key: string): string => wordsOf(key)?.() ?? '';
const otherLabel = (key: string): string => wordsOf(key)?.({}, { locale: OTHER[locale.current] }) ?? '';

export function tasksOf(rows: readonly TaskRow[], go: Go): PaletteEntry[] {
  return rows.map((row) => ({
    id: `task-${row.taskId}`,
    label: text(row.workKind),
    detail: `${identityLine(row)} ${row.reference ?? ''}`.trim(),
    aside: stateWord(row.state),
    keywords: [],
    run: () => go(workspaceHref(row.subsystem, { task: row.taskId })),
  }));
}

export function actionsOf(app: App, go: Go, showKeys: () => void): PaletteEntry[] {
  return [
    ...SUBSYSTEM_IDS.map((id) =>
      entryThatEnters(`new-${id}`, WORKSPACES[id].newTask as Words, () =>
        go(workspaceHref(id, { form: 'new' })),
      ),
    ),
    entryThatEnters('undo', m.shell_undo as Words, () => void undoing.undo(app.api), 'Ctrl+Z'),
    entry('day-list', m.today_list_open as Words, () => go(hrefOf('today', { list: 'today' }))),
    entryThatEnters('enter-times', m.today_times_open as Words, () =>
      go(hrefOf('today', { list: 'today', enter: 'times' })),
    ),
    entry('backup', m.menu_backup as Words, () => void makeBackup(app)),
    entry('language', m.shell_palette_language as Words, () => void app.setLocale(OTHER[locale.current])),
    entry('theme-light', m.shell_theme_light as Words, () => void app.setTheme('light')),
    entry('theme-dark', m.shell_theme_dark as Words, () => void app.setTheme('dark')),
    entry('theme-contrast', m.shell_theme_contrast as Words, () => void app.setTheme('contrast')),
    entry('keys', m.shell_keys as Words, showKeys, '?'),
  ];
}
