/** The handlers of the care pathways' channels. */
import type { Handlers } from '../handlers.ts';
import { within } from '../usecase.ts';
import type { Workplace } from '../workplace.ts';
import { cancelPathway, getPathwayChain } from './chain.ts';
import { quotePathway } from './quote-pathway.ts';
import { startPathway } from './start-pathway.ts';
import { listPathways, setPathway } from './templates.ts';

type PathwayChannel = Extract<keyof Handlers, `pathway.${string}`>;

/** @param current  the workplace that is open when a request comes, or null */
export function pathwayHandlers(current: () => Workplace | null): Pick<Handlers, PathwayChannel> {
  return {
    'pathway.list': within(current, listPathways),
    'pathway.set': within(current, setPathway),
    'pathway.quote': within(current, quotePathway),
    'pathway.start': within(current, startPathway),
    'pathway.chain': within(current, getPathwayChain),
    'pathway.cancel': within(current, cancelPathway),
  };
}
