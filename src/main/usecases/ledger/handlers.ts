/** The channels of the ledger as a book: its history, and its proof, which can be stopped. */
import { accept } from '../../../shared/result.ts';
import type { Handlers } from '../handlers.ts';
import { within } from '../usecase.ts';
import type { Workplace } from '../workplace.ts';
import { getHistory } from './get-history.ts';
import { VerifyRun, verifyOpenLedger } from './verify-run.ts';

type LedgerChannel = 'ledger.history' | 'ledger.verify' | 'ledger.cancel-verify';

export function ledgerHandlers(current: () => Workplace | null): Pick<Handlers, LedgerChannel> {
  const verifying = new VerifyRun();
  return {
    'ledger.history': within(current, getHistory),
    'ledger.verify': within(current, verifyOpenLedger(verifying)),
    'ledger.cancel-verify': () => {
      verifying.cancel();
      return Promise.resolve(accept({}));
    },
  };
}
