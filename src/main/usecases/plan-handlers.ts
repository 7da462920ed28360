/** The channels about plans that are not adopted: proposals, previews, variants. */
import { declineProposal, takeProposal } from './decisions/decide.ts';
import { listDecisions } from './decisions/list-decisions.ts';
import type { Handlers } from './handlers.ts';
import { within } from './usecase.ts';
import { WhatIf, commitWhatIf, compareWhatIf, previewPool } from './whatif/what-if.ts';
import type { Workplace } from './workplace.ts';

type PlanChannel =
  | 'decision.list'
  | 'decision.take'
  | 'decision.decline'
  | 'pool.preview'
  | 'whatif.compare'
  | 'whatif.commit';

/** @param current  the workplace that is open when a request comes, or null */
export function planHandlers(current: () => Workplace | null): Pick<Handlers, PlanChannel> {
  const whatIf = new WhatIf();
  return {
    'decision.list': within(current, listDecisions),
    'decision.take': within(current, takeProposal),
    'decision.decline': within(current, declineProposal),
    'pool.preview': within(current, previewPool(whatIf)),
    'whatif.compare': within(current, compareWhatIf(whatIf)),
    'whatif.commit': within(current, commitWhatIf(whatIf)),
  };
}
