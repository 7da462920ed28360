/** What a person says of a ledger that another installation wrote; refused as long as nobody was asked. */
import { refuse, accept } from '../../../shared/result.ts';
import type { LedgerProblem } from '../../../shared/contract/clinic.ts';
import type { Opener } from '../care/recovery.ts';
import type { Handlers, Surroundings } from '../handlers.ts';
import { problemOfWriting } from '../workplace.ts';
import { beginHere } from './other-installation.ts';

type Refused =
  'ledger-busy' | 'ledger-damaged' | 'folder-missing' | 'disk-full' | 'ledger-read-only' | 'ledger-io';

const REFUSED: Readonly<Partial<Record<LedgerProblem, Refused>>> = {
  'ledger-busy': 'ledger-busy',
  'ledger-damaged': 'ledger-damaged',
  'folder-missing': 'folder-missing',
  'disk-full': 'disk-full',
  'ledger-read-only': 'ledger-read-only',
};

export function installationHandlers(
  opener: Opener,
  surroundings: Surroundings,
): Pick<Handlers, 'installation.answer'> {
  return {
    'installation.answer': async ({ answer }) => {
      if (opener.problem !== 'other-installation') return refuse('not-asked');
      const begun = await opener.whileClosed(() => beginHere(opener.path, answer, surroundings));
      if (!begun.ok) return refuse(REFUSED[problemOfWriting(begun.error.code)] ?? 'ledger-io', {}, true);
      surroundings.log({ code: `ledger-${answer}` });
      return accept({});
    },
  };
}
