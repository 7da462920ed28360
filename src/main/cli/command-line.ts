/**
 * What the process was asked to do: open the window, run one verb without any window, or say how it is used. Pure: the
 * same arguments always mean the same. Chromium's own switches (`--no-sandbox`, `--user-data-dir=…`) pass through
 * unread; anything else that is not understood is refused, so that a mistyped option is never silently ignored.
 */
import { resolve } from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { THEMES } from '../../shared/contract/clinic.ts';
import { LOCALES, type Locale } from '../../shared/domain/local-text.ts';
import {
  EXPORT_FORMATS,
  IDENTITY_REASONS,
  type ExportFormat,
  type IdentityReason,
  type PeriodChoice,
} from '../../shared/domain/report.ts';
import { GROUPINGS, type Grouping } from '../../shared/domain/report-grouping.ts';
import { SUBSYSTEM_IDS, type SubsystemId } from '../../shared/domain/subsystem.ts';
import { isId, poolId, type PoolId } from '../../shared/ids.ts';
import { m } from '../../shared/messages/index.ts';
import { readPeriod } from './period.ts';

export interface CommonOptions {
  /** Absolute path given with `--ledger`, or null for this machine's own. */
  readonly ledgerPath: string | null;
  readonly locale: Locale | null;
  readonly theme: (typeof THEMES)[number] | null;
  readonly opensSample: boolean;
  /** The sample clinic's clock begins at its demonstration: Wednesday 10:20. Only with the sample. */
  readonly isDemonstration: boolean;
}

export interface WindowRequest extends CommonOptions {
  readonly kind: 'window';
}

export interface ExportRequest extends CommonOptions {
  readonly kind: 'export';
  readonly period: PeriodChoice;
  readonly format: ExportFormat;
  /** Absolute. */
  readonly outPath: string;
  /** Null: every pool, all five subsystems. */
  readonly poolIds: readonly PoolId[] | null;
  readonly subsystems: readonly SubsystemId[] | null;
  /** Null: by pool. */
  readonly grouping: Grouping | null;
  /** Counts of few persons are left out; the careful choice where nothing is said. */
  readonly isForOutside: boolean;
  /** Why patients are named; null: nobody is. */
  readonly identities: IdentityReason | null;
}

export interface BackupRequest extends CommonOptions {
  readonly kind: 'backup';
  /** Absolute. */
  readonly outFolder: string;
}

export interface VerifyRequest extends CommonOptions {
  readonly kind: 'verify';
}

export interface RebuildRequest extends CommonOptions {
  readonly kind: 'rebuild';
}

export interface RestoreRequest extends CommonOptions {
  readonly kind: 'restore';
  /** The backup's ledger file; absolute. */
  readonly backup: string;
  /** Without it nothing is changed: what would be lost is said. */
  readonly isConfirmed: boolean;
}

export interface RecoverRequest extends CommonOptions {
  readonly kind: 'recover';
  /** Without it nothing is changed: what would be left out is said. */
  readonly isConfirmed: boolean;
}

/** Work in the ledger, as the person at the desk; a backup only of the sample, which is made on first use. */
export type VerbRequest = ExportRequest | BackupRequest;
/** Work on the ledger's file, without the application. */
export type CareRequest = VerifyRequest | RebuildRequest | RestoreRequest | RecoverRequest | BackupRequest;

/** Text for standard output (`help`) or standard error (`usage-error`). */
export interface Notice {
  readonly kind: 'help' | 'usage-error';
  readonly text: string;
}

export type CommandLine = WindowRequest | VerbRequest | CareRequest | Notice;

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
    return error.exitCode === 0 ? helpIn(locales, currentDirectory) : refusalOf(error, args, locales);
  }
  if (parsed === null) throw new Error('the command line was parsed into nothing');
  return parsed;
}

function languageIn(args: readonly string[]): Locale | null {
  const at = args.findIndex((arg) => arg === '--language' || arg.startsWith('--language='));
  const value = args[at]?.includes('=') === true ? args[at].split('=')[1] : args[at + 1];
  return at === -1 ? null : (LOCALES.find((locale) => locale === value) ?? null);
}

