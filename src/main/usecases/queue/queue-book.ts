/**
 * Ordered queues, kept until the ledger grows or the minute passes: a window asks for page after page of one list.
 */
import type { QueuedTask, ReadDb } from '../../ledger/index.ts';
import { getHead, listQueued, listWorkKinds } from '../../ledger/index.ts';
import type { Queue } from '../../../shared/contract/queue.ts';
import { isOpen, OPEN_STATES, TASK_STATES } from '../../../shared/domain/lifecycle.ts';
import type { WorkKind } from '../../../shared/domain/task.ts';
import type { WorkKindId } from '../../../shared/ids.ts';
import { localDayNumberOf, startOfLocalDay } from '../../../shared/local-time.ts';
import type { Instant } from '../../../shared/units.ts';
import { DAY, MINUTE, instant } from '../../../shared/units.ts';
import type { IdentityBook } from '../identities.ts';
import { getClinic } from '../planning/books.ts';
import { KeptLists } from './kept-lists.ts';
import type { Names, OrderedQueue } from './queue-order.ts';
import { orderQueue } from './queue-order.ts';

type Kinds = ReadonlyMap<WorkKindId, WorkKind>;

/** How many lists are kept, the one asked for longest ago given up first: one per subsystem, and one besides. */
const KEPT = 6;

export class QueueBook {
  readonly #identities: IdentityBook;
  readonly #kept = new KeptLists<OrderedQueue>(KEPT);

  constructor(identities: IdentityBook) {
    this.#identities = identities;
  }

  get(db: ReadDb, queue: Queue, now: Instant): OrderedQueue {
    return this.#kept.get(keyOf(db, queue, now), () => this.#make(db, queue, now));
  }

  /** A list that nobody turns the pages of: it pushes no other out. */
  once(db: ReadDb, queue: Queue, now: Instant): OrderedQueue {
    return this.#kept.once(keyOf(db, queue, now), () => this.#make(db, queue, now));
  }

  #make(db: ReadDb, queue: Queue, now: Instant): OrderedQueue {
    const kinds = new Map(listWorkKinds(db).map((kind) => [kind.id, kind]));
    const names = this.#names(db, kinds, queue.language);
    const words = queue.text.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const found = listed(db, queue, now).filter((task) => {
      if (queue.filter.urgencies.length > 0 && !queue.filter.urgencies.includes(task.urgency)) return false;
      if (!isOfKind(task, queue.filter.kind, kinds)) return false;
      if (words.length === 0) return true;
      const said = this.#said(db, task, names).toLowerCase();
      const unsaid = words.filter((word) => !said.includes(word));
      if (unsaid.length === 0) return true;
      const noted = this.#identities.noteOf(task.taskId, task.patientId, task.note).toLowerCase();
      return unsaid.every((word) => noted.includes(word));
    });
    return orderQueue(found, queue.sort, { now, names });
  }

  #names(
    db: ReadDb,
    kinds: Kinds,
    language: Queue['language'],
  ): Names & { everyKind(task: QueuedTask): string } {
    const kindOf = (id: WorkKindId) => kinds.get(id)?.name ?? { en: id, zh: id };
    return {
      kind: (task) => kindOf(task.workKindId)[language],
      everyKind: ({ workKindId }) => {
        const { en, zh } = kindOf(workKindId);
        return [en, zh, kinds.get(workKindId)?.code ?? ''].join(' ');
      },
      patient: (task) => this.#identities.named(db, task.patientId)?.name ?? '',
    };
  }

  /** What a search looks into before it opens notes; opened in memory, kept nowhere else. */
  #said(db: ReadDb, task: QueuedTask, names: { everyKind(task: QueuedTask): string }): string {
    const identity = this.#identities.named(db, task.patientId);
    const reference = this.#identities.referenceOf(task.taskId, task.patientId, task.reference);
    return [
      task.taskId,
      names.everyKind(task),
      identity?.name,
      identity?.number,
      identity?.birthDate,
      reference,
    ]
      .filter(Boolean)
      .join(' ');
  }
}

function isOfKind({ workKindId }: QueuedTask, wanted: Queue['filter']['kind'], kinds: Kinds): boolean {
  if (wanted === undefined) return true;
  return 'code' in wanted ? kinds.get(workKindId)?.code === wanted.code : workKindId === wanted.workKindId;
}

function keyOf(db: ReadDb, queue: Queue, now: Instant): string {
  return `${getHead(db).hash} ${Math.floor(now / MINUTE)} ${JSON.stringify(queue)}`;
}

/** The tasks a queue is about, before search and urgency. */
function listed(db: ReadDb, { subsystem, filter }: Queue, now: Instant): QueuedTask[] {
  const { states, poolId, enteredBy } = filter;
  const wanted = { subsystem, poolId, enteredBy };
  if (states.length > 0) return listQueued(db, { ...wanted, states, since: null });
  const zone = getClinic(db).timeZone;
  const midnight = startOfLocalDay(localDayNumberOf(now, zone), zone);
  const ended = listQueued(db, {
    ...wanted,
    states: TASK_STATES.filter((state) => !isOpen(state)),
    since: instant(midnight - DAY),
  });
  return [
    ...listQueued(db, { ...wanted, states: OPEN_STATES, since: null }),
    ...ended.filter((task) => (task.endedAt ?? task.sortAt) >= midnight),
  ];
}
