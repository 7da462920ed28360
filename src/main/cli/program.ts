/** The verbs and options of the command, described in one language, with commander's reading of them. */
import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
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
import type { CommandLine, CommonOptions } from './requests.ts';
import { helpIn } from './usage.ts';

export type Report = (result: CommandLine) => void;

interface GlobalValues {
  readonly ledger?: string;
  readonly language?: Locale;
  readonly theme?: CommonOptions['theme'];
  readonly sample?: boolean;
  readonly demo?: boolean;
}

/** @param report  is given what was asked for, once it is understood */
export function buildProgram(locale: Locale, currentDirectory: string, report: Report): Command {
  const words = { locale };
  const program = new Command('clinic-allocator')
    .description(m.menu_cli_about({}, words))
    .helpOption('-h, --help', m.menu_cli_help({}, words))
    .helpCommand('help [verb]', m.menu_cli_help_verb({}, words))
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeOut: () => undefined, writeErr: () => undefined })
    .configureHelp(helpIn(locale))
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
