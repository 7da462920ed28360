/** The report's workbook opened by an office suite: it converts to paper, and the words and figures are on it. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { TestApplication } from '../support/usecases/application.ts';

const SUITE = ['/usr/bin/soffice', '/usr/bin/libreoffice'].find((path) => existsSync(path));
const folder = mkdtempSync(join(tmpdir(), 'clinic-office-'));

afterAll(() => process.env['KEEP_OFFICE'] === undefined && rmSync(folder, { recursive: true, force: true }));

describe.each(['en', 'zh'] as const)('a report in %s', (locale) => {
  it('opens in an office suite with its pools and definitions', async (context) => {
    if (SUITE === undefined)
      return context.skip(
        'LibreOffice is not installed (apt-get install --no-install-recommends libreoffice-calc)',
      );
    if (!existsSync('/usr/bin/pdftotext'))
      return context.skip('pdftotext is not installed (apt-get install poppler-utils)');
    const app = await new TestApplication().open({ opensSample: true });
    const path = join(folder, `report-${locale}.xlsx`);
    const period = { kind: 'month', from: '2026-10-01' } as const;
    const whole = { period, poolIds: null, subsystems: null, grouping: 'weekday' } as const;
    await app.get('report.export', { ...whole, format: 'xlsx', locale, path });
    const { pools } = await app.get('pool.list', {});
    await app.close();
    execFileSync(SUITE, ['--headless', '--convert-to', 'pdf', '--outdir', folder, path], {
      timeout: 180_000,
    });
    const paper = path.replace('.xlsx', '.pdf');
    const text = execFileSync('/usr/bin/pdftotext', ['-layout', paper, '-'], { encoding: 'utf8' });
    const words = text.replaceAll(/\s+/g, '');
    const missing = pools
      .map(({ name }) => name[locale])
      .filter((name) => !words.includes(name.replaceAll(' ', '')));
    expect(missing).toEqual([]);
    expect(words).toContain(locale === 'en' ? 'Monday' : '星期一');
    expect(words, 'a column too narrow for its figure').not.toContain('###');
  });
});
