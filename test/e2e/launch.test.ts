/**
 * Starting and ending: the window in both languages, what it remembers, ledgers that cannot be opened, a second copy,
 * and the command line without any display. Exit codes are those of docs/command-line.md.
 */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWindow, type OpenedWindow } from '../../scripts/lib/app-window.mjs';
import { EXIT_CODES } from '../../src/main/cli/exit-codes.ts';
import { runCommand } from '../support/electron-command.ts';
import { inMain, temporaryLedger, withWindow, type TemporaryLedger } from '../support/electron-app.ts';

let ledger: TemporaryLedger;
beforeEach(() => {
  ledger = temporaryLedger();
});
afterEach(() => {
  ledger.remove();
});

const userData = (): string => join(ledger.folder, 'profile');

/** Closes the window and gives the process's exit code. */
async function exitCodeOf({ electronApp, close }: OpenedWindow): Promise<number | null> {
  const child = electronApp.process();
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await close();
  return exited;
}

describe('the window', () => {
  it.each([
    { language: 'en', menus: ['&File', '&Edit', '&View', '&Help'], title: 'Clinic Allocator' },
    { language: 'zh', menus: ['文件(&F)', '编辑(&E)', '视图(&V)', '帮助(&H)'], title: '诊所资源分配' },
  ] as const)('opens on first run in $language', async ({ language, menus, title }) => {
    await withWindow({ ledger: ledger.path, language }, async ({ electronApp, page }) => {
      const shown = await inMain(electronApp, ({ BrowserWindow, Menu }) => {
        const [window] = BrowserWindow.getAllWindows();
        return {
          title: window?.getTitle(),
          isVisible: window?.isVisible(),
          smallest: window?.getMinimumSize(),
          menus: Menu.getApplicationMenu()?.items.map(({ label }) => label),
        };
      });
      expect(shown).toEqual({ title, isVisible: true, smallest: [900, 600], menus });
      expect(await page.evaluate(() => document.documentElement.lang)).toMatch(new RegExp(`^${language}`));
    });
    expect(existsSync(ledger.path)).toBe(true);
  });

  it('ends with 0, and comes back where it was, in the language and theme that were chosen', async () => {
    const first = await openWindow({ ledger: ledger.path, userData: userData(), language: 'en' });
    await first.page.evaluate(async () => {
      const bridge = Reflect.get(globalThis, 'clinicAllocator') as {
        invoke(channel: string, request: unknown): Promise<unknown>;
      };
      await bridge.invoke('preference.set', { commandId: 'c-1', body: { locale: 'zh', theme: 'dark' } });
    });
    const bounds = { x: 40, y: 30, width: 1000, height: 650 };
    await inMain(
      first.electronApp,
      ({ BrowserWindow }, wanted) => {
        BrowserWindow.getAllWindows()[0]?.setBounds(wanted);
      },
      bounds,
    );
    await first.page.waitForTimeout(300);
    expect(await exitCodeOf(first)).toBe(EXIT_CODES.done);
    expect(readdirSync(ledger.folder)).toContain('preferences.json');

    await withWindow({ ledger: ledger.path, userData: userData() }, async ({ electronApp, page }) => {
      const again = await inMain(electronApp, ({ BrowserWindow, nativeTheme }) => {
        const [window] = BrowserWindow.getAllWindows();
        return { bounds: window?.getBounds(), title: window?.getTitle(), theme: nativeTheme.themeSource };
      });
      expect(again).toEqual({ bounds, title: '诊所资源分配', theme: 'dark' });
      expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
    });
  });

  it('sends what a menu item names', async () => {
    await withWindow({ ledger: ledger.path, language: 'en' }, async ({ electronApp, page }) => {
      await page.evaluate(() => {
        const bridge = Reflect.get(globalThis, 'clinicAllocator') as {
          on(event: string, listener: (payload: unknown) => void): () => void;
        };
        const told = new Promise((resolve) => bridge.on('menu.command', resolve));
        Reflect.set(globalThis, 'told', told);
      });
      await inMain(electronApp, ({ Menu }) =>
        Menu.getApplicationMenu()?.getMenuItemById('settings')?.click(),
      );
      const told = await page.evaluate(() => Reflect.get(globalThis, 'told') as Promise<unknown>);
      expect(told).toEqual({ name: 'settings' });
    });
  });

  it('says in About what it is not', async () => {
    await withWindow({ ledger: ledger.path, language: 'en' }, async ({ electronApp }) => {
      const about = await inMain(electronApp, async ({ dialog, Menu }) => {
        const shown: unknown[] = [];
        dialog.showMessageBox = (...asked: unknown[]) => {
          shown.push(asked.at(-1));
          return Promise.resolve({ response: 0, checkboxChecked: false });
        };
        Menu.getApplicationMenu()?.getMenuItemById('about')?.click();
        return shown;
      });
      expect(about).toHaveLength(1);
      expect(JSON.stringify(about)).toMatch(/Version \d.*It does not diagnose or triage\./);
    });
  });
});

