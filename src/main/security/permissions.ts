/** What each role may do: one small table, asked by the bridge for every message. */
import type { StaffRole } from '../../shared/domain/clinic.ts';

export const PERMISSIONS = [
  /** See screens and figures. */
  'read',
  /** Enter, start, finish and cancel work. */
  'enter',
  /** Change pools, hours, shares, policies and the staff list. */
  'manage',
  /** Save reports and proofs to files. */
  'export',
  /** Name patients in such a file, for a reason that is recorded. */
  'identify',
  /** Bring data in, and take an import back. */
  'import',
  /** Set up, back up, restore. */
  'install',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const GRANTED: Readonly<Record<StaffRole, readonly Permission[]>> = {
  staff: ['read', 'enter', 'export'],
  manager: ['read', 'enter', 'manage', 'export', 'identify', 'import', 'install'],
  auditor: ['read', 'export'],
  technician: ['read', 'import', 'export', 'install'],
};

export function isAllowed(role: StaffRole, permission: Permission): boolean {
  return GRANTED[role].includes(permission);
}

/** What a role may do, in the order of `PERMISSIONS`. */
export function permissionsOf(role: StaffRole): readonly Permission[] {
  return PERMISSIONS.filter((permission) => isAllowed(role, permission));
}
