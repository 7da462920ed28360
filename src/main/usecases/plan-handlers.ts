/** The channels about the day and its plan: day close and the day's list, pathways, proposals, previews, variants. */
import { closeDay, getDay } from './day/day-close.ts';
import { getDayListSetting, setDayList } from './day/day-list-setting.ts';
import { enterTimes } from './day/enter-times.ts';
import { listDay } from './day/list-day.ts';
import { declineProposal, takeProposal } from './decisions/decide.ts';
import { listDecisions } from './decisions/list-decisions.ts';
import type { Handlers } from './handlers.ts';
import { cancelPathway, getPathwayChain } from './pathways/chain.ts';
import { quotePathway } from './pathways/quote-pathway.ts';
import { startPathway } from './pathways/start-pathway.ts';
import { listPathways, setPathway } from './pathways/templates.ts';
import { within } from './usecase.ts';
import { WhatIf, commitWhatIf, compareWhatIf, previewPool } from './whatif/what-if.ts';
import type { Workplace } from './workplace.ts';

type PlanChannel =
  | 'day.get'
  | 'day.close'
  | 'day.list'
  | 'day.enter-times'
  | 'day-list.get'
  | 'day-list.set'
  | 'decision.list'
  | 'decision.take'
  | 'decision.decline'
  | 'pathway.list'
  | 'pathway.set'
  | 'pathway.quote'
  | 'pathway.start'
  | 'pathway.chain'
  | 'pathway.cancel'
  | 'pool.preview'
  | 'whatif.compare'
  | 'whatif.commit';

/** @param current  the workplace that is open when a request comes, or null */
export function planHandlers(current: () => Workplace | null): Pick<Handlers, PlanChannel> {
  const whatIf = new WhatIf();
  return {
    'day.get': within(current, getDay),
    'day.close': within(current, closeDay),
    'day.list': within(current, listDay),
    'day.enter-times': within(current, enterTimes),
    'day-list.get': within(current, getDayListSetting),
    'day-list.set': within(current, setDayList),
    'decision.list': within(current, listDecisions),
    'decision.take': within(current, takeProposal),
    'decision.decline': within(current, declineProposal),
    'pathway.list': within(current, listPathways),
    'pathway.set': within(current, setPathway),
    'pathway.quote': within(current, quotePathway),
    'pathway.start': within(current, startPathway),
    'pathway.chain': within(current, getPathwayChain),
    'pathway.cancel': within(current, cancelPathway),
    'pool.preview': within(current, previewPool(whatIf)),
    'whatif.compare': within(current, compareWhatIf(whatIf)),
    'whatif.commit': within(current, commitWhatIf(whatIf)),
  };
}
