/**
 * The CSV export of a clinic system, row by row: what becomes of every row, good or bad, as history and as backlog.
 */
import { afterAll, describe, expect, it } from 'vitest';
import { instant } from '../../src/shared/units.ts';
import {
  NOW,
  aRegistry,
  countsOf,
  exportCopy,
  problemsOf,
  readDrafts as read,
  removeExportCopies,
} from '../support/intake/export-folder.ts';

afterAll(removeExportCopies);

const at = (text: string) => Date.parse(text) / 1000;
const CLEAN_COUNTS = [
  ['encounters', 5, 5, 0],
  ['imaging_studies', 3, 3, 0],
  ['claims', 4, 4, 0],
  ['procedures', 3, 3, 0],
  ['devices', 3, 3, 0],
];

describe('a whole export as history', () => {
  it('takes every row, with counts that are the files’ own', async () => {
    const drafts = await read(exportCopy());
    expect(countsOf(drafts)).toEqual(CLEAN_COUNTS);
    expect(drafts.problems).toEqual([]);
    expect(drafts.patients.map((patient) => patient.identity)).toEqual([
      { name: 'Lan Chen', birthDate: '1980-02-29', number: 'p-001' },
      { name: 'Omar Idris Haddad', birthDate: '1955-11-03', number: 'p-002' },
      { name: '静 王', birthDate: null, number: 'p-003' },
    ]);
  });

  it('takes times from the file, and the default where the file has none that can be believed', async () => {
    const drafts = await read(exportCopy());
    const lengths = drafts.tasks
      .filter((task) => task.table === 'encounters' || task.table === 'claims')
      .map((task) => [task.table, task.line, task.durationSeconds / 60, task.remarks]);
    expect(lengths).toEqual([
      ['encounters', 2, 25, []],
      ['encounters', 3, 30, []],
      ['encounters', 4, 40, ['overlaps']],
      ['encounters', 5, 20, ['no-end']],
      ['encounters', 6, 20, ['zero-length']],
      ['claims', 2, 25, []],
      ['claims', 3, 15, ['implausible-length']],
      ['claims', 4, 30, []],
      ['claims', 5, 15, ['zero-length']],
    ]);
  });

  it('lets no open end run on: it ends after the default duration, and never after now', async () => {
    const now = instant(at('2026-03-02T08:20:00Z'));
    const drafts = await read(exportCopy(), { now });
    const meter = drafts.tasks.find((task) => task.table === 'devices' && task.line === 3);
    expect(meter).toMatchObject({ startedAt: at('2026-03-02T08:00:00Z'), endedAt: now, remarks: ['no-end'] });
  });

  it('takes each stored instance of a study as an image task of its own', async () => {
    const drafts = await read(exportCopy());
    const images = drafts.tasks.filter((task) => task.table === 'imaging_studies');
    expect(images.map((task) => [task.line, task.workKindKey, task.remarks])).toEqual([
      [2, 'imaging_studies:OP', ['no-end']],
      [3, 'imaging_studies:OP', ['no-end', 'overlaps']],
      [4, 'imaging_studies:XC', ['no-end']],
    ]);
    expect(
      drafts.workKinds.filter((kind) => kind.table === 'imaging_studies').map((kind) => kind.name),
    ).toEqual([
      { en: 'Ophthalmic photography', zh: '眼底照相' },
      { en: 'External-camera Photography', zh: 'External-camera Photography' },
    ]);
  });

  it('makes one data set per procedure code, analysed once its last row has ended', async () => {
    const drafts = await read(exportCopy());
    const sets = drafts.tasks.filter((task) => task.table === 'procedures');
    expect(sets.map((task) => [task.workKindKey, task.rowCount, task.patientDigest, task.startedAt])).toEqual(
      [
        ['procedures:171207006', 2, null, at('2026-03-02T08:20:00Z')],
        ['procedures:252160004', 1, null, at('2026-03-03T10:15:00Z')],
      ],
    );
    expect(sets.map((task) => task.durationSeconds)).toEqual([1800, 1800]);
  });

  it('gives a data set the default duration for every hundred rows begun', async () => {
    const rows = Array.from(
      { length: 101 },
      (_, index) =>
        `2026-03-02T08:00:00Z,2026-03-02T08:10:00Z,p-001,e-${index},x,171207006,Depression screening`,
    );
    const header = 'START,STOP,PATIENT,ENCOUNTER,SYSTEM,CODE,DESCRIPTION';
    const drafts = await read(exportCopy({ 'procedures.csv': [header, ...rows].join('\n') }));
    const [set] = drafts.tasks.filter((task) => task.table === 'procedures');
    expect(set).toMatchObject({ rowCount: 101, durationSeconds: 3600 });
  });

  it('names kinds of work by their code, without the terminology’s tags, and those without a code as such', async () => {
    const drafts = await read(exportCopy());
    const kinds = drafts.workKinds.filter((kind) => kind.table === 'encounters');
    expect(kinds.map((kind) => [kind.code, kind.name.en])).toEqual([
      ['185345009', 'Encounter for symptom'],
      ['410620009', 'Well child visit'],
      ['424619006', 'Prenatal visit'],
      ['unspecified', 'Unspecified'],
    ]);
    expect(kinds[3]?.name.zh).toBe('未注明');
  });

  it('keeps whatever identifies a patient out of tasks and kinds of work', async () => {
    const { tasks, workKinds } = await read(exportCopy());
    const text = JSON.stringify({ tasks, workKinds });
    for (const secret of [
      'p-00',
      'Chen',
      'Haddad',
      '静',
      '1980-02-29',
      '999-00',
      'River Road',
      'e-00',
      'c-00',
    ]) {
      expect(text).not.toContain(secret);
    }
  });
});

