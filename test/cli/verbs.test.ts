/** What verbs ask, print and end with; and that the documented exit codes are the true ones. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { VerbRequest } from '../../src/main/cli/requests.ts';
import { EXIT_CODES, exitCodeOfRefusal } from '../../src/main/cli/exit-codes.ts';
import { runVerb, type VerbSurroundings } from '../../src/main/cli/verbs.ts';
import { LEDGER_PROBLEMS, type LedgerProblem } from '../../src/shared/contract/clinic.ts';
import type { BridgeRequest, CommandName, Reply } from '../../src/shared/contract/index.ts';
import { LOCALES, type Locale } from '../../src/shared/domain/local-text.ts';
import { accept, refuse, type Result } from '../../src/shared/result.ts';

const common = { ledgerPath: null, locale: null, theme: null, opensSample: false, isDemonstration: false };
const exported: VerbRequest = {
  kind: 'export',
  ...common,
  period: { kind: 'month', from: '2026-11-01' },
  format: 'csv',
  outPath: '/tmp/r.csv',
  poolIds: null,
  subsystems: ['imaging'],
  grouping: 'weekday',
  isForOutside: true,
  identities: null,
};
const backedUp: VerbRequest = { kind: 'backup', ...common, outFolder: '/usb' };

interface Given {
  readonly reply?: Result<unknown>;
  /** What making the file beside the window comes to; unless said otherwise not even reading is possible. */
  readonly beside?: Result<{ bytes: number }>;
  readonly problem?: LedgerProblem;
  readonly locale?: Locale;
}

async function run(
  request: VerbRequest,
  { reply = accept({}), beside = refuse('ledger-unavailable'), problem, locale = 'en' }: Given,
) {
  const asked: unknown[] = [];
  const besides: unknown[] = [];
  const printed: string[] = [];
  const surroundings: VerbSurroundings = {
    locale,
    problem: problem ?? null,
    exportBeside: (sent) => {
      besides.push(sent);
      return Promise.resolve(beside);
    },
    ask: <N extends CommandName>(channel: N, sent: BridgeRequest<N>) => {
      asked.push([channel, sent]);
      return Promise.resolve(reply as Reply<N>); // what the test gives
    },
    print: (line) => printed.push(`out: ${line}`),
    printError: (line) => printed.push(`err: ${line}`),
  };
  return { exit: await runVerb(request, surroundings), asked, besides, printed };
}

describe('export', () => {
  it('asks for the file with the language of the run and says what was written', async () => {
    const reply = accept({ path: '/tmp/r.csv', bytes: 512, rows: 9 });
    const { exit, asked, printed } = await run(exported, { reply, locale: 'zh' });
    expect(exit).toBe(EXIT_CODES.done);
    const body = {
      period: { kind: 'month', from: '2026-11-01' },
      format: 'csv',
      locale: 'zh',
      path: '/tmp/r.csv',
      poolIds: null,
      subsystems: ['imaging'],
      isForOutside: true,
      grouping: 'weekday',
      identities: null,
    };
    expect(asked).toEqual([['report.export', { commandId: expect.any(String), body }]]);
    expect(printed).toEqual(['out: 报表已写入：/tmp/r.csv（512 字节）']);
  });

  const refusals = [
    { code: 'file-not-writable', want: EXIT_CODES['not-written'] },
    { code: 'folder-missing', want: EXIT_CODES['not-written'] },
    { code: 'disk-full', want: EXIT_CODES['disk-full'] },
    { code: 'print-failed', want: EXIT_CODES.internal },
    { code: 'internal', want: EXIT_CODES.internal },
    { code: 'invalid-period', want: EXIT_CODES.refused },
    { code: 'no-person', want: EXIT_CODES.refused },
  ];
  it.each(refusals)('ends with $want for $code and says so on standard error', async ({ code, want }) => {
    const { exit, printed } = await run(exported, { reply: refuse(code) });
    expect(exit).toBe(want);
    expect(printed).toHaveLength(1);
    expect(printed[0]).toMatch(/^err: [A-Z]/);
  });
});

