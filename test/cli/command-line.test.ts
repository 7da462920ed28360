/** What the process understands, and what it says of the rest. */
import { describe, expect, it } from 'vitest';
import { ownArguments, parseCommandLine } from '../../src/main/cli/command-line.ts';
import { needsHeadlessRun } from '../../src/main/cli/headless.ts';
import { readPeriod } from '../../src/main/cli/period.ts';

const parse = (line: string) => parseCommandLine(line === '' ? [] : line.split(' '), '/work');

describe('ownArguments', () => {
  const cases = [
    { name: 'a package', argv: ['/opt/app', '--sample'], isPackaged: true, want: ['--sample'] },
    {
      name: 'electron on a folder',
      argv: ['electron', '.', '--sample'],
      isPackaged: false,
      want: ['--sample'],
    },
    {
      name: "a test driver's own arguments",
      argv: [
        'electron',
        '--inspect=0',
        '--remote-debugging-port=0',
        '-r',
        '/x.js',
        '/app',
        '--no-sandbox',
        'export',
      ],
      isPackaged: false,
      want: ['export'],
    },
    {
      name: "Chromium's switches",
      argv: [
        '/opt/app',
        '--no-sandbox',
        '--user-data-dir=/tmp/x',
        '--ozone-platform=headless',
        '--log-net-log=/n',
      ],
      isPackaged: true,
      want: [],
    },
    { name: 'a mistyped option', argv: ['/opt/app', '--no-sandbx'], isPackaged: true, want: ['--no-sandbx'] },
    { name: 'electron on nothing', argv: ['electron'], isPackaged: false, want: [] },
  ];
  it.each(cases)('of $name', ({ argv, isPackaged, want }) => {
    expect(ownArguments(argv, isPackaged)).toEqual(want);
  });
});