describe('an export as backlog', () => {
  it('wishes to start now, keeps durations, and has no times of its own', async () => {
    const { tasks } = await read(exportCopy(), { mode: 'backlog' });
    expect(new Set(tasks.map((task) => task.earliestStart))).toEqual(new Set([NOW]));
    expect(tasks.every((task) => task.startedAt === null && task.endedAt === null)).toBe(true);
    expect(tasks.find((task) => task.table === 'encounters')?.durationSeconds).toBe(25 * 60);
  });

  it('leaves a later wish where it is', async () => {
    const now = instant(at('2026-03-02T12:00:00Z'));
    const { tasks, problems } = await read(exportCopy(), { mode: 'backlog', now });
    expect(problems).toEqual([]);
    expect(tasks.find((task) => task.table === 'encounters' && task.line === 5)?.earliestStart).toBe(
      at('2026-03-03T10:00:00Z'),
    );
  });
});

describe('rows that cannot be taken', () => {
  const HEADER = 'Id,START,STOP,PATIENT,CODE,DESCRIPTION';
  it.each([
    ['too few cells', 'e-9,2026-03-02T08:00:00Z', ['unreadable-row', null]],
    ['too many cells', 'e-9,2026-03-02T08:00:00Z,,p-001,1,x,y', ['unreadable-row', null]],
    ['no id', ',2026-03-02T08:00:00Z,,p-001,1,x', ['missing-id', 'Id']],
    ['an id used twice', 'e-1,2026-03-02T08:00:00Z,,p-001,1,x', ['duplicate-id', 'Id']],
    ['a patient nobody knows', 'e-9,2026-03-02T08:00:00Z,,p-777,1,x', ['unknown-patient', 'PATIENT']],
    ['no patient', 'e-9,2026-03-02T08:00:00Z,,,1,x', ['unknown-patient', 'PATIENT']],
    ['no start', 'e-9,,2026-03-02T08:00:00Z,p-001,1,x', ['missing-start', 'START']],
    ['a start that is no time', 'e-9,noon,,p-001,1,x', ['unreadable-time', 'START']],
    ['an end that is no time', 'e-9,2026-03-02T08:00:00Z,noon,p-001,1,x', ['unreadable-time', 'STOP']],
    [
      'an end before its start',
      'e-9,2026-03-02T08:00:00Z,2026-03-02T07:59:59Z,p-001,1,x',
      ['ends-before-start', 'STOP'],
    ],
    ['a start in the future', 'e-9,2027-03-02T08:00:00Z,,p-001,1,x', ['in-the-future', 'START']],
    [
      'an end in the future',
      'e-9,2026-03-02T08:00:00Z,2027-03-02T08:00:00Z,p-001,1,x',
      ['in-the-future', 'STOP'],
    ],
  ])('%s', async (_name, row, want) => {
    const good = 'e-1,2026-03-02T08:00:00Z,2026-03-02T08:10:00Z,p-001,1,x';
    const drafts = await read(exportCopy({ 'encounters.csv': [HEADER, good, row, ''].join('\n') }));
    expect(problemsOf(drafts)).toEqual([['encounters.csv', 3, ...want]]);
    expect(countsOf(drafts)[0]).toEqual(['encounters', 2, 1, 1]);
  });

  it('lists bad rows of the patients file too', async () => {
    const patients = 'Id,BIRTHDATE,FIRST,LAST\np-001,,A,B\n,,C,D\np-001,,E,F\np-002,x\n';
    const drafts = await read(exportCopy({ 'patients.csv': patients, 'devices.csv': null }));
    expect(problemsOf(drafts).slice(0, 3)).toEqual([
      ['patients.csv', 3, 'missing-id', 'Id'],
      ['patients.csv', 4, 'duplicate-id', 'Id'],
      ['patients.csv', 5, 'unreadable-row', null],
    ]);
    expect(drafts.patients).toHaveLength(1);
    expect(drafts.problems.filter((problem) => problem.code === 'unknown-patient').length).toBeGreaterThan(0);
  });

  it('leaves a data set its good rows', async () => {
    const procedures = [
      'START,STOP,PATIENT,ENCOUNTER,SYSTEM,CODE,DESCRIPTION',
      '2026-03-02T08:00:00Z,2026-03-02T08:10:00Z,p-001,e-1,x,7,Seven',
      '2026-03-02T08:00:00Z,2026-03-02T07:10:00Z,p-001,e-2,x,7,Seven',
      '2026-03-02T08:00:00Z,2026-03-02T08:10:00Z,p-001,e-1,x,7,Seven',
      '2026-03-02T08:00:00Z,2026-03-02T08:10:00Z,p-001,e-3,x,,Nameless',
    ];
    const drafts = await read(exportCopy({ 'procedures.csv': procedures.join('\r\n') }));
    expect(problemsOf(drafts)).toEqual([
      ['procedures.csv', 3, 'ends-before-start', 'STOP'],
      ['procedures.csv', 4, 'duplicate-id', null],
      ['procedures.csv', 5, 'missing-id', 'CODE'],
    ]);
    expect(drafts.tasks.find((task) => task.table === 'procedures')).toMatchObject({ rowCount: 1 });
  });

  it('are every row on a second import of the same folder, in either mode', async () => {
    const folder = exportCopy();
    const first = await read(folder);
    const known = [...first.tasks, ...first.patients].map((draft) => draft.digest);
    for (const mode of ['history', 'backlog'] as const) {
      const second = await read(folder, { registry: aRegistry(known), mode });
      expect(second.tasks).toEqual([]);
      expect(countsOf(second)).toEqual(CLEAN_COUNTS.map(([table, rows]) => [table, rows, 0, rows]));
      expect(new Set(second.problems.map((problem) => problem.code))).toEqual(new Set(['already-imported']));
      expect(second.patients.every((patient) => patient.isKnown)).toBe(true);
    }
  });

  it('are not the new rows of a later export; a data set that has grown is a new one', async () => {
    const first = await read(exportCopy());
    const registry = aRegistry(first.tasks.map((task) => task.digest));
    const procedures = [
      'START,STOP,PATIENT,ENCOUNTER,SYSTEM,CODE,DESCRIPTION',
      '2026-03-03T10:00:00Z,2026-03-03T10:15:00Z,p-003,e-004,x,252160004,Standard pregnancy test (procedure)',
      '2026-03-04T10:00:00Z,2026-03-04T10:15:00Z,p-001,e-009,x,252160004,Standard pregnancy test (procedure)',
    ];
    const second = await read(exportCopy({ 'procedures.csv': procedures.join('\n') }), { registry });
    expect(second.tasks.map((task) => [task.workKindKey, task.rowCount])).toEqual([
      ['procedures:252160004', 2],
    ]);
  });
});
