/**
 * A person's saved views, as a setting of the ledger under the person's id: they go with backups and show in the
 * history. What somebody searched for is never part of one, because it may name a patient.
 */
import { createHash } from 'node:crypto';
import { findSetting } from '../../ledger/index.ts';
import { savedViewField } from '../../../shared/contract/queue.ts';
import type { StaffId } from '../../../shared/ids.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { Usecase } from '../usecase.ts';
import { commandOf } from '../usecase.ts';

/** Ids may hold capitals, keys of settings may not. */
function keyOf(person: StaffId): string {
  return `views-${createHash('sha256').update(person).digest('hex').slice(0, 24)}`;
}

export const getViews: Usecase<'views.get'> = (place) => {
  const person = place.person();
  const kept = person === null ? null : findSetting(place.db, keyOf(person.id));
  const views = savedViewField.array().safeParse(kept ?? []);
  return accept({ views: views.success ? views.data : [] }); // written by another version: as good as none
};

export const setViews: Usecase<'views.set'> = (place, { views }, call) => {
  const person = place.person();
  if (person === null) return refuse('no-person');
  return place.command(commandOf(call, { views }), (tx) => {
    tx.append('settings-changed', { key: keyOf(person.id), value: JSON.parse(JSON.stringify(views)) as [] }); // JSON
    return accept({});
  });
};
