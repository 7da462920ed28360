/** The templates: listed for everybody, changed by a manager. A step's kind of work must be in the catalogue. */
import { findWorkKind, listPathways as readPathways } from '../../ledger/index.ts';
import { accept, refuse } from '../../../shared/result.ts';
import { pathwaySetting, undoableSetting } from '../clinic/undoable-setting.ts';
import type { Usecase } from '../usecase.ts';
import { commandOf } from '../usecase.ts';

export const listPathways: Usecase<'pathway.list'> = (place) =>
  accept({
    pathways: readPathways(place.db).map((pathway) => ({ ...pathway, steps: [...pathway.steps] })),
  });

export const setPathway: Usecase<'pathway.set'> = (place, { pathway }, call) =>
  undoableSetting(place, commandOf(call, { pathway }), pathwaySetting(pathway.id), (tx) => {
    const unknown = pathway.steps.find(({ workKindId }) => findWorkKind(tx.db, workKindId) === null);
    if (unknown) return refuse('unknown-work-kind', { workKindId: unknown.workKindId });
    tx.append('pathway-set', pathway);
    return accept({ pathwayId: pathway.id });
  });
