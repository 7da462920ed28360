/**
 * Random histories of a clinic, as a naive model would keep them: maps and lists in memory that know nothing of tables,
 * entries or hashes, and outlive every restart. Each step is one command against the real ledger; steps that make no sense at that moment are skipped.
 */
import fc from 'fast-check';
import { findTask } from '../../../src/main/ledger/index.ts';
import { standingAfter, standingOf } from '../../../src/main/usecases/planning/rescheduling.ts';
import { batchId, taskId, unitId } from '../../../src/shared/ids.ts';
import type { PatientId } from '../../../src/shared/ids.ts';
import { sameText } from '../../../src/shared/domain/local-text.ts';
import type { TaskState } from '../../../src/shared/domain/lifecycle.ts';
import { TRANSITIONS } from '../../../src/shared/domain/lifecycle.ts';
import { accept, refuse } from '../../../src/shared/result.ts';
import { instant, milli } from '../../../src/shared/units.ts';
import { adopt, moved, planOf, ROOM, roomPool, scanTask, submitted } from './clinic-rows.ts';
import type { TemporaryLedger } from './temporary-ledger.ts';

export interface Step {
  readonly what:
    | 'submit'
    | 'plan'
    | 'unplan'
    | 'move'
    | 'amend'
    | 'reschedule'
    | 'import'
    | 'reverse'
    | 'pool'
    | 'erase'
    | 'fail'
    | 'restart';
  /** Chooses a task, a batch or a transition among those that fit. */
  readonly pick: number;
  /** Shifts windows and effective times, in minutes. */
  readonly minutes: number;
}

export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    what: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom<Step['what']>('submit', 'plan', 'move', 'move') },
      {
        weight: 2,
        arbitrary: fc.constantFrom<Step['what']>('unplan', 'amend', 'reschedule', 'import', 'pool'),
      },
      { weight: 1, arbitrary: fc.constantFrom<Step['what']>('reverse', 'erase', 'fail', 'restart') },
    ),
    pick: fc.nat(1000),
    minutes: fc.integer({ min: -600, max: 6000 }),
  }),
  { maxLength: 60 },
);

export interface ModelWindow {
  readonly start: number;
  readonly end: number;
}

export interface ModelTask {
  state: TaskState;
  readonly patient: PatientId;
  urgency: number;
  startedAt: number | null;
  endedAt: number | null;
  /** Where it is placed; empty without a place, null where the model does not follow it (what has begun or is over). */
  windows: readonly ModelWindow[] | null;
}

/** What a pool was said to be called, and from when on. */
export interface ModelPool {
  readonly effective: number;
  readonly name: string;
}

export class RandomHistory {
  readonly books: TemporaryLedger;
  readonly tasks = new Map<string, ModelTask>();
  readonly batches = new Map<string, string[]>();
  /** Tasks of imports that were taken back. */
  readonly reversed: string[] = [];
  readonly erased = new Set<PatientId>();
  /** In the order in which they were entered. */
  readonly pools: ModelPool[] = [];
  #count = 0;
  /** Every window that a task was ever promised or running in. */
  readonly #held = new Map<string, ModelWindow[]>();

  /** @param books  a clinic that was set up just now */
  constructor(books: TemporaryLedger) {
    this.books = books;
    this.pools.push({ effective: books.clock.now, name: roomPool().name.en });
  }

  async apply(step: Step): Promise<void> {
    this.books.clock.passSeconds(step.pick);
    switch (step.what) {
      case 'submit':
        return this.#submit();
      case 'plan':
        return this.#plan(step);
      case 'unplan':
        return this.#unplan(step);
      case 'move':
        return this.#move(step);
      case 'amend':
        return this.#amend(step);
      case 'reschedule':
        return this.#reschedule(step);
      case 'import':
        return this.#import(step);
      case 'reverse':
        return this.#reverse(step);
      case 'pool':
        return this.#changePool(step);
      case 'erase':
        return this.#erase(step);
      case 'fail':
        return this.#fail();
      case 'restart':
        return this.books.restart();
    }
  }

