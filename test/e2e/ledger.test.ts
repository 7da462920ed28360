/** The Ledger screen in the real window: history under filters, one entry, the proof; both languages. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/lib/project.mjs';
import { EXIT_CODES } from '../../src/main/cli/exit-codes.ts';
import { goTo, resizeWindow, takeScreenshot, temporaryLedger, withWindow } from '../support/electron-app.ts';
import { runCommand } from '../support/electron-command.ts';

const pictures = join(root, 'test-results', 'ledger');

describe.each([
  {
    language: 'en',
    whole: /^Whole: [\d,]+ entries, head [0-9a-f]{4}…[0-9a-f]{4}$/,
    entered: / entered .+\.$/,
  },
  { language: 'zh', whole: /^完整：[\d,]+ 笔记录，末端哈希 [0-9a-f]{4}…[0-9a-f]{4}$/, entered: /录入 .+。$/ },
] as const)('the ledger in $language', ({ language, whole, entered }) => {
  it('is read under filters and proven', async () => {
    mkdirSync(pictures, { recursive: true });
    await withWindow({ sample: true, language }, async ({ electronApp, page }) => {
      await resizeWindow(electronApp, 1366, 768);
      await page.getByTestId('rail-ledger').click();
      const rows = page
        .getByTestId('ledger-entries')
        .getByRole('row')
        .filter({ has: page.getByRole('gridcell') });
      await rows.first().waitFor();
      const newest = await rows.first().textContent();
      await page.getByTestId('ledger-verify').click();
      await page.getByTestId('ledger-verdict').waitFor({ timeout: 60_000 });
      expect((await page.getByTestId('ledger-verdict').textContent())?.trim()).toMatch(whole);
      await takeScreenshot(page, join(pictures, `whole-${language}.png`));

      await page.getByTestId('ledger-kind').click();
      await page.getByTestId('ledger-kind-task-moved').click();
      await expect.poll(() => rows.first().textContent()).not.toBe(newest);
      await rows.first().click();
      const inspector = page.getByTestId('inspector');
      await inspector.waitFor();
      await takeScreenshot(page, join(pictures, `entry-${language}.png`));

      await page.getByTestId('ledger-only-task').click();
      await page.getByTestId('ledger-show-all').waitFor();
      await page.getByTestId('ledger-kind').click();
      await page.getByTestId('ledger-kind-all').click();
      await expect.poll(() => rows.allTextContents().then((texts) => texts.length)).toBeLessThan(15);
      const sentences = await rows.locator('[role="gridcell"]:last-child').allTextContents();
      expect(sentences.some((sentence) => entered.test(sentence))).toBe(true);

      await page.getByTestId('ledger-show-all').click();
      await expect.poll(() => rows.first().textContent()).toBe(newest);
      await page.getByTestId('ledger-day').fill('2026-13-01');
      await page.getByTestId('ledger-day').blur();
      await page.getByText(language === 'en' ? 'A day is written' : '日期写作').waitFor();
      await page.getByTestId('ledger-day').fill('2001-01-01');
      await page.getByTestId('ledger-day').blur();
      await page.getByTestId('ledger-none').waitFor();
    });
  });
});

it('opens on the history of one task by its link', async () => {
  await withWindow({ sample: true, language: 'en' }, async ({ page }) => {
    await goTo(page, 'ledger?task=nobody');
    await page.getByTestId('ledger-none').waitFor();
    expect(await page.getByTestId('ledger-show-all').isVisible()).toBe(true);
  });
});

it('is verified from the command line beside the window, and not rebuilt there', async () => {
  const ledger = temporaryLedger();
  try {
    await withWindow({ ledger: ledger.path, language: 'en' }, async () => {
      const args = ['--ledger', ledger.path, '--language', 'en'];
      const verified = await runCommand([...args, 'verify'], join(ledger.folder, 'profile'));
      expect({ code: verified.code, stderr: verified.stderr }).toEqual({ code: EXIT_CODES.done, stderr: '' });
      expect(verified.stdout).toMatch(/^Whole: 1 entry, head [0-9a-f]{4}…[0-9a-f]{4}\n$/);
      const rebuilt = await runCommand([...args, 'rebuild'], join(ledger.folder, 'profile'));
      expect(rebuilt.code).toBe(EXIT_CODES['ledger-busy']);
      expect(rebuilt.stdout).toBe('');
    });
  } finally {
    ledger.remove();
  }
});

it('saves a report from the command line beside the window, and says that it was not recorded', async () => {
  const ledger = temporaryLedger();
  const out = (name: string): string => join(ledger.folder, name);
  try {
    await withWindow({ ledger: ledger.path, sample: true, language: 'en' }, async () => {
      const args = ['--ledger', ledger.path, '--sample', '--language', 'en', 'export', '--period', '2026-11'];
      const profile = join(ledger.folder, 'profile');
      const pdf = await runCommand([...args, '--format', 'pdf', '--out', out('report.pdf')], profile);
      expect(pdf).toMatchObject({ code: EXIT_CODES.done, stderr: expect.stringMatching(/^Not recorded/) });
      expect(readFileSync(out('report.pdf'), 'latin1')).toMatch(/^%PDF-/);
      const named = ['--format', 'allocations', '--inside', '--identities', 'internal-audit'];
      const refused = await runCommand([...args, ...named, '--out', out('named.csv')], profile);
      expect(refused).toMatchObject({ code: EXIT_CODES['ledger-busy'], stdout: '' });
      expect(existsSync(out('named.csv'))).toBe(false);
    });
  } finally {
    ledger.remove();
  }
});
