/** How the command is used, in a reader's language: commander's help in our words, and what is wrong with a line. */
import type { Command, CommanderError, HelpConfiguration } from 'commander';
import { Help, type Option } from 'commander';
import type { Locale } from '../../shared/domain/local-text.ts';
import { m } from '../../shared/messages/index.ts';

const standard = new Help();

/** Commander's own words in `locale`; everything else is described where it is defined. */
export function helpIn(locale: Locale): HelpConfiguration {
  const words = { locale };
  const titles: Readonly<Record<string, string>> = {
    'Usage:': m.menu_cli_title_usage({}, words),
    'Options:': m.menu_cli_title_options({}, words),
    'Commands:': m.menu_cli_title_commands({}, words),
    'Global Options:': m.menu_cli_title_global({}, words),
  };
  return {
    showGlobalOptions: true,
    styleTitle: (title) => titles[title] ?? title,
    commandUsage: (command) =>
      standard
        .commandUsage(command)
        .replace('[options]', m.menu_cli_usage_options({}, words))
        .replace('[command]', m.menu_cli_usage_verb({}, words)),
    subcommandTerm: (verb) => verb.name(),
    optionDescription: (option) => wantedBy(option, locale),
  };
}

/** What an option is for, and what it can be where that is a list. */
function wantedBy({ description, argChoices }: Option, locale: Locale): string {
  if (argChoices === undefined) return description;
  return m.menu_cli_choices({ description, choices: argChoices.join(', ') }, { locale });
}

/** The verb that a line begins with or asks help for, or the program itself. */
export function verbIn(program: Command, args: readonly string[]): Command {
  return program.commands.find((verb) => args.includes(verb.name())) ?? program;
}

/**
 * What is wrong with `args`, what would be right, and where to read more, in one line.
 * @param program  built in `locale`
 */
export function whatIsWrong(
  program: Command,
  args: readonly string[],
  error: CommanderError,
  locale: Locale,
): string {
  const verb = verbIn(program, args);
  const command = verb === program ? 'clinic-allocator help' : `clinic-allocator help ${verb.name()}`;
  return m.menu_cli_more({ wrong: wrong(program, verb, args, error, locale), command }, { locale });
}

function wrong(
  program: Command,
  verb: Command,
  args: readonly string[],
  error: CommanderError,
  locale: Locale,
): string {
  const words = { locale };
  // Commander looks for what is missing first; a mistyped option is why it is missing.
  const unknown =
    error.code === MISSING ? args.find((arg) => isUnknownOption(arg, program, verb)) : undefined;
  if (unknown !== undefined) return m.menu_cli_not_understood({ words: unknown }, words);
  const [, quoted = args.join(' ')] = /'([^']+)'/.exec(error.message) ?? [];
  const option = [...verb.options, ...program.options].find(({ flags }) => flags === quoted);
  if (option === undefined) return wrongWord(program, verb, error, quoted, locale);
  const wanted = wantedBy(option, locale);
  const value = /argument '([^']*)'/.exec(error.message)?.[1];
  return value === undefined
    ? m.menu_cli_missing({ option: quoted, wanted }, words)
    : m.menu_cli_invalid({ option: quoted, value, wanted }, words);
}

const MISSING = 'commander.missingMandatoryOptionValue';

function isUnknownOption(arg: string, program: Command, verb: Command): boolean {
  const [name = arg] = arg.split('=');
  if (!name.startsWith('--') || name === '--help') return false;
  return ![...verb.options, ...program.options].some(({ long }) => long === name);
}

function wrongWord(
  program: Command,
  verb: Command,
  error: CommanderError,
  quoted: string,
  locale: Locale,
): string {
  if (error.code !== 'commander.excessArguments')
    return m.menu_cli_not_understood({ words: quoted }, { locale });
  const [, excess = quoted] = /.*: (.+?)\.?$/.exec(error.message) ?? [];
  if (verb !== program) return m.menu_cli_not_understood({ words: excess }, { locale });
  const verbs = program.commands.map((known) => known.name()).join(', ');
  return m.menu_cli_unknown_verb({ words: excess, verbs }, { locale });
}
