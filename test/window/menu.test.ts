/** The menu bar, About and the printed footer: both languages, nothing missing, nothing more. */
import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { aboutText } from '../../src/main/window/about.ts';
import { MENU_COMMANDS, menuTemplate, type MenuOptions } from '../../src/main/window/menu.ts';
import { footerOf, footerTemplate } from '../../src/main/window/print-footer.ts';
import { localeOfSystem } from '../../src/main/window/system-language.ts';
import { LOCALES } from '../../src/shared/domain/local-text.ts';

function template(changes: Partial<MenuOptions> = {}): MenuItemConstructorOptions[] {
  return menuTemplate({
    locale: 'en',
    platform: 'linux',
    hasDeveloperTools: false,
    send: () => undefined,
    showAbout: () => undefined,
    ...changes,
  });
}

function itemsOf(menus: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return menus.flatMap((menu) => [menu, ...(Array.isArray(menu.submenu) ? itemsOf(menu.submenu) : [])]);
}

describe('menu', () => {
  it('has File, Edit, View and Help in both languages', () => {
    expect(template().map(({ label }) => label)).toEqual(['&File', '&Edit', '&View', '&Help']);
    const chinese = template({ locale: 'zh' }).map(({ label }) => label);
    expect(chinese).toEqual(['文件(&F)', '编辑(&E)', '视图(&V)', '帮助(&H)']);
  });

  it.each(LOCALES)('names every item in %s, so that no word comes from Chromium', (locale) => {
    for (const item of itemsOf(template({ locale, hasDeveloperTools: true }))) {
      if (item.type !== 'separator') expect(item.label ?? '', item.role).not.toBe('');
    }
  });

  it('sends each command by its name', () => {
    const sent: string[] = [];
    const items = itemsOf(template({ send: (command) => sent.push(command) }));
    for (const { id, click } of items) {
      if (id !== undefined && id !== 'about') Reflect.apply(click ?? expect.unreachable(), undefined, []);
    }
    expect(sent).toEqual(MENU_COMMANDS);
  });

  it('offers developer tools only outside packages, and never a reload', () => {
    const roles = (hasDeveloperTools: boolean) =>
      itemsOf(template({ hasDeveloperTools })).map(({ role }) => role);
    expect(roles(false)).not.toContain('toggleDevTools');
    expect(roles(true)).toContain('toggleDevTools');
    expect(roles(true)).not.toContain('reload');
  });

  it('puts About and Quit into the application menu of macOS', () => {
    const [first, ...rest] = template({ platform: 'darwin' });
    expect(itemsOf([first ?? {}]).map(({ id, role }) => id ?? role)).toContain('about');
    expect(itemsOf(rest).map(({ id, role }) => id ?? role)).not.toContain('quit');
  });
});

describe('About', () => {
  const facts = { version: '1.2.3', runtimeFlavor: 'pinned', electronVersion: '45.4.1' };

  it('says the version, the runtime, and that it does not diagnose or triage', () => {
    const { detail } = aboutText(facts, 'en');
    expect(detail).toContain('Version 1.2.3\n');
    expect(detail).toContain('Electron 45.4.1');
    expect(detail).toContain('It does not diagnose or triage.');
    expect(aboutText(facts, 'zh').detail).toContain('不做诊断');
  });

  it.each(['1.2.3', '1.2.3+testruntime'])('marks a stand-in runtime once: %s', (version) => {
    const { detail } = aboutText({ ...facts, version, runtimeFlavor: 'testruntime' }, 'en');
    expect(detail).toContain('Version 1.2.3+testruntime\n');
    expect(detail).toContain('stand-in runtime');
  });
});

describe('printed footer', () => {
  const report = (fromDate: string, untilDate: string) => ({
    period: { fromDate, untilDate },
    provenance: { head: { hash: 'abcdef0123456789abcdef' } },
  });

  it('says the period with its last day, and the beginning of the hash', () => {
    expect(footerOf({ report: report('2026-11-01', '2026-12-01'), locale: 'en' })).toEqual({
      period: '2026-11-01 – 2026-11-30',
      ledgerHash: 'abcdef012345',
      locale: 'en',
    });
  });

  it('says one day once', () => {
    const { period } = footerOf({ report: report('2026-11-21', '2026-11-22'), locale: 'zh' });
    expect(period).toBe('2026-11-21');
  });

  it('refuses what is no report', () => {
    expect(() => footerOf({ report: {}, locale: 'en' })).toThrow();
  });

  it('leaves the page numbers to Chromium and escapes the rest', () => {
    const html = footerTemplate({ period: '<b>&"', ledgerHash: 'abc', locale: 'zh' });
    expect(html).toContain('&lt;b&gt;&amp;&quot;');
    expect(html).toContain('第 <span class="pageNumber"></span> 页，共 <span class="totalPages"></span> 页');
    expect(html).toContain('lang="zh-CN"');
  });
});

describe('localeOfSystem', () => {
  const cases = [
    { languages: ['zh-CN', 'en-US'], want: 'zh' },
    { languages: ['zh-Hant-TW'], want: 'zh' },
    { languages: ['en_GB.UTF-8'], want: 'en' },
    { languages: ['EN'], want: 'en' },
    { languages: ['fr-FR', 'en-US'], want: null },
    { languages: ['eng-x'], want: null },
    { languages: [], want: null },
  ];
  it.each(cases)('$languages: $want', ({ languages, want }) => {
    expect(localeOfSystem(languages)).toBe(want);
  });
});
