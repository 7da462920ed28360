/**
 * What the task form asks for while it is filled in: the catalogue, patients by name or number, and its own draft.
 */
import { findClinic, listWorkKinds } from '../../ledger/index.ts';
import type { DraftKey } from '../../security/index.ts';
import { staffId } from '../../../shared/ids.ts';
import { readDefaultKinds } from '../clinic/default-kinds.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { Usecase } from '../usecase.ts';
import type { Workplace } from '../workplace.ts';

const PATIENTS_SHOWN = 20;

export const getWorkKinds: Usecase<'work-kind.list'> = (place) =>
  accept({ workKinds: listWorkKinds(place.db), defaults: readDefaultKinds(place.db) });

export const searchPatients: Usecase<'patient.search'> = (place, { text }) =>
  accept({ patients: place.identities.search(place.db, text, PATIENTS_SHOWN) });

/** Before there are staff, first run's form is the only one, and belongs to whoever sets the clinic up. */
const FIRST_RUN = { staffId: staffId('first-run'), formKey: 'first-run' };

/** Drafts belong to a person: what one began is not shown to the next. Null where nobody is at the desk. */
function draftKey(place: Workplace, form: string): DraftKey | null {
  const person = place.person();
  if (person) return { staffId: person.id, formKey: form };
  return form === FIRST_RUN.formKey && findClinic(place.db) === null ? FIRST_RUN : null;
}

export const getDraft: Usecase<'draft.get'> = (place, { form }) => {
  const key = draftKey(place, form);
  if (!key) return refuse('no-person');
  const draft = place.keys.drafts.find(key);
  return accept({ body: draft?.text ?? null, savedAt: draft?.savedAt ?? null, now: place.now() });
};

export const setDraft: Usecase<'draft.set'> = (place, { form, body }) => {
  const key = draftKey(place, form);
  if (!key) return refuse('no-person');
  if (body === null) place.keys.drafts.discard(key);
  else place.keys.drafts.save(key, body, null);
  return accept({});
};

/** The clinic is made: what was typed towards it is not kept any longer. */
export function discardFirstRunDraft(place: Workplace): void {
  place.keys.drafts.discard(FIRST_RUN);
}
