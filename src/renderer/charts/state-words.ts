/** The words of the six accounting states. */
import { m } from '../../shared/messages/index.ts';
import type { AccountingState } from '../../shared/domain/capacity.ts';

export const STATE_WORDS: Readonly<Record<AccountingState, () => string>> = {
  used: () => m.common_state_used(),
  'reserved-unused': () => m.common_state_reserved_unused(),
  'idle-while-waited': () => m.common_state_idle_while_waited(),
  idle: () => m.common_state_idle(),
  down: () => m.common_state_down(),
  closed: () => m.common_state_closed(),
};
