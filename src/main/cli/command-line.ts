/**
 * What the process was asked to do: open the window, run one verb without any window, or say how it is used. Pure: the
 * same arguments always mean the same. Chromium's own switches (`--no-sandbox`, `--user-data-dir=…`) pass through
 * unread; anything else that is not understood is refused, so that a mistyped option is never silently ignored.
 */
import { CommanderError } from 'commander';
import { LOCALES, type Locale } from '../../shared/domain/local-text.ts';
import { buildProgram } from './program.ts';
import type { CommandLine, Notice } from './requests.ts';
import { verbIn, whatIsWrong } from './usage.ts';

const CHROMIUM_SWITCH =
  /^--(no-sandbox$|no-zygote$|user-data-dir=|ozone-platform|remote-debugging-|inspect|js-flags=|lang=|log-net-log|net-log-|log-level=|enable-|disable-|force-|use-|in-process-gpu$|headless)/;

/**
 * The arguments that are ours: what follows the executable, or, outside packages, the application's own folder.
 * @param argv  `process.argv` as Electron gives it
 */
export function ownArguments(argv: readonly string[], isPackaged: boolean): string[] {
  const given = argv.slice(1);
  const folderAt = isPackaged
    ? -1
    : given.findIndex((arg, at) => !arg.startsWith('-') && given[at - 1] !== '-r');
  const mine = isPackaged ? given : given.slice(folderAt === -1 ? given.length : folderAt + 1);
  return mine.filter((arg) => !CHROMIUM_SWITCH.test(arg) && !arg.startsWith('-psn_'));
}

/**
 * @param args              from `ownArguments`
 * @param currentDirectory  that relative paths start from
 */
export function parseCommandLine(args: readonly string[], currentDirectory: string): CommandLine {
  const chosen = languageIn(args);
  let parsed: CommandLine | null = null;
  const program = buildProgram(chosen ?? 'en', currentDirectory, (result) => {
    parsed = result;
  });
  try {
    program.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const locales = chosen === null ? LOCALES : [chosen];
    return error.exitCode === 0
      ? helpOf(args, locales, currentDirectory)
      : refusalOf(error, args, locales, currentDirectory);
  }
  if (parsed === null) throw new Error('the command line was parsed into nothing');
  return parsed;
}

function languageIn(args: readonly string[]): Locale | null {
  const at = args.findIndex((arg) => arg === '--language' || arg.startsWith('--language='));
  const value = args[at]?.includes('=') === true ? args[at].split('=')[1] : args[at + 1];
  return at === -1 ? null : (LOCALES.find((locale) => locale === value) ?? null);
}

/** Of the verb that is named, else of everything. */
function helpOf(args: readonly string[], locales: readonly Locale[], currentDirectory: string): Notice {
  const texts = locales.map((locale) =>
    verbIn(
      buildProgram(locale, currentDirectory, () => undefined),
      args,
    ).helpInformation(),
  );
  return { kind: 'help', text: texts.join('\n') };
}

/** Commander's own refusals are English; ours say what is wrong and what would be right, in the reader's language. */
function refusalOf(
  error: CommanderError,
  args: readonly string[],
  locales: readonly Locale[],
  currentDirectory: string,
): Notice {
  const lines = locales.map((locale) =>
    whatIsWrong(
      buildProgram(locale, currentDirectory, () => undefined),
      args,
      error,
      locale,
    ),
  );
  return { kind: 'usage-error', text: `${lines.join('\n')}\n` };
}
