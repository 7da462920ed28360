/** What the rail lists, in its three groups: only what works. */
import ChartGantt from '@lucide/svelte/icons/chart-gantt';
import Sun from '@lucide/svelte/icons/sun';
import BookCheck from '@lucide/svelte/icons/book-check';
import Table2 from '@lucide/svelte/icons/table-2';
import FolderInput from '@lucide/svelte/icons/folder-input';
import Layers from '@lucide/svelte/icons/layers';
import Scale from '@lucide/svelte/icons/scale';
import SlidersHorizontal from '@lucide/svelte/icons/sliders-horizontal';
import { SUBSYSTEM_IDS, type SubsystemId } from '../../shared/domain/subsystem.ts';
import { m } from '../../shared/messages/index.ts';
import type { IconImage } from '../ui/icon-image.ts';
import { SUBSYSTEM_IMAGE, SUBSYSTEM_SHORT } from '../ui/subsystem-words.ts';
import { hrefOf, workspaceHref } from './route.ts';

export interface RailItem {
  /** As `routeKey` gives it. */
  readonly key: string;
  readonly href: string;
  readonly image: IconImage;
  readonly label: string;
  /** Tasks that wait there; null where nothing waits. */
  readonly waiting: number | null;
}

/** @param waitingCounts  by subsystem; empty until known */
export function railGroups(waitingCounts: Partial<Readonly<Record<SubsystemId, number>>>): RailItem[][] {
  const page = (
    key: 'today' | 'timeline' | 'pools' | 'whatif' | 'reports' | 'ledger' | 'import' | 'settings',
    image: IconImage,
    label: string,
  ) => ({
    key,
    href: hrefOf(key),
    image,
    label,
    waiting: null,
  });
  return [
    [page('today', Sun, m.shell_today()), page('timeline', ChartGantt, m.shell_timeline())],
    SUBSYSTEM_IDS.map((id) => ({
      key: `workspace-${id}`,
      href: workspaceHref(id),
      image: SUBSYSTEM_IMAGE[id],
      label: SUBSYSTEM_SHORT[id](),
      waiting: waitingCounts[id] ?? null,
    })),
    [
      page('pools', Layers, m.shell_pools()),
      page('whatif', Scale, m.shell_whatif()),
      page('reports', Table2, m.shell_reports()),
      page('ledger', BookCheck, m.shell_ledger()),
      page('import', FolderInput, m.shell_import()),
      page('settings', SlidersHorizontal, m.shell_settings()),
    ],
  ];
}
