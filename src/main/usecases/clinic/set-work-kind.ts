/** What a new task of a kind begins with: needs, duration, urgency. Tasks that are already entered keep their own. */
import { findPool } from '../../ledger/index.ts';
import { accept, refuse } from '../../../shared/result.ts';
import { needRefusal } from '../tasks/draft-to-task.ts';
import type { Usecase } from '../usecase.ts';
import { commandOf } from '../usecase.ts';
import { undoableSetting, workKindSetting } from './undoable-setting.ts';

export const setWorkKind: Usecase<'work-kind.set'> = (place, { workKind }, call) =>
  undoableSetting(place, commandOf(call, { workKind }), workKindSetting(workKind.id), (tx) => {
    for (const need of workKind.needs) {
      const refusal = needRefusal(need, workKind.needs, {
        pool: (id) => findPool(tx.db, id, tx.now),
      });
      if (refusal) return refuse(refusal, { poolId: need.poolId });
    }
    tx.append('work-kind-set', workKind);
    return accept({ workKindId: workKind.id });
  });