function helpIn(locales: readonly Locale[], currentDirectory: string): Notice {
  const texts = locales.map((locale) =>
    buildProgram(locale, currentDirectory, () => undefined).helpInformation(),
  );
  return { kind: 'help', text: texts.join('\n') };
}

/**
 * Commander's own refusals are English; ours name the words that were not understood, in the reader's language.
 * @param args  all of them, for refusals that quote none
 */
function refusalOf(error: CommanderError, args: readonly string[], locales: readonly Locale[]): Notice {
  const quoted = error.code === 'commander.excessArguments' ? /: (.+?)\.?$/ : /'([^']+)'/;
  const words = quoted.exec(error.message)?.[1] ?? args.join(' ');
  const isMissing =
    error.code.startsWith('commander.missing') || error.code === 'commander.optionMissingArgument';
  const lines = locales.map((locale) =>
    isMissing ? m.menu_cli_missing({ words }, { locale }) : m.menu_cli_not_understood({ words }, { locale }),
  );
  return { kind: 'usage-error', text: `${lines.join('\n')}\n` };
}

type Report = (result: CommandLine) => void;

interface GlobalValues {
  readonly ledger?: string;
  readonly language?: Locale;
  readonly theme?: CommonOptions['theme'];
  readonly sample?: boolean;
  readonly demo?: boolean;
}

function buildProgram(locale: Locale, currentDirectory: string, report: Report): Command {
  const words = { locale };
  const program = new Command('clinic-allocator')
    .description(m.menu_cli_about({}, words))
    .helpOption('-h, --help', m.menu_cli_help({}, words))
    .helpCommand('help', m.menu_cli_help({}, words))
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeOut: () => undefined, writeErr: () => undefined })
    .configureHelp({ styleTitle: (title) => helpTitle(title, locale) })
    .addOption(new Option('--ledger <file>', m.menu_cli_ledger({}, words)))
    .addOption(new Option('--language <code>', m.menu_cli_language({}, words)).choices(LOCALES))
    .addOption(new Option('--theme <name>', m.menu_cli_theme({}, words)).choices(THEMES))
    .addOption(new Option('--sample', m.menu_cli_sample({}, words)))
    .addOption(new Option('--demo', m.menu_cli_demo({}, words)));
  const common = (): CommonOptions => {
    const { ledger, language, theme, sample, demo } = program.opts<GlobalValues>();
    return {
      ledgerPath: ledger === undefined ? null : resolve(currentDirectory, ledger),
      locale: language ?? null,
      theme: theme ?? null,
      opensSample: sample === true || demo === true,
      isDemonstration: demo === true,
    };
  };
  program.action(() => {
    report({ kind: 'window', ...common() });
  });
  addExport(program, { locale, currentDirectory, common, report });
  addBackup(program, { locale, currentDirectory, common, report });
  addCare(program, { locale, currentDirectory, common, report });
  return program;
}

interface VerbParts {
  readonly locale: Locale;
  readonly currentDirectory: string;
  readonly common: () => CommonOptions;
  readonly report: Report;
}

function addExport(program: Command, { locale, currentDirectory, common, report }: VerbParts): void {
  const words = { locale };
  program
    .command('export')
    .description(m.menu_cli_export({}, words))
    .helpOption('-h, --help', m.menu_cli_help({}, words))
    .addOption(
      new Option('--period <period>', m.menu_cli_period({}, words))
        .argParser(periodArgument)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--format <format>', m.menu_cli_format({}, words))
        .choices(EXPORT_FORMATS)
        .makeOptionMandatory(),
    )
    .addOption(new Option('--out <file>', m.menu_cli_out_file({}, words)).makeOptionMandatory())
    .addOption(new Option('--pool <id>', m.menu_cli_pool({}, words)).argParser(poolArgument))
    .addOption(
      new Option(
        '--subsystem <name>',
        m.menu_cli_subsystem({ names: SUBSYSTEM_IDS.join(', ') }, words),
      ).argParser(subsystemArgument),
    )
    .addOption(new Option('--group-by <grouping>', m.menu_cli_group_by({}, words)).choices(GROUPINGS))
    .addOption(new Option('--inside', m.menu_cli_inside({}, words)))
    .addOption(
      new Option('--identities <reason>', m.menu_cli_identities({}, words)).choices(IDENTITY_REASONS),
    )
    .action((values: ExportValues) => {
      const { period, format, out, pool = null, subsystem = null, inside, identities = null } = values;
      const outPath = resolve(currentDirectory, out);
      const filters = { poolIds: pool, subsystems: subsystem, grouping: values.groupBy ?? null };
      report({
        kind: 'export',
        ...common(),
        period,
        format,
        outPath,
        ...filters,
        isForOutside: inside !== true,
        identities,
      });
    });
}

