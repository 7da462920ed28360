/** What the items of the window's menu bar do here. A name that is not known does nothing: menu and page may differ. */
import type { App } from '../app.svelte.ts';
import { m } from '../../shared/messages/index.ts';
import { entering } from '../ui/entering.svelte.ts';
import { notices } from './notices.svelte.ts';
import { hrefOf, workspaceHref, type Route } from './route.ts';

interface Router {
  readonly current: Route;
  go(href: string): void;
}

export function startFromMenu(name: string, app: App, router: Router): void {
  switch (name) {
    case 'new-task':
      if (entering.refusal) notices.refuse(entering.refusal);
      else router.go(workspaceHref(subsystemInSight(router.current), { form: 'new' }));
      break;
    case 'timeline':
    case 'pathways':
    case 'whatif':
    case 'import':
    case 'reports':
    case 'settings':
      router.go(hrefOf(name));
      break;
    case 'backup':
      void makeBackup(app);
  }
}

/** New work is entered where the person is, or else where most people come in. */
const subsystemInSight = (route: Route): 'records' | Extract<Route, { name: 'workspace' }>['subsystem'] =>
  route.name === 'workspace' ? route.subsystem : 'records';

/** Main asks for the folder; a cancelled dialog is not worth a word. */
export async function makeBackup(app: App): Promise<void> {
  const reply = await app.api.command('backup.make', {});
  if (!reply.ok) notices.refuse(reply.error);
  else if (reply.value.path) {
    const { path } = reply.value;
    notices.done('backup', () => m.shell_backup_made({ path }));
  }
}
