/** Which two identifiers tell a patient apart here: a setting of the clinic, kept in the ledger. */
import type { ReadDb } from '../../ledger/index.ts';
import { findSetting } from '../../ledger/index.ts';
import { identifierPairField } from '../../../shared/contract/clinic.ts';
import type { IdentifierPair } from '../../../shared/domain/day-list.ts';
import { DEFAULT_IDENTIFIERS } from '../../../shared/domain/day-list.ts';
import { accept } from '../../../shared/result.ts';
import type { Usecase } from '../usecase.ts';
import { commandOf } from '../usecase.ts';
import { keyedSetting, undoableSetting } from './undoable-setting.ts';

const KEY = 'patient-identifiers';

export function readIdentifiers(db: ReadDb): IdentifierPair {
  const parsed = identifierPairField.safeParse(findSetting(db, KEY));
  return parsed.success ? parsed.data : DEFAULT_IDENTIFIERS;
}

const IDENTIFIERS_SETTING = keyedSetting(KEY, { ...DEFAULT_IDENTIFIERS });

export const setIdentifiers: Usecase<'identifiers.set'> = (place, { identifiers }, call) =>
  undoableSetting(place, commandOf(call, { identifiers }), IDENTIFIERS_SETTING, (tx) => {
    tx.append('settings-changed', { key: KEY, value: { ...identifiers } });
    return accept({});
  });