interface ExportValues {
  readonly period: PeriodChoice;
  readonly format: ExportFormat;
  readonly out: string;
  readonly pool?: readonly PoolId[];
  readonly subsystem?: readonly SubsystemId[];
  readonly groupBy?: Grouping;
  readonly inside?: boolean;
  readonly identities?: IdentityReason;
}

/** Given several times, or with commas. */
function poolArgument(text: string, before: readonly PoolId[] = []): PoolId[] {
  const ids = text.split(',').map((id) => id.trim());
  if (!ids.every(isId)) throw new InvalidArgumentError('');
  return [...new Set([...before, ...ids.map((id) => poolId(id))])];
}

function subsystemArgument(text: string, before: readonly SubsystemId[] = []): SubsystemId[] {
  const asked = text.split(',').map((name) => SUBSYSTEM_IDS.find((id) => id === name.trim()));
  if (asked.includes(undefined)) throw new InvalidArgumentError('');
  return SUBSYSTEM_IDS.filter((id) => before.includes(id) || asked.includes(id));
}

function addBackup(program: Command, { locale, currentDirectory, common, report }: VerbParts): void {
  const words = { locale };
  program
    .command('backup')
    .description(m.menu_cli_backup({}, words))
    .helpOption('-h, --help', m.menu_cli_help({}, words))
    .addOption(new Option('--out <folder>', m.menu_cli_out_folder({}, words)).makeOptionMandatory())
    .action(({ out }: { out: string }) => {
      report({ kind: 'backup', ...common(), outFolder: resolve(currentDirectory, out) });
    });
}

function addCare(program: Command, { locale, currentDirectory, common, report }: VerbParts): void {
  const words = { locale };
  const add = (name: string, description: string): Command =>
    program.command(name).description(description).helpOption('-h, --help', m.menu_cli_help({}, words));
  add('verify', m.menu_cli_verify({}, words)).action(() => {
    report({ kind: 'verify', ...common() });
  });
  add('rebuild', m.menu_cli_rebuild({}, words)).action(() => {
    report({ kind: 'rebuild', ...common() });
  });
  add('restore', m.menu_cli_restore({}, words))
    .addOption(new Option('--from <backup>', m.menu_cli_from({}, words)).makeOptionMandatory())
    .addOption(new Option('--yes', m.menu_cli_yes({}, words)))
    .action(({ from, yes }: { from: string; yes?: boolean }) => {
      const backup = resolve(currentDirectory, from);
      report({ kind: 'restore', ...common(), backup, isConfirmed: yes === true });
    });
  add('recover', m.menu_cli_recover({}, words))
    .addOption(new Option('--yes', m.menu_cli_recover_yes({}, words)))
    .action(({ yes }: { yes?: boolean }) => {
      report({ kind: 'recover', ...common(), isConfirmed: yes === true });
    });
}

function periodArgument(text: string): PeriodChoice {
  const period = readPeriod(text);
  if (period === null) throw new InvalidArgumentError('');
  return period;
}

function helpTitle(title: string, locale: Locale): string {
  switch (title) {
    case 'Usage:':
      return m.menu_cli_title_usage({}, { locale });
    case 'Options:':
      return m.menu_cli_title_options({}, { locale });
    case 'Commands:':
      return m.menu_cli_title_commands({}, { locale });
    default:
      return title;
  }
}