describe('parseCommandLine', () => {
  const common = { ledgerPath: null, locale: null, theme: null, opensSample: false, isDemonstration: false };
  const understood = [
    { line: '', want: { kind: 'window', ...common } },
    {
      line: '--ledger a/b.ledger --language zh --theme dark --sample',
      want: {
        kind: 'window',
        ledgerPath: '/work/a/b.ledger',
        locale: 'zh',
        theme: 'dark',
        opensSample: true,
        isDemonstration: false,
      },
    },
    { line: '--demo', want: { kind: 'window', ...common, opensSample: true, isDemonstration: true } },
    {
      line: 'export --period 2026-11 --format pdf --out r.pdf --language=en',
      want: {
        kind: 'export',
        ...common,
        locale: 'en',
        period: { kind: 'month', from: '2026-11-01' },
        format: 'pdf',
        outPath: '/work/r.pdf',
        poolIds: null,
        subsystems: null,
        grouping: null,
        isForOutside: true,
        identities: null,
      },
    },
    {
      line: 'export --period 2026-11 --format allocations --out r.csv --pool ct,mri --pool xr --subsystem imaging --group-by work-kind --inside --identities internal-audit',
      want: {
        kind: 'export',
        ...common,
        period: { kind: 'month', from: '2026-11-01' },
        format: 'allocations',
        outPath: '/work/r.csv',
        poolIds: ['ct', 'mri', 'xr'],
        subsystems: ['imaging'],
        grouping: 'work-kind',
        isForOutside: false,
        identities: 'internal-audit',
      },
    },
    {
      line: '--ledger /l backup --out /usb --sample',
      want: { kind: 'backup', ...common, ledgerPath: '/l', opensSample: true, outFolder: '/usb' },
    },
    { line: 'verify --sample', want: { kind: 'verify', ...common, opensSample: true } },
    { line: '--ledger /l rebuild', want: { kind: 'rebuild', ...common, ledgerPath: '/l' } },
    {
      line: 'restore --from usb/b.backup',
      want: { kind: 'restore', ...common, backup: '/work/usb/b.backup', isConfirmed: false },
    },
    {
      line: 'restore --yes --from /b',
      want: { kind: 'restore', ...common, backup: '/b', isConfirmed: true },
    },
    { line: 'recover', want: { kind: 'recover', ...common, isConfirmed: false } },
    {
      line: 'recover --yes --ledger /l',
      want: { kind: 'recover', ...common, ledgerPath: '/l', isConfirmed: true },
    },
  ];
  it.each(understood)('understands "$line"', ({ line, want }) => {
    expect(parse(line)).toEqual(want);
  });

  const refused = [
    { line: '--languge zh', want: 'Not understood: --languge.' },
    {
      line: '--language fr',
      want: '--language <code> cannot be fr. What it takes: language of the window, or of the report: en, zh.',
    },
    {
      line: 'exprt',
      want: 'There is no verb exprt. There are: export, backup, verify, rebuild, restore, recover.',
    },
    { line: 'export now --period 2026 --format csv --out x', want: 'Not understood: now.' },
    {
      line: 'export --format csv --out x',
      want: 'Missing: --period <period> (YYYY, YYYY-Q1, YYYY-MM, YYYY-MM-DD or YYYY-MM-DD..YYYY-MM-DD).',
    },
    {
      line: 'export --period 2026-13 --format csv --out x',
      want: '--period <period> cannot be 2026-13. What it takes: YYYY, YYYY-Q1, YYYY-MM, YYYY-MM-DD or YYYY-MM-DD..YYYY-MM-DD.',
    },
    {
      line: 'export --period 2026 --format doc --out x',
      want: '--format <format> cannot be doc. What it takes: kind of file: xlsx, pdf, html, csv, json, fhir, dhis2, allocations.',
    },
    {
      line: 'export --period 2026 --format csv --out x --subsystem lab',
      want: '--subsystem <name> cannot be lab. What it takes: only this subsystem (records, imaging, insurance, research, monitoring); several with commas.',
    },
    {
      line: 'export --period 2026 --format csv --out x --group-by shift',
      want: '--group-by <grouping> cannot be shift.',
    },
    {
      line: 'export --period 2026 --format allocations --out x --inside --identities curiosity',
      want: '--identities <reason> cannot be curiosity.',
    },
    { line: 'export --period 2026 --format csv', want: 'Missing: --out <file> (' },
    {
      line: 'export --period 2026 --out x',
      want: 'Missing: --format <format> (kind of file: xlsx, pdf, html',
    },
    { line: 'export --period 2026 --format csv --out x --outside', want: 'Not understood: --outside.' },
    { line: 'export --period 2026 --format csv --outt x', want: 'Not understood: --outt.' },
    { line: 'export --period 2026 --format=csv --file=x', want: 'Not understood: --file=x.' },
    { line: 'backup', want: 'Missing: --out <folder> (folder for the backup).' },
    { line: 'restore --yes', want: 'Missing: --from <backup> (backup to restore (its key file beside it)).' },
    { line: 'verify now', want: 'Not understood: now.' },
    { line: '--ledger', want: 'Missing: --ledger <file> (' },
  ];
  it.each(refused)('says in both languages what is wrong with "$line"', ({ line, want }) => {
    const notice = parse(line);
    expect(notice.kind).toBe('usage-error');
    const [english = '', chinese = ''] = 'text' in notice ? notice.text.split('\n') : [];
    expect(english).toContain(want);
    expect(english).toMatch(/ "clinic-allocator help( export| backup| verify| restore)?" shows more\.$/);
    expect(chinese).toMatch(/(无法识别|缺少|不能是|没有动词).+。详见 “clinic-allocator help.*”。$/);
  });

  it.each(['help export', 'export --help', 'export -h'])('explains one verb for %s', (line) => {
    const notice = parse(
      `${line} --language zh`.replace('help export --language zh', '--language zh help export'),
    );
    expect(notice.kind).toBe('help');
    const text = 'text' in notice ? notice.text : '';
    expect(text).toContain('--period <period>');
    expect(text).toMatch(/xlsx, pdf, html, csv, json, fhir, dhis2,\s+allocations/);
    expect(text).toContain('--ledger <file>');
    expect(text).toContain('用法： clinic-allocator export [选项]');
    expect(text).not.toContain('choices');
  });

  it.each(['help', '--help', '-h'])('explains itself in both languages for %s', (line) => {
    const notice = parse(line);
    expect(notice.kind).toBe('help');
    expect('text' in notice ? notice.text : '').toMatch(
      /Usage: clinic-allocator[\s\S]+用法： clinic-allocator/,
    );
  });

  it('explains itself in one language when that was asked for', () => {
    const notice = parse('--language zh help');
    expect('text' in notice ? notice.text : '').not.toContain('Usage:');
  });
});

describe('readPeriod', () => {
  const cases = [
    { text: '2026', want: { kind: 'year', from: '2026-01-01' } },
    { text: '2026-Q3', want: { kind: 'quarter', from: '2026-07-01' } },
    { text: '2026-11', want: { kind: 'month', from: '2026-11-01' } },
    { text: '2024-02-29', want: { kind: 'day', from: '2024-02-29' } },
    { text: '2026-12-30..2026-12-31', want: { kind: 'custom', from: '2026-12-30', until: '2027-01-01' } },
    { text: '2026-11-03..2026-11-03', want: { kind: 'custom', from: '2026-11-03', until: '2026-11-04' } },
    { text: '2026-02-29', want: null },
    { text: '2026-13', want: null },
    { text: '2026-Q5', want: null },
    { text: '2026-11-04..2026-11-03', want: null },
    { text: '2026-11-03..', want: null },
    { text: '2026..2027', want: null },
    { text: 'last month', want: null },
    { text: '', want: null },
  ];
  it.each(cases)('"$text"', ({ text, want }) => {
    expect(readPeriod(text)).toEqual(want);
  });
});

describe('needsHeadlessRun', () => {
  it('is asked for once, and only on Linux', () => {
    expect(needsHeadlessRun('linux', ['app', 'export'])).toBe(true);
    expect(needsHeadlessRun('linux', ['app', '--ozone-platform=headless', 'export'])).toBe(false);
    expect(needsHeadlessRun('win32', ['app', 'export'])).toBe(false);
  });
});
