/** What is typed outside a form of its own: beside a task, and before there is a clinic. */
import type { Api } from '../../../src/renderer/api.ts';
import { FirstRun } from '../../../src/renderer/screens/firstrun/firstrun.svelte.ts';
import { WorkspaceState } from '../../../src/renderer/screens/workspace/workspace.svelte.ts';
import { appOn, detail, type OpenForm } from './drafted-forms.ts';

export const BESIDE: Readonly<
  Record<string, { readonly keptAs: string; readonly open: (given: Api) => Promise<OpenForm> }>
> = {
  'the true time of a task, beside it': {
    keptAs: 'task-time:t-1',
    open: async (given) => {
      const workspace = new WorkspaceState(given, 'imaging');
      await workspace.select(detail.row.taskId);
      return {
        draft: workspace.timeDraft,
        type: () => (workspace.atTyped = '09:5'),
        read: () => workspace.atTyped,
      };
    },
  },
  'first run, step by step': {
    keptAs: 'first-run',
    open: async (given) => {
      const run = new FirstRun(await appOn(given));
      return {
        draft: run.draft,
        type: () => {
          void run.begin('own');
          run.name = 'Riverside';
          const [pool] = run.pools;
          if (pool) run.changePool(pool.id, { typedName: 'Echo' });
        },
        read: () => [run.stepIndex, run.name, run.pools[0]?.typedName],
      };
    },
  },
};