describe('printing', () => {
  it('says that a page could not be printed, and prints the next one', async () => {
    const out = join(ledger.folder, 'report.pdf');
    await withWindow({ ledger: ledger.path, sample: true, language: 'en' }, async ({ electronApp, page }) => {
      await inMain(
        electronApp,
        ({ app, dialog }, filePath) => {
          dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
          app.once('web-contents-created', (_event, contents) => {
            contents.once('did-start-loading', () => contents.forcefullyCrashRenderer());
          });
        },
        out,
      );
      const exportPdf = (commandId: string): Promise<unknown> =>
        page.evaluate(async (id) => {
          const bridge = Reflect.get(globalThis, 'clinicAllocator') as {
            invoke(channel: string, request: unknown): Promise<string>;
          };
          const filters = { poolIds: null, subsystems: null };
          const period = { kind: 'month', from: '2026-11-01' };
          const body = { period, ...filters, format: 'pdf', locale: 'en', path: null };
          return JSON.parse(await bridge.invoke('report.export', { commandId: id, body })) as unknown;
        }, commandId);
      expect(await exportPdf('c-1')).toMatchObject({ ok: false, error: { code: 'print-failed' } });
      expect(existsSync(out)).toBe(false);
      expect(await exportPdf('c-2')).toMatchObject({ ok: true, value: { path: out } });
      expect(readFileSync(out, 'latin1')).toMatch(/^%PDF-/);
    });
  });
});

