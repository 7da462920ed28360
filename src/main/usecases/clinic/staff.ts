/** The people: who sits at the desk, and the staff list. A clinic always keeps a manager who can change things. */
import { findStaff, listStaff } from '../../ledger/index.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { Usecase } from '../usecase.ts';
import { commandOf } from '../usecase.ts';

/** The actor of the entry is the one who sits down. */
export const switchPerson: Usecase<'person.switch'> = (place, { staffId }, call) =>
  place.command({ ...commandOf(call, { staffId }), actor: staffId }, (tx) => {
    if (!findStaff(tx.db, staffId)?.isActive) return refuse('unknown-person');
    tx.append('person-changed', { staffId });
    return accept({});
  });

export const setStaff: Usecase<'staff.set'> = (place, { member }, call) =>
  place.command(commandOf(call, { member }), (tx) => {
    const others = listStaff(tx.db).filter((each) => each.id !== member.id);
    const managers = [...others, member].filter((each) => each.isActive && each.role === 'manager');
    if (managers.length === 0) return refuse('last-manager');
    tx.append('staff-set', member);
    return accept({});
  });
