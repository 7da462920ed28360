/**
 * A desk at work: commands of a clinic's day, drawn from a seed, sent to the application by whatever way the test has to
 * it. Tells a fact for everything that was acknowledged, the moment it was: what later must be found again.
 */
import { QUEUE_PAGE } from '../../../src/shared/contract/queue.ts';
import { OPEN_STATES } from '../../../src/shared/domain/lifecycle.ts';
import { NO_FILTER, queueOf } from '../usecases/queue.ts';
import { sameText } from '../../../src/shared/domain/local-text.ts';
import type { Pool } from '../../../src/shared/domain/pool.ts';
import type { ChannelName, Reply, Request, Response } from '../../../src/shared/contract/index.ts';
import { poolId, unitId, workKindId } from '../../../src/shared/ids.ts';
import { HOUR, milli, MINUTE, seconds } from '../../../src/shared/units.ts';
import { Dice } from '../../../src/main/usecases/sample/random.ts';

/** Sends a request to the application. @param commandId  ignored by queries */
export type Ask = <N extends ChannelName>(
  channel: N,
  request: Request<N>,
  commandId: string,
) => Promise<Reply<N>>;

/** What was acknowledged, and with it everything before it in the chain. */
export interface AcknowledgedCommand {
  readonly what: 'command';
  readonly commandId: string;
  readonly channel: ChannelName;
  readonly request: unknown;
  readonly reply: unknown;
  /** The head of the chain right after it. */
  readonly seq: number;
  readonly hash: string;
}

/** A draft is no entry: what was begun may be there, what was acknowledged must be, or something begun later. */
export interface SavedDraft {
  readonly what: 'draft-begun' | 'draft';
  readonly body: string;
}

export interface MadeBackup {
  readonly what: 'backup';
  readonly path: string;
  readonly seq: number;
  readonly hash: string;
}

export type Fact = AcknowledgedCommand | SavedDraft | MadeBackup;

/** The form whose draft the desk keeps. */
export const DRAFT_FORM = 'task-records';

const ROOMS = poolId('rooms');
const VISIT = workKindId('records-general');

export class DeskDay {
  readonly #ask: Ask;
  readonly #tell: (fact: Fact) => void;
  readonly #dice: Dice;
  readonly #name: string;
  #count = 0;

  /** @param given.name  begins the ids of its commands: another one for every desk of a ledger */
  constructor(given: { ask: Ask; tell: (fact: Fact) => void; seed: number; name: string }) {
    this.#ask = given.ask;
    this.#tell = given.tell;
    this.#dice = new Dice(given.seed);
    this.#name = given.name;
  }

  /** The first command of all. @returns the code of a refusal, or null */
  found(): Promise<string | null> {
    return this.#command('clinic.create', {
      name: sameText('Harbour Clinic'),
      timeZone: 'Europe/Berlin',
      language: 'en',
      person: { name: 'Ann', jobTitle: sameText('Manager') },
      pools: [rooms()],
      defaults: [{ subsystem: 'records', poolId: ROOMS, durationSeconds: seconds(HOUR) }],
    });
  }

  /** One command, or none where nothing fits. @returns the code of a refusal, or null */
  async step(): Promise<string | null> {
    this.#count += 1;
    switch (this.#dice.pick(['submit', 'submit', 'submit', 'act', 'act', 'act', 'act', 'draft', 'pool'])) {
      case 'submit':
        return this.#submit();
      case 'act':
        return this.#act();
      case 'draft':
        return this.#saveDraft();
      default:
        return this.#command('pool.set', { pool: rooms(this.#dice.between(2, 6)) });
    }
  }

  /** Backs up into the folder that the application is told to choose. @returns the code of a refusal, or null */
  async backUp(): Promise<string | null> {
    const head = await this.#head();
    if (head === null) return 'ledger-unavailable';
    const made = await this.#ask('backup.make', {}, this.#nextId());
    if (!made.ok) return made.error.code;
    if (made.value.path !== null) this.#tell({ what: 'backup', path: made.value.path, ...head });
    return null;
  }

  #submit(): Promise<string | null> {
    const number = this.#dice.percent(50) ? `MRN-${this.#dice.between(1, 40)}` : null;
    const identity = { name: `Patient ${this.#name} ${this.#count}`, birthDate: '1980-02-03', number };
    return this.#command('task.submit', {
      draft: {
        subsystem: 'records',
        workKindId: VISIT,
        patient: { identity },
        needs: [{ poolId: ROOMS, rateMilli: milli(1000), amount: null }],
        durationSeconds: seconds(this.#dice.between(2, 12) * 10 * MINUTE),
        urgency: this.#dice.pick([2, 3, 4]),
        earliestStart: null,
        fixedStart: null,
        due: null,
        note: this.#dice.percent(30) ? 'walks with a stick' : '',
      },
    });
  }

  async #act(): Promise<string | null> {
    const queue = queueOf('records', { filter: { ...NO_FILTER, states: OPEN_STATES } });
    const place = await this.#ask('queue.get', { queue, offset: 0, limit: QUEUE_PAGE }, '');
    if (!place.ok) return place.error.code;
    const rows = place.value.rows.filter((row) => row.actions.length > 0);
    if (rows.length === 0) return null;
    const row = this.#dice.pick(rows);
    return this.#command('task.act', {
      taskId: row.taskId,
      action: this.#dice.pick(row.actions),
      at: null,
    });
  }

  async #saveDraft(): Promise<string | null> {
    const body = `draft ${this.#name} ${this.#count}`;
    this.#tell({ what: 'draft-begun', body });
    const saved = await this.#ask('draft.set', { form: DRAFT_FORM, body }, this.#nextId());
    if (!saved.ok) return saved.error.code;
    this.#tell({ what: 'draft', body });
    return null;
  }

  async #command<N extends 'clinic.create' | 'task.submit' | 'task.act' | 'pool.set'>(
    channel: N,
    request: Request<N>,
  ): Promise<string | null> {
    const commandId = this.#nextId();
    const reply = await this.#ask(channel, request, commandId);
    if (!reply.ok) return reply.error.code;
    const head = await this.#head();
    if (head === null) throw new Error('acknowledged, and no ledger is open');
    this.#tell({ what: 'command', commandId, channel, request, reply: reply.value, ...head });
    return null;
  }

  async #head(): Promise<{ seq: number; hash: string } | null> {
    const state = await this.#ask('app.state', {}, '');
    const head: Response<'app.state'>['head'] = state.ok ? state.value.head : null;
    return head === null ? null : { seq: head.length, hash: head.hash };
  }

  #nextId(): string {
    this.#count += 1;
    return `${this.#name}-${this.#count}`;
  }
}

function rooms(count = 4): Pool {
  return {
    id: ROOMS,
    name: { en: 'Rooms', zh: '诊室' },
    unitName: { en: 'rooms', zh: '间' },
    template: 'room',
    kind: 'countable',
    capacityMilli: milli(count * 1000),
    units: Array.from({ length: count }, (_, index) => ({
      id: unitId(`room-${index + 1}`),
      name: sameText(`Room ${index + 1}`),
    })),
    weeklyHours: null,
    exceptions: [],
    outages: [],
    shares: [],
    gridSeconds: seconds(300),
    reclaimSeconds: seconds(0),
  };
}
