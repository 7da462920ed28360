/** A subsystem's queue as a window would list it without a filter. */
import type { Response } from '../../../src/shared/contract/index.ts';
import type { Queue } from '../../../src/shared/contract/queue.ts';
import { QUEUE_PAGE } from '../../../src/shared/contract/queue.ts';
import type { SubsystemId } from '../../../src/shared/domain/subsystem.ts';
import type { TestApplication } from './application.ts';

export const NO_FILTER: Queue['filter'] = { states: [], urgencies: [], poolId: null, enteredBy: null };

export function queueOf(subsystem: SubsystemId, given: Partial<Queue> = {}): Queue {
  return { subsystem, filter: NO_FILTER, sort: null, text: '', language: 'en', ...given };
}

export function listQueue(
  app: TestApplication,
  subsystem: SubsystemId,
  given: Partial<Queue> = {},
): Promise<Response<'queue.get'>> {
  return app.get('queue.get', { queue: queueOf(subsystem, given), offset: 0, limit: QUEUE_PAGE });
}
