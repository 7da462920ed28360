/** A person says that this computer's date and time are right; entries are then taken again. */
import { accept } from '../../../shared/result.ts';
import type { Usecase } from '../usecase.ts';

export const confirmClock: Usecase<'clock.confirm'> = (place) => {
  place.ledger.confirmClock();
  place.surroundings.log({ code: 'clock-confirmed' });
  return accept({});
};