  #pickTask(step: Step, states: readonly TaskState[]): [string, ModelTask] | null {
    const fitting = [...this.tasks].filter(([, task]) => states.includes(task.state));
    return fitting[step.pick % Math.max(1, fitting.length)] ?? null;
  }

  #at(step: Step): number {
    return this.books.clock.now + step.minutes * 60;
  }

  /** Whether nobody else is promised the room then, or ever had it: a promise beyond capacity would be a fault. */
  #isFree(id: string, windows: readonly ModelWindow[]): boolean {
    const others = [...this.#held].filter(([other]) => other !== id).flatMap(([, held]) => held);
    return !windows.some(({ start, end }) => others.some((held) => held.start < end && start < held.end));
  }

  #hold(id: string, windows: readonly ModelWindow[]): void {
    this.#held.set(id, [...(this.#held.get(id) ?? []), ...windows]);
  }

  async #submit(): Promise<void> {
    this.#count += 1;
    const id = `t-${this.#count}`;
    const { keys, clock } = this.books;
    const patient = keys.newPatient();
    await this.books.append('patient-registered', {
      patientId: patient,
      identity: keys.seal(patient, 'identity', id),
    });
    const task = scanTask(id, { patientId: patient, submittedAt: clock.now, earliestStart: clock.now });
    await this.books.append('task-submitted', submitted(task, { note: keys.seal(patient, 'note', id) }));
    this.tasks.set(id, {
      state: 'waiting',
      patient,
      urgency: task.urgency,
      startedAt: null,
      endedAt: null,
      windows: [],
    });
  }

  async #plan(step: Step): Promise<void> {
    const picked = this.#pickTask(step, ['waiting', 'tentative']);
    if (!picked) return;
    const [id, task] = picked;
    const start = this.#at(step);
    const segments = Array.from({ length: 1 + (step.pick % 3) }, (_, index) => ({
      start: instant(start + index * 7200),
      end: instant(start + index * 7200 + 1800),
      ratesMilli: [milli(1000)],
    }));
    await adopt(this.books, [{ taskId: taskId(id), segments, units: [[unitId('room-1')]] }]);
    task.state = 'tentative';
    task.windows = segments;
  }

  async #unplan(step: Step): Promise<void> {
    const picked = this.#pickTask(step, ['tentative']);
    if (!picked) return;
    const [id, task] = picked;
    const at = instant(this.books.clock.now);
    const reason = {
      taskId: taskId(id),
      segments: [{ from: at, until: at, poolId: ROOM, rule: 'capacity' as const, blockers: [] }],
      refusal: null,
    };
    const changes = [{ taskId: taskId(id), allocation: null }];
    const plan = planOf(this.books.keys.digest('plan'), at, { changes, reasons: [reason] });
    await this.books.append('plan-adopted', plan);
    task.state = 'waiting';
    task.windows = [];
  }

  async #move(step: Step): Promise<void> {
    const picked = this.#pickTask(step, ['waiting', 'held', 'tentative', 'confirmed', 'running', 'missed']);
    if (!picked) return;
    const [id, task] = picked;
    const rows = TRANSITIONS.filter((row) => row.from === task.state && row.by === 'staff');
    const row = rows[step.pick % rows.length];
    if (!row || (row.action === 'confirm' && !this.#isFree(id, task.windows ?? []))) return;
    const at = Math.max(this.#at(step), task.startedAt ?? 0);
    await this.books.append('task-moved', moved(id, [row.from, row.action, row.to], at));
    task.state = row.to;
    if (row.action === 'confirm' || row.action === 'start') this.#hold(id, task.windows ?? []);
    if (row.action === 'start') task.startedAt = at;
    if (row.action === 'finish') task.endedAt = at;
    if (row.action === 'preempt') task.startedAt = null;
    if (row.to === 'waiting' || row.to === 'held') task.windows = [];
    else if (row.action !== 'confirm') task.windows = null;
  }

  async #amend(step: Step): Promise<void> {
    const picked = this.#pickTask(step, ['waiting', 'held', 'tentative', 'confirmed']);
    const record = picked && findTask(this.books.ledger.db, taskId(picked[0]));
    if (!picked || !record) return;
    const gives = picked[1].state === 'tentative' && step.pick % 2 === 0;
    const state = gives ? 'waiting' : record.task.state;
    const task = { ...record.task, state, urgency: 2 as const, fixedStart: instant(this.#at(step)) };
    await this.books.append('task-amended', { task, before: record.task, note: record.note });
    picked[1].state = state;
    picked[1].urgency = 2;
    if (gives) picked[1].windows = [];
  }

  /** Work in one segment is put elsewhere or made longer; odd picks take it back at once. */
  async #reschedule(step: Step): Promise<void> {
    const picked = this.#pickTask(step, ['tentative', 'confirmed', 'running']);
    const record = picked && findTask(this.books.ledger.db, taskId(picked[0]));
    const [segment, ...others] = record?.allocation?.segments ?? [];
    if (!picked || !record?.allocation || !segment || others.length > 0) return;
    const before = standingOf(record);
    const start = before.state === 'running' ? segment.start : instant(this.#at(step));
    const end = instant(Math.max(segment.end, start + 60) + step.pick * 60);
    if (before.state !== 'running' && !this.#isFree(picked[0], [{ start, end }])) return;
    const allocation = { ...record.allocation, segments: [{ ...segment, start, end }] };
    const after = standingAfter(before, allocation);
    const subject = { taskId: record.task.id };
    await this.books.append('task-rescheduled', { ...subject, before, after, reverses: null });
    this.#hold(picked[0], allocation.segments);
    picked[1].state = after.state;
    const isFollowed = picked[1].windows !== null;
    if (isFollowed) picked[1].windows = allocation.segments;
    if (step.pick % 2 === 0) return;
    const { seq } = this.books.ledger.head();
    await this.books.append('task-rescheduled', { ...subject, before: after, after: before, reverses: seq });
    picked[1].state = before.state;
    if (isFollowed) picked[1].windows = [segment];
  }

  async #import(step: Step): Promise<void> {
    this.#count += 1;
    const batch = `batch-${this.#count}`;
    const ids = Array.from({ length: step.pick % 5 }, (_, index) => `${batch}.${index}`);
    const start = instant(this.#at(step));
    const end = instant(start + 900);
    await this.books.ledger.write(this.books.command(), async (tx) => {
      for (const id of ids) {
        tx.append('task-imported', {
          task: scanTask(id, { state: 'finished', startedAt: start, endedAt: end, batchId: batchId(batch) }),
          note: null,
          sourceDigest: this.books.keys.digest(id),
          windows: [{ booked: null, actual: { start, end }, unitIds: [] }],
          isOpenEnded: false,
        });
        await new Promise((resolve) => setImmediate(resolve));
      }
      const counts = { taken: ids.length };
      const payload = { batchId: batchId(batch), source: 'random', mapping: null, counts };
      return accept(tx.append('import-committed', payload));
    });
    this.batches.set(batch, ids);
  }

  async #reverse(step: Step): Promise<void> {
    const batch = [...this.batches.keys()][step.pick % Math.max(1, this.batches.size)];
    if (batch === undefined) return;
    await this.books.append('import-reversed', { batchId: batchId(batch) });
    this.reversed.push(...(this.batches.get(batch) ?? []));
    this.batches.delete(batch);
  }

  async #changePool(step: Step): Promise<void> {
    const version = { effective: this.#at(step), name: `Rooms ${step.pick}` };
    await this.books.append(
      'pool-set',
      roomPool({ name: sameText(version.name) }),
      instant(version.effective),
    );
    this.pools.push(version);
  }

  async #erase(step: Step): Promise<void> {
    const picked = [...this.tasks.values()][step.pick % Math.max(1, this.tasks.size)];
    if (!picked) return;
    this.books.keys.erase(picked.patient);
    await this.books.append('patient-erased', { patientId: picked.patient });
    this.erased.add(picked.patient);
  }

  /** A command that writes and is then refused: nothing of it may be left. */
  async #fail(): Promise<void> {
    await this.books.ledger.write(this.books.command(), (tx) => {
      tx.append('task-submitted', submitted(scanTask('never')));
      tx.append('settings-changed', { key: 'never', value: true });
      return refuse('pool-closed');
    });
  }
}