describe('a fault that nothing handled', () => {
  /** Stubs the dialog, which would wait for a person, and gives what it would have said with the exit code. */
  async function endBy(
    fault: 'exception' | 'crash',
  ): Promise<{ code: number | null; log: string; told: string }> {
    const { electronApp, close } = await openWindow({
      ledger: ledger.path,
      userData: userData(),
      language: 'en',
    });
    const child = electronApp.process();
    let told = '';
    child.stderr?.on('data', (text: Buffer) => (told += text.toString()));
    const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
    await inMain(
      electronApp,
      ({ BrowserWindow, dialog }, kind) => {
        dialog.showErrorBox = () => undefined;
        setTimeout(() => {
          if (kind === 'crash') BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
          else throw new TypeError('patient 张伟');
        });
      },
      fault,
    );
    const code = await exited;
    await close();
    return { code, told, log: readFileSync(join(userData(), 'logs', 'clinic-allocator.log'), 'utf8') };
  }

  it('ends the application, is told in both languages without a stack, and is logged without its message', async () => {
    const { code, told, log } = await endBy('exception');
    expect(code).toBe(EXIT_CODES.internal);
    expect(told).toContain('Something unexpected happened.');
    expect(told).toContain('发生了意外错误');
    expect(told).not.toMatch(/张伟|^\s+at /m);
    expect(log).toMatch(/"uncaught-exception","detail":"TypeError\\n +at /);
    expect(log).not.toContain('张伟');
  });

  it('ends the application when the page crashes', async () => {
    const { code, told, log } = await endBy('crash');
    expect(code).toBe(EXIT_CODES.internal);
    expect(told).toContain('The window could not be shown.');
    expect(log).toContain('page-gone');
  });
});

describe('a ledger that cannot be opened', () => {
  it('is told in the window, left as it is, and ends with its own exit code', async () => {
    writeFileSync(ledger.path, 'patients of another program');
    const window = await openWindow({ ledger: ledger.path, language: 'zh' });
    expect(await window.page.textContent('body')).toMatch(/\p{Script=Han}/u);
    expect(await exitCodeOf(window)).toBe(EXIT_CODES['not-a-ledger']);
    expect(readFileSync(ledger.path, 'utf8')).toBe('patients of another program');
  });

  it('is told when its folder is missing, and no folder is made', async () => {
    const folder = join(ledger.folder, 'gone');
    const window = await openWindow({ ledger: join(folder, 'clinic.ledger'), language: 'en' });
    expect(await exitCodeOf(window)).toBe(EXIT_CODES['folder-missing']);
    expect(existsSync(folder)).toBe(false);
  });

  it('is told when another copy has it open, and that copy goes on', async () => {
    await withWindow({ ledger: ledger.path, language: 'en' }, async ({ page }) => {
      const second = await openWindow({ ledger: ledger.path, language: 'en' });
      expect(await exitCodeOf(second)).toBe(EXIT_CODES['ledger-busy']);
      expect(await page.textContent('body')).not.toBe('');
    });
  });
});

/** A PDF that other programs read: tagged, numbered, drawn, saying where it comes from, like the page beside it. */
function expectPaper(path: string, html: string): void {
  if (!existsSync('/usr/bin/pdfinfo')) {
    console.log(
      'pdfinfo is not installed (apt-get install poppler-utils): the pages of the PDF were not read',
    );
    return;
  }
  const read = (tool: string, ...args: string[]): string =>
    execFileSync(`/usr/bin/${tool}`, args, { encoding: 'utf8' });
  const about = read('pdfinfo', path);
  expect(about).toMatch(/^Tagged: +yes$/m);
  const pages = Number(/^Pages: +(\d+)$/m.exec(about)?.[1]);
  expect(pages).toBeGreaterThan(5);
  expect(read('pdfimages', '-list', path).trim().split('\n'), 'charts are drawn, not pictures').toHaveLength(
    2,
  );
  const text = read('pdftotext', '-layout', path, '-');
  const feet = text.split('\f').slice(0, pages);
  feet.forEach((page, index) => expect(page).toContain(`第 ${index + 1} 页，共 ${pages} 页`));
  const words = (whole: string): string => whole.replaceAll(/\s+/g, '');
  const head = /[0-9a-f]{64}/.exec(text)?.[0] ?? 'no hash of the ledger';
  for (const item of [
    'Asia/Shanghai',
    '2026-10-01',
    '制表人',
    '完整度',
    '分组方式',
    '星期',
    '少于 5',
    '∫',
    head,
  ]) {
    expect(words(text), `PDF lacks ${item}`).toContain(words(item));
    if (item !== head) expect(words(html), `HTML lacks ${item}`).toContain(words(item));
  }
  // Counts of a few are not told, in both: a star stands in their cells.
  expect(text).toMatch(/\s\*\s/);
  expect(html).toMatch(/>\s*\*\s*</);
}

describe('the command line, without a display', () => {
  it('explains itself', async () => {
    const { code, stdout, stderr } = await runCommand(['help', '--language', 'en'], userData());
    expect({ code, stderr }).toEqual({ code: EXIT_CODES.done, stderr: '' });
    expect(stdout).toContain('Usage: clinic-allocator');
  });

  it('refuses what it does not understand, in both languages', async () => {
    const { code, stdout, stderr } = await runCommand(['--ledgr', ledger.path], userData());
    expect({ code, stdout }).toEqual({ code: EXIT_CODES.usage, stdout: '' });
    expect(stderr).toContain('Not understood: --ledgr');
    expect(stderr).toContain('无法识别：--ledgr');
  });

  const exportTo = (out: string, format: string): string[] => [
    ...['--ledger', ledger.path, '--sample', '--language', 'zh'],
    ...['export', '--period', '2026-10', '--format', format, '--group-by', 'weekday', '--out', out],
  ];

  it('exports the sample clinic to every format, and refuses in words what cannot be', async () => {
    const exported = async (format: string, ...more: string[]) => {
      const out = join(ledger.folder, `report.${format}`);
      return { out, ...(await runCommand([...exportTo(out, format), ...more], userData())) };
    };
    for (const format of ['csv', 'xlsx', 'json', 'pdf', 'html', 'fhir', 'allocations']) {
      const more = format === 'allocations' ? ['--inside'] : [];
      const { code, stdout, stderr, out } = await exported(format, ...more);
      expect({ code, stderr }, format).toEqual({ code: EXIT_CODES.done, stderr: '' });
      expect(stdout).toContain(out);
      expect(readFileSync(out).length).toBeGreaterThan(1000);
    }
    const refused = await exported('dhis2');
    expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code: EXIT_CODES.refused, stdout: '' });
    expect(refused.stderr).toMatch(/DHIS2.*“设置”.*“FHIR 与 DHIS2”/);
    expect(existsSync(refused.out)).toBe(false);
    const html = readFileSync(join(ledger.folder, 'report.html'), 'utf8');
    expectPaper(join(ledger.folder, 'report.pdf'), html);
    expect(html).toMatch(/^<!doctype html>\n<html lang="zh-CN"/);
    expect(html).not.toMatch(/(?:src|href)=|url\((?!["']?(?:#|data:))|<script/);
  });

  it('says when the file cannot be written', async () => {
    const { code, stdout } = await runCommand(
      exportTo(join(ledger.folder, 'gone', 'r.csv'), 'csv'),
      userData(),
    );
    expect({ code, stdout }).toEqual({ code: EXIT_CODES['not-written'], stdout: '' });
  });

  it('backs the sample up', async () => {
    const folder = join(ledger.folder, 'backups');
    mkdirSync(folder);
    const args = ['--ledger', ledger.path, '--sample', 'backup', '--out', folder];
    const { code, stderr } = await runCommand(args, userData());
    expect({ code, stderr }).toEqual({ code: EXIT_CODES.done, stderr: '' });
    expect(readdirSync(folder).length).toBeGreaterThan(1);
  });

  it('leaves a foreign file alone', async () => {
    writeFileSync(ledger.path, 'patients of another program');
    const args = ['--ledger', ledger.path, '--language', 'en', 'backup', '--out', ledger.folder];
    const { code, stderr } = await runCommand(args, userData());
    expect(code).toBe(EXIT_CODES['not-a-ledger']);
    expect(stderr).toContain('not a ledger');
    expect(readFileSync(ledger.path, 'utf8')).toBe('patients of another program');
  });
});
