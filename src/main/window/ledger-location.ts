/**
 * Where a machine's ledger lives. One clinic workstation has one ledger, whoever is logged in, so the machine's own
 * data folder comes first and the user's folder only where that is refused. A ledger that exists always wins over an
 * empty place, so that a folder which becomes writable later never hides the books. See decision 0041.
 */
import { posix, win32 } from 'node:path';

const LEDGER_FILE = 'clinic.ledger';

/** What the choice depends on; the file system is asked through three questions, so that tests need no other machine. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  /** `%ProgramData%` on Windows; null when it is not set. */
  readonly programData: string | null;
  /** This user's folder for the application. */
  readonly userFolder: string;
  /** The folder exists, and files can be written in it. */
  canWrite(folder: string): boolean;
  /** The same, after making the folder where it is missing. */
  canPrepare(folder: string): boolean;
  /** The file exists and can be read. */
  canRead(file: string): boolean;
}

export interface LedgerLocation {
  readonly ledgerPath: string;
  /** The sample clinic's own ledger; never the same file. */
  readonly sampleLedgerPath: string;
  /** Where preferences are kept: beside the ledger, else in the user's folder. */
  readonly preferencesFolder: string;
}

/** The folder that this kind of machine keeps for data of all its users. */
export function machineFolder(machine: Pick<Machine, 'platform' | 'programData'>): string {
  switch (machine.platform) {
    case 'win32':
      return win32.join(machine.programData ?? 'C:\\ProgramData', 'Clinic Allocator');
    case 'darwin':
      return '/Library/Application Support/Clinic Allocator';
    default:
      return '/var/lib/clinic-allocator';
  }
}

/**
 * @param override  absolute path given with `--ledger`, or null; sample and preferences then stay beside it, so that
 *                  nothing of that run touches the machine's own
 */
export function locateLedger(machine: Machine, override: string | null): LedgerLocation {
  const { dirname, join, parse } = machine.platform === 'win32' ? win32 : posix;
  if (override !== null) {
    const { dir, name } = parse(override);
    return {
      ledgerPath: override,
      sampleLedgerPath: join(dir, `${name}.sample.ledger`),
      preferencesFolder: writableOr(machine, dir),
    };
  }
  const ledgerPath = join(chooseFolder(machine, join), LEDGER_FILE);
  return {
    ledgerPath,
    sampleLedgerPath: join(machine.userFolder, 'sample.ledger'),
    preferencesFolder: writableOr(machine, dirname(ledgerPath)),
  };
}

function chooseFolder(machine: Machine, join: (...parts: string[]) => string): string {
  const folders = [machineFolder(machine), machine.userFolder];
  const withLedger = folders.find((folder) => machine.canRead(join(folder, LEDGER_FILE)));
  return withLedger ?? folders.find((folder) => machine.canPrepare(folder)) ?? machine.userFolder;
}

function writableOr(machine: Machine, folder: string): string {
  return machine.canWrite(folder) ? folder : machine.userFolder;
}
