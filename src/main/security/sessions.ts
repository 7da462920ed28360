/**
 * Who is at the desk. Every action has a person: the last one who sat down, as the ledger knows it, as long as they
 * are on the staff list. Before there is a staff list (first run) nobody is, and only setting up is allowed.
 */
import type { StaffMember } from '../../shared/domain/clinic.ts';
import { findPersonAtDesk, findStaff, listStaff } from '../ledger/index.ts';
import type { ReadDb } from '../ledger/index.ts';
import { isAllowed } from './permissions.ts';
import type { Permission } from './permissions.ts';

const BEFORE_FIRST_RUN: readonly Permission[] = ['read', 'install', 'import'];

/** @returns null before anyone sat down, and when the person there has left the clinic */
export function personAtDesk(db: ReadDb): StaffMember | null {
  const seat = findPersonAtDesk(db);
  if (seat === null) return null;
  const person = findStaff(db, seat.staffId);
  return person?.isActive ? person : null;
}

/** Whether the person at the desk may do what `permission` names. */
export function mayAct(db: ReadDb, permission: Permission): boolean {
  const person = personAtDesk(db);
  if (person !== null) return isAllowed(person.role, permission);
  return BEFORE_FIRST_RUN.includes(permission) && !listStaff(db).some((member) => member.isActive);
}
