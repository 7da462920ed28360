/** What a manager sets: the clinic itself and each subsystem's policy. Both are triggers of a replan. */
import { findClinic } from '../../ledger/index.ts';
import { areTriageLevels } from '../../../shared/domain/urgency.ts';
import { isTimeZone } from '../../../shared/local-time.ts';
import { accept, refuse } from '../../../shared/result.ts';
import { replan } from '../planning/replan.ts';
import type { Usecase } from '../usecase.ts';
import { commandOf } from '../usecase.ts';
import { CLINIC_SETTING, subsystemSetting, undoableSetting } from './undoable-setting.ts';

export const setClinic: Usecase<'clinic.set'> = (place, { clinic }, call) =>
  undoableSetting(place, commandOf(call, { clinic }), CLINIC_SETTING, (tx) => {
    if (!isTimeZone(clinic.timeZone)) return refuse('unknown-time-zone');
    if (clinic.triagePreset === 'own' && !areTriageLevels(clinic.ownTriage ?? [])) {
      return refuse('invalid-triage');
    }
    tx.append('clinic-set', { ...clinic, isSample: findClinic(tx.db)?.isSample ?? false });
    replan(tx, place.surroundings.timeZoneData);
    return accept({});
  });

export const setSubsystem: Usecase<'subsystem.set'> = (place, { setting }, call) =>
  undoableSetting(place, commandOf(call, { setting }), subsystemSetting(setting.subsystem), (tx) => {
    tx.append('subsystem-set', setting);
    replan(tx, place.surroundings.timeZoneData);
    return accept({});
  });