describe('what the window says by its own controls', () => {
  const cases = [
    { code: 'raw-stays-inside', params: {}, want: ['--inside', '--inside'] },
    { code: 'unknown-pool', params: { poolId: 'ct-9' }, want: ['ct-9', 'ct-9'] },
  ];
  it.each(cases)('$code is said by the option', async ({ code, params, want }) => {
    const said = await Promise.all(
      (['en', 'zh'] as const).map((locale) => run(exported, { reply: refuse(code, params), locale })),
    );
    said.forEach(({ exit, printed }, index) => {
      expect(exit).toBe(EXIT_CODES.refused);
      expect(printed[0]).toContain(want[index]);
    });
  });
});

describe('export from a ledger that cannot be written now', () => {
  it.each(['ledger-busy', 'ledger-read-only', 'disk-full'] as const)(
    'makes the file at %s, and says that it was not recorded',
    async (problem) => {
      const { exit, asked, besides, printed } = await run(exported, {
        problem,
        beside: accept({ bytes: 7 }),
      });
      expect({ exit, asked }).toEqual({ exit: EXIT_CODES.done, asked: [] });
      expect(besides).toMatchObject([{ path: '/tmp/r.csv', subsystems: ['imaging'], isForOutside: true }]);
      expect(printed).toEqual([
        'err: Not recorded in the ledger: it cannot be written while this file is made.',
        'out: Report written: /tmp/r.csv (7 bytes)',
      ]);
    },
  );

  it('names nobody without a record of it', async () => {
    const beside = refuse('identities-need-the-ledger');
    const { exit, printed } = await run(exported, { problem: 'ledger-busy', beside });
    expect(exit).toBe(EXIT_CODES['ledger-busy']);
    expect(printed).toEqual([expect.stringMatching(/^err: Naming patients has to be recorded/)]);
  });

  it('says what the file itself was refused for', async () => {
    const beside = refuse('folder-missing');
    expect((await run(exported, { problem: 'ledger-busy', beside })).exit).toBe(EXIT_CODES['not-written']);
  });
});

describe('backup', () => {
  it('says where the backup is', async () => {
    const { exit, asked, printed } = await run(backedUp, { reply: accept({ path: '/usb/b.ledger' }) });
    expect(exit).toBe(EXIT_CODES.done);
    expect(asked).toEqual([['backup.make', { commandId: expect.any(String), body: {} }]]);
    expect(printed).toEqual(['out: Backup made and verified: /usb/b.ledger']);
  });
});

describe('a ledger with a problem', () => {
  const cases = LOCALES.flatMap((locale) => LEDGER_PROBLEMS.map((problem) => ({ locale, problem })));
  it.each(cases)('$problem in $locale: says it and asks nothing', async ({ locale, problem }) => {
    const { exit, asked, printed } = await run(exported, { problem, locale });
    expect(exit).toBe(EXIT_CODES[problem]);
    expect(asked).toEqual([]);
    expect(printed).toHaveLength(1);
    expect(/\p{Script=Han}/u.test(printed[0] ?? '')).toBe(locale === 'zh');
  });
});

describe('exit codes', () => {
  it('are all different', () => {
    expect(new Set(Object.values(EXIT_CODES)).size).toBe(Object.keys(EXIT_CODES).length);
  });

  it('are documented with their numbers', () => {
    const page = readFileSync(new URL('../../docs/command-line.md', import.meta.url), 'utf8');
    const rows = [...page.matchAll(/^\| (\d+) +\| `([a-z-]+)` +\|/gm)].map(([, code, name]) => [
      name,
      Number(code),
    ]);
    expect(Object.fromEntries(rows)).toEqual(EXIT_CODES);
  });

  it('tell refusals that a script can act on from the others', () => {
    expect(exitCodeOfRefusal('ledger-read-only')).toBe(EXIT_CODES['ledger-read-only']);
    expect(exitCodeOfRefusal('anything-else')).toBe(EXIT_CODES.refused);
  });
});
