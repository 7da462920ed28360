import { afterEach, beforeEach, expect, test } from 'vitest';
import { mayAct, permissionsOf, personAtDesk } from '../../src/main/security/index.ts';
import { STAFF_ROLES } from '../../src/shared/domain/clinic.ts';
import { staffMember } from '../support/ledger/clinic-rows.ts';
import { TemporaryLedger } from '../support/ledger/temporary-ledger.ts';

let books: TemporaryLedger;

beforeEach(async () => {
  books = await TemporaryLedger.open();
});

afterEach(() => books.dispose());

test('gives each role what the table says', () => {
  const granted = Object.fromEntries(STAFF_ROLES.map((role) => [role, permissionsOf(role)]));
  expect(granted).toEqual({
    staff: ['read', 'enter', 'export'],
    manager: ['read', 'enter', 'manage', 'export', 'identify', 'import', 'install'],
    auditor: ['read', 'export'],
    technician: ['read', 'export', 'import', 'install'],
  });
});

test('before there is a staff list anybody may set up, and nobody may enter work', () => {
  const { db } = books.ledger;
  expect(personAtDesk(db)).toBeNull();
  expect(mayAct(db, 'install')).toBe(true);
  expect(mayAct(db, 'enter')).toBe(false);
});

test('the person at the desk acts with their own role', async () => {
  const { db } = books.ledger;
  await books.append('staff-set', staffMember({ role: 'auditor' }));
  expect(mayAct(db, 'install')).toBe(false);
  await books.append('person-changed', { staffId: staffMember().id });
  expect(personAtDesk(db)).toEqual(staffMember({ role: 'auditor' }));
  expect(mayAct(db, 'export')).toBe(true);
  expect(mayAct(db, 'enter')).toBe(false);
});

test('nobody sits at the desk once the person there has left the clinic', async () => {
  const { db } = books.ledger;
  await books.append('staff-set', staffMember());
  await books.append('person-changed', { staffId: staffMember().id });
  await books.append('staff-set', staffMember({ isActive: false }));
  expect(personAtDesk(db)).toBeNull();
});
