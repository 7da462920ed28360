/**
 * What the task form asks for while it is filled in: the catalogue, patients by name or number, and its own draft.
 */
import { listWorkKinds } from '../../ledger/index.ts';
import { readDefaultKinds } from '../clinic/default-kinds.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { Usecase } from '../usecase.ts';

const PATIENTS_SHOWN = 20;

export const getWorkKinds: Usecase<'work-kind.list'> = (place) =>
  accept({ workKinds: listWorkKinds(place.db), defaults: readDefaultKinds(place.db) });

export const searchPatients: Usecase<'patient.search'> = (place, { text }) =>
  accept({ patients: place.identities.search(place.db, text, PATIENTS_SHOWN) });

/** Drafts belong to a person: what one began is not shown to the next. */
export const getDraft: Usecase<'draft.get'> = (place, { form }) => {
  const person = place.person();
  if (!person) return refuse('no-person');
  const draft = place.keys.drafts.find({ staffId: person.id, formKey: form });
  return accept({ body: draft?.text ?? null, savedAt: draft?.savedAt ?? null, now: place.now() });
};

export const setDraft: Usecase<'draft.set'> = (place, { form, body }) => {
  const person = place.person();
  if (!person) return refuse('no-person');
  const key = { staffId: person.id, formKey: form };
  if (body === null) place.keys.drafts.discard(key);
  else place.keys.drafts.save(key, body, null);
  return accept({});
};
