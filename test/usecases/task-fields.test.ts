/**
 * Every field of every workspace, through every place that has to know it: search, filter, order, saved view, row, the
 * day's list, raw bookings, amending, undoing, rebuilding, and the bytes of the ledger. One row per field; a place that
 * has no use for a field says so in words. A field that is added to the table and to no row here does not compile.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { QueueFilter, QueueSort } from '../../src/shared/contract/queue.ts';
import type { TaskChanges, TaskDraft, TaskRow } from '../../src/shared/contract/tasks.ts';
import type { Response } from '../../src/shared/contract/index.ts';
import { sameText } from '../../src/shared/domain/local-text.ts';
import type { SubsystemId, TaskField } from '../../src/shared/domain/subsystem.ts';
import { SUBSYSTEM_IDS, taskFieldsOf } from '../../src/shared/domain/subsystem.ts';
import type { TaskId } from '../../src/shared/ids.ts';
import { workKindId } from '../../src/shared/ids.ts';
import { HOUR, MINUTE, instant, milli, seconds } from '../../src/shared/units.ts';
import { TestApplication } from '../support/usecases/application.ts';
import { listQueue, NO_FILTER } from '../support/usecases/queue.ts';
import { openClinic, rooms, ROOMS, visit } from '../support/usecases/rooms.ts';

type Detail = Response<'task.get'>;
/** Why a place has no use for a field. */
interface No {
  readonly no: string;
}
const no = (why: string): No => ({ no: why });
const isNo = (given: unknown): given is No => typeof given === 'object' && given !== null && 'no' in given;

interface FieldRow {
  /** What the task under test has, where the other one has something else or nothing. */
  readonly entered: Partial<TaskDraft>;
  /** Finds it, and not the other. */
  readonly search: string | No;
  readonly filter: Partial<QueueFilter> | No;
  readonly sort: NonNullable<QueueSort>['by'] | No;
  /** Read from its row or from what the inspector is given. */
  readonly read: (row: TaskRow, detail: Detail) => unknown;
  readonly want: unknown;
  /** In its line of the raw bookings. */
  readonly raw: string | No;
  /** To be amended to, and what is read then. */
  readonly changes: TaskChanges | No;
  readonly wantChanged?: unknown;
  /** A text that must stand nowhere in the ledger's files. */
  readonly sealed: string | No;
}

const at = (hour: number) => instant(Date.parse(`2026-11-18T${String(hour).padStart(2, '0')}:00:00Z`) / 1000);
const PLAIN = no('names nobody');
const NEVER_TYPED = no('an instant or a length of time is looked up by order, filter or on the timeline');

