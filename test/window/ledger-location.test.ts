/** Where a ledger is looked for, on machines that exist only here. */
import { describe, expect, it } from 'vitest';
import { locateLedger, machineFolder, type Machine } from '../../src/main/window/ledger-location.ts';

interface Given {
  readonly platform?: NodeJS.Platform;
  readonly programData?: string | null;
  readonly userFolder?: string;
  /** Folders that files can be written in. */
  readonly writable?: readonly string[];
  /** Folders that can be made, and then written. */
  readonly makeable?: readonly string[];
  readonly files?: readonly string[];
}

function machine(given: Given): Machine {
  const { platform = 'linux', programData = null, userFolder = '/home/li/.config/Clinic Allocator' } = given;
  const writable = [userFolder, ...(given.writable ?? [])];
  return {
    platform,
    programData,
    userFolder,
    canWrite: (folder) => writable.includes(folder),
    canPrepare: (folder) => writable.includes(folder) || (given.makeable ?? []).includes(folder),
    canRead: (file) => (given.files ?? []).includes(file),
  };
}

describe('machineFolder', () => {
  const cases = [
    { platform: 'win32', programData: 'D:\\Data', want: 'D:\\Data\\Clinic Allocator' },
    { platform: 'win32', programData: null, want: 'C:\\ProgramData\\Clinic Allocator' },
    { platform: 'darwin', programData: null, want: '/Library/Application Support/Clinic Allocator' },
    { platform: 'linux', programData: null, want: '/var/lib/clinic-allocator' },
  ] as const;
  it.each(cases)('on $platform with $programData: $want', ({ platform, programData, want }) => {
    expect(machineFolder({ platform, programData })).toBe(want);
  });
});

describe('locateLedger', () => {
  const shared = '/var/lib/clinic-allocator';
  const own = '/home/li/.config/Clinic Allocator';
  const cases = [
    { name: 'the machine folder when it can be made', given: { makeable: [shared] }, want: shared },
    { name: 'the user folder when the machine folder is refused', given: {}, want: own },
    {
      name: 'the ledger in the user folder, although the machine folder has become writable',
      given: { writable: [shared], files: [`${own}/clinic.ledger`] },
      want: own,
    },
    {
      name: 'the ledger in the machine folder, although it is read-only here',
      given: { files: [`${shared}/clinic.ledger`] },
      want: shared,
    },
    {
      name: 'the ledger in the machine folder before the one in the user folder',
      given: { writable: [shared], files: [`${own}/clinic.ledger`, `${shared}/clinic.ledger`] },
      want: shared,
    },
  ];
  it.each(cases)('takes $name', ({ given, want }) => {
    const located = locateLedger(machine(given), null);
    expect(located.ledgerPath).toBe(`${want}/clinic.ledger`);
    expect(located.sampleLedgerPath).toBe(`${own}/sample.ledger`);
  });

  it('keeps preferences beside the ledger, or in the user folder where that is refused', () => {
    expect(locateLedger(machine({ writable: [shared] }), null).preferencesFolder).toBe(shared);
    const readOnly = machine({ files: [`${shared}/clinic.ledger`] });
    expect(locateLedger(readOnly, null).preferencesFolder).toBe(own);
  });

  it('keeps everything of a run beside a ledger that was named', () => {
    const located = locateLedger(machine({ writable: ['/usb'] }), '/usb/sample.ledger');
    expect(located).toEqual({
      ledgerPath: '/usb/sample.ledger',
      sampleLedgerPath: '/usb/sample.sample.ledger',
      preferencesFolder: '/usb',
    });
  });

  it('makes no folder for a ledger that was named wrongly', () => {
    const asked = { ...machine({}), canPrepare: () => expect.unreachable('asked to make a folder') };
    expect(locateLedger(asked, '/nowhere/clinic.ledger').preferencesFolder).toBe(own);
  });

  it('joins paths as Windows does', () => {
    const located = locateLedger(
      machine({
        platform: 'win32',
        programData: 'C:\\ProgramData',
        userFolder: 'C:\\Users\\li',
        makeable: ['C:\\ProgramData\\Clinic Allocator'],
      }),
      null,
    );
    expect(located.ledgerPath).toBe('C:\\ProgramData\\Clinic Allocator\\clinic.ledger');
    expect(located.sampleLedgerPath).toBe('C:\\Users\\li\\sample.ledger');
  });
});
