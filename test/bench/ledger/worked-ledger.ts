/**
 * A ledger as a clinic's days make it: every task is submitted, planned, confirmed, started and finished by entries of
 * its own, hours apart, so that at any instant of the past some hundred tasks were under way.
 */
import { taskId } from '../../../src/shared/ids.ts';
import { accept } from '../../../src/shared/result.ts';
import { instant } from '../../../src/shared/units.ts';
import {
  moved,
  planOf,
  roomFor,
  scanTask,
  setUpClinic,
  submitted,
} from '../../support/ledger/clinic-rows.ts';
import { accepted, TemporaryLedger } from '../../support/ledger/temporary-ledger.ts';

const ENTRIES_PER_TASK = 5;
const TASKS_PER_COMMAND = 2000;
/** One task every 250 seconds. */
const APART_SECONDS = 250;
/** After how many others each move of a task comes. */
const CONFIRMED_AFTER = 60;
const STARTED_AFTER = 100;
const FINISHED_AFTER = 107;

/** @param entries  how many entries the ledger has in the end, about */
export async function workedLedger(entries: number, folder?: string): Promise<TemporaryLedger> {
  const books = await TemporaryLedger.open(folder);
  const count = Math.floor(entries / ENTRIES_PER_TASK);
  books.clock.passSeconds(-(count + 200) * APART_SECONDS);
  await books.ledger.reopen();
  books.ledger.confirmClock();
  await setUpClinic(books);
  const first = books.clock.now;
  const startOf = (index: number): number => first + (index + STARTED_AFTER) * APART_SECONDS;
  for (let done = 0; done < count; done += TASKS_PER_COMMAND) {
    const until = Math.min(count, done + TASKS_PER_COMMAND);
    books.ledger.allowPause();
    const reply = await books.ledger.write(books.command(), (tx) => {
      for (let index = done; index < until; index += 1) {
        const { now } = books.clock;
        const effective = { effective: now };
        const id = `task-${index}`;
        const task = scanTask(id, { submittedAt: now, earliestStart: now });
        tx.append('task-submitted', submitted(task), effective);
        const changes = [{ taskId: taskId(id), allocation: roomFor(id, startOf(index)) }];
        tx.append('plan-adopted', planOf(books.keys.digest('plan'), now, { changes }), effective);
        const move = (before: number, ...by: Parameters<typeof moved>[1]): void => {
          if (index < before) return;
          tx.append('task-moved', moved(`task-${index - before}`, by, now), effective);
        };
        move(CONFIRMED_AFTER, 'tentative', 'confirm', 'confirmed');
        move(STARTED_AFTER, 'confirmed', 'start', 'running');
        move(FINISHED_AFTER, 'running', 'finish', 'finished');
        books.clock.passSeconds(APART_SECONDS);
      }
      return accept(instant(books.clock.now));
    });
    accepted(reply);
  }
  return books;
}