const ROWS: Readonly<Record<TaskField, FieldRow>> = {
  kind: {
    entered: { workKindId: workKindId('scan') },
    search: 'spiral',
    filter: { kind: { workKindId: workKindId('scan') } },
    sort: 'task',
    read: (row) => row.workKind.en,
    want: 'Spiral scan',
    raw: 'Spiral scan',
    changes: { workKindId: workKindId('other') },
    wantChanged: 'Other work',
    sealed: PLAIN,
  },
  code: {
    entered: {},
    search: 'mrx',
    filter: { kind: { code: 'MRX' } },
    sort: no('goes with the kind of work'),
    read: (row) => row.code,
    want: 'MRX',
    raw: 'MRX',
    changes: no('goes with the kind of work'),
    sealed: PLAIN,
  },
  patient: {
    entered: { patient: { identity: { name: 'Zsofia Quill', birthDate: '1971-08-09', number: 'N-77' } } },
    search: 'quill n-77',
    filter: no('found by search'),
    sort: 'patient',
    read: (row) => row.patient,
    want: { name: 'Zsofia Quill', birthDate: '1971-08-09', number: 'N-77' },
    raw: no('under a name made for the file; identities need a permission and a reason'),
    changes: { patient: { identity: { name: 'Omar Vale', birthDate: null, number: null } } },
    wantChanged: { name: 'Omar Vale', birthDate: null, number: null },
    sealed: 'Quill',
  },
  needs: {
    entered: { needs: [{ poolId: ROOMS, rateMilli: milli(2000), amount: null }] },
    search: no('a pool is a filter'),
    filter: { poolId: ROOMS },
    sort: no('several pools have no order'),
    read: (row) => row.needs.map(({ rateMilli }) => rateMilli),
    want: [2000],
    raw: '2',
    changes: { needs: [{ poolId: ROOMS, rateMilli: milli(1000), amount: null }] },
    wantChanged: [1000],
    sealed: PLAIN,
  },
  duration: {
    entered: { durationSeconds: seconds(50 * MINUTE) },
    search: NEVER_TYPED,
    filter: no('the order by start shows what is long'),
    sort: no('the list has no column of it: start and end stand in the inspector'),
    read: (_row, { draft }) => draft.durationSeconds,
    want: 50 * MINUTE,
    raw: no('planned start and end stand in the line'),
    changes: { durationSeconds: seconds(20 * MINUTE) },
    wantChanged: 20 * MINUTE,
    sealed: PLAIN,
  },
  urgency: {
    entered: { urgency: 2 },
    search: no('an urgency is a filter'),
    filter: { urgencies: [2] },
    sort: 'level',
    read: (row) => row.urgency,
    want: 2,
    raw: '2',
    changes: { urgency: 5 },
    wantChanged: 5,
    sealed: PLAIN,
  },
  interval: {
    entered: { intervalSeconds: seconds(25 * MINUTE) },
    search: NEVER_TYPED,
    filter: no('what is to be read when is found on the day list'),
    sort: no('stands beside the name, without a column'),
    read: (row) => row.intervalSeconds,
    want: 25 * MINUTE,
    raw: '25',
    changes: { intervalSeconds: null },
    wantChanged: undefined,
    sealed: PLAIN,
  },
  start: {
    entered: { fixedStart: at(3) },
    search: NEVER_TYPED,
    filter: no('the list is in order of it'),
    sort: 'start',
    read: (row) => row.start,
    want: at(3),
    raw: '2026-11-18T04:00+01:00',
    changes: { fixedStart: at(5) },
    wantChanged: at(5),
    sealed: PLAIN,
  },
  due: {
    entered: { due: at(9) },
    search: NEVER_TYPED,
    filter: no('work past its target stands on Today'),
    sort: no('stands in the inspector, without a column'),
    read: (row) => row.due,
    want: at(9),
    raw: no('the report measures waits against targets'),
    changes: { due: null },
    wantChanged: undefined,
    sealed: PLAIN,
  },
  after: {
    entered: {},
    search: no('the earlier task is found by its own words'),
    filter: no('links lead both ways'),
    sort: no('a chain has an order of its own'),
    read: (_row, { links }) => links.before.map(({ workKind, delaySeconds }) => [workKind.en, delaySeconds]),
    want: [['Other work', 5 * MINUTE]],
    raw: no('the file holds bookings, not what is between them'),
    changes: { after: [] },
    wantChanged: [],
    sealed: PLAIN,
  },
  reference: {
    entered: { reference: 'REF-90210' },
    search: 'ref-90210',
    filter: no('found by search'),
    sort: no('stands beside the name, without a column'),
    read: (row) => row.reference,
    want: 'REF-90210',
    raw: no('leads to a person in another system: it stays inside'),
    changes: { reference: 'REF-1' },
    wantChanged: 'REF-1',
    sealed: 'REF-90210',
  },
  note: {
    entered: { note: 'Left knee, bed 12' },
    search: 'knee bed',
    filter: no('found by search'),
    sort: no('free text has no order'),
    read: (_row, { note }) => note,
    want: 'Left knee, bed 12',
    raw: no('may name people'),
    changes: { note: 'Right knee' },
    wantChanged: 'Right knee',
    sealed: 'Left knee',
  },
};

function draftIn(subsystem: SubsystemId, fields: readonly TaskField[]): TaskDraft {
  const base = visit('Nils Other', { subsystem, workKindId: workKindId('other') }).draft;
  const draft: TaskDraft = {
    ...base,
    ...(!taskFieldsOf(subsystem).includes('patient') && { patient: null }),
  };
  return fields.reduce((made, field) => ({ ...made, ...ROWS[field].entered }), draft);
}

async function openBoth(
  app: TestApplication,
  subsystem: SubsystemId,
): Promise<{ task: TaskId; other: TaskId }> {
  await openClinic(app, 4);
  const away = {
    ...rooms(1),
    id: 'away' as typeof ROOMS,
    units: [{ id: 'away-1' as never, name: sameText('Away') }],
  };
  await app.get('pool.set', { pool: away });
  for (const [id, name, code] of [
    ['scan', 'Spiral scan', 'MRX'],
    ['other', 'Other work', null],
  ] as const) {
    const workKind = { id: workKindId(id), subsystem, name: sameText(name), code };
    const usual = { needs: [], durationSeconds: seconds(HOUR), urgency: 4, preemptibility: 'never' } as const;
    await app.get('work-kind.set', { workKind: { ...workKind, ...usual, maySpanClosures: false } });
  }
  const elsewhere = [{ poolId: away.id, rateMilli: milli(1000), amount: null }];
  const enter = async (draft: TaskDraft) => (await app.get('task.submit', { draft })).taskId;
  const other = await enter({
    ...draftIn(subsystem, []),
    needs: elsewhere,
    durationSeconds: seconds(10 * MINUTE),
  });
  app.clock.forward(1);
  const after = [{ taskId: other, delaySeconds: seconds(5 * MINUTE) }];
  const task = await enter({ ...draftIn(subsystem, taskFieldsOf(subsystem)), after });
  return { task, other };
}

