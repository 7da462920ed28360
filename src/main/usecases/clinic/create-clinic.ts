/**
 * First run: the clinic, its first person (a manager, at the desk from now on), its pools, and one kind of work per
 * subsystem, in one command.
 */
import { v7 } from 'uuid';
import { findClinic } from '../../ledger/index.ts';
import { SUBSYSTEMS } from '../../../shared/domain/subsystem.ts';
import { staffId } from '../../../shared/ids.ts';
import { isTimeZone } from '../../../shared/local-time.ts';
import { accept, refuse } from '../../../shared/result.ts';
import { discardFirstRunDraft } from '../tasks/form-support.ts';
import { poolFault } from '../pools/set-pool.ts';
import type { Usecase } from '../usecase.ts';
import { commandOf } from '../usecase.ts';
import { writeFirstDefaults } from './default-kinds.ts';
import { defaultPathway } from './default-pathway.ts';
import { defaultWorkKind } from './default-work-kinds.ts';

export const createClinic: Usecase<'clinic.create'> = async (place, request, call) => {
  const person = staffId(`s-${v7({ msecs: place.surroundings.nowMs() })}`);
  const reply = await place.command({ ...commandOf(call, request), actor: person }, (tx) => {
    if (findClinic(tx.db)) return refuse('clinic-exists');
    if (!isTimeZone(request.timeZone)) return refuse('unknown-time-zone');
    const faulty = request.pools.find((pool) => poolFault(pool) !== null);
    if (faulty) return refuse('invalid-pool', { poolId: faulty.id });
    const known = new Set(request.pools.map((pool) => pool.id));
    if (request.defaults.some((each) => !known.has(each.poolId))) return refuse('unknown-pool');
    tx.append('clinic-set', {
      name: request.name,
      timeZone: request.timeZone,
      language: request.language,
      triagePreset: request.language === 'zh' ? 'china' : 'manchester',
      isSample: false,
    });
    tx.append('staff-set', { id: person, ...request.person, role: 'manager', isActive: true });
    tx.append('person-changed', { staffId: person });
    for (const row of SUBSYSTEMS) {
      tx.append('subsystem-set', { subsystem: row.id, policy: row.defaultPolicy, weight: 1 });
    }
    for (const pool of request.pools) tx.append('pool-set', pool);
    const kinds = request.defaults.map(defaultWorkKind);
    for (const kind of kinds) tx.append('work-kind-set', kind);
    if (kinds.length > 0) writeFirstDefaults(tx, kinds);
    const pathway = defaultPathway(kinds);
    if (pathway) tx.append('pathway-set', pathway);
    return accept({});
  });
  if (reply.ok) discardFirstRunDraft(place);
  return reply;
};