describe.each(SUBSYSTEM_IDS)('the fields of %s', (subsystem) => {
  const fields = taskFieldsOf(subsystem);
  const app = new TestApplication();
  let task: TaskId;
  let other: TaskId;
  beforeAll(async () => {
    ({ task, other } = await openBoth(app, subsystem));
  });
  afterAll(() => app.close());

  const rowOf = async (id: TaskId) => app.get('task.get', { taskId: id });
  const listed = async (given: Parameters<typeof listQueue>[2]) =>
    (await listQueue(app, subsystem, given)).rows.map((row) => row.taskId);
  const readOf = async (field: TaskField) => {
    const detail = await rowOf(task);
    return ROWS[field].read(detail.row, detail);
  };

  it.each(fields)('%s is kept and shown', async (field) => {
    expect(await readOf(field)).toEqual(ROWS[field].want);
  });

  it.each(fields.filter((field) => !isNo(ROWS[field].search)))('%s is found by search', async (field) => {
    expect(await listed({ text: String(ROWS[field].search) })).toEqual([task]);
    const { rows } = await app.get('task.find', { text: String(ROWS[field].search) });
    expect(rows.map((row) => row.taskId)).toEqual([task]);
  });

  it.each(fields.filter((field) => !isNo(ROWS[field].filter)))(
    '%s is filtered by, and kept in a view',
    async (field) => {
      const filter = { ...NO_FILTER, ...ROWS[field].filter } as QueueFilter;
      expect(await listed({ filter })).toEqual([task]);
      const view = { name: field, subsystem, filter, sort: null };
      await app.get('views.set', { views: [view] });
      expect((await app.get('views.get', {})).views).toEqual([view]);
    },
  );

  it.each(fields.filter((field) => !isNo(ROWS[field].sort)))('%s puts the list in order', async (field) => {
    const by = ROWS[field].sort as NonNullable<QueueSort>['by'];
    const up = await listed({ sort: { by, isDescending: false } });
    expect(up.toSorted()).toEqual([task, other].toSorted());
    expect(await listed({ sort: { by, isDescending: true } })).toEqual(up.toReversed());
  });

  it('the list of the day has them as the row has', async () => {
    const { groups } = await app.get('day.list', { date: '2026-11-18' });
    const line = groups.flatMap(({ rows }) => rows).find(({ row }) => row.taskId === task);
    expect(line?.row).toEqual((await rowOf(task)).row);
  });

  it('the raw bookings have those that name nobody', async () => {
    const path = join(app.folder, 'files', 'raw.csv');
    mkdirSync(join(app.folder, 'files'), { recursive: true });
    const period = { kind: 'day', from: '2026-11-18' } as const;
    const about = { period, poolIds: null, subsystems: null, grouping: 'day', isForOutside: false } as const;
    await app.get('report.export', { ...about, format: 'allocations', locale: 'en', path });
    const cells = readFileSync(path, 'utf8')
      .split('\r\n')
      .map((line) => line.split(','))
      .find((line) => line.includes('Spiral scan'));
    for (const field of fields) {
      const { raw } = ROWS[field];
      if (!isNo(raw)) expect(cells, field).toContain(raw);
    }
  });

  it('what tells of a person stands nowhere in the clear', () => {
    const bytes = ['', '-wal', '.keys'].map((end) => {
      try {
        return readFileSync(`${app.ledgerPath}${end}`, 'latin1');
      } catch {
        return ''; // checkpointed, or none yet
      }
    });
    for (const field of fields) {
      const { sealed } = ROWS[field];
      if (!isNo(sealed)) expect(bytes.join('').includes(sealed), field).toBe(false);
    }
  });

  it.each(fields.filter((field) => !isNo(ROWS[field].changes)))(
    '%s is changed, and taken back',
    async (field) => {
      await app.get('task.amend', { taskId: task, changes: ROWS[field].changes as TaskChanges });
      expect(await readOf(field)).toEqual(ROWS[field].wantChanged);
      await app.get('task.undo', { commandId: null });
      expect(await readOf(field)).toEqual(ROWS[field].want);
    },
  );

  it('they are the same when the rows are made again from the entries', async () => {
    expect(await app.get('ledger.verify', {})).toMatchObject({ isWhole: true });
  });
});
