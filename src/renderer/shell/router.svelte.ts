/** The current route. Reads the location's hash and follows it; going somewhere is setting it, so that back works. */
import { readiness } from './readiness.ts';
import { parseRoute, routeKey, type Route } from './route.ts';

class Router {
  current = $state.raw<Route>(parseRoute(window.location.hash));
  /** Changes when another screen is shown, not when only the parameters do. */
  readonly key = $derived(routeKey(this.current));

  constructor() {
    window.addEventListener('hashchange', () => {
      void readiness.during(Promise.resolve());
      this.current = parseRoute(window.location.hash);
    });
  }

  /** @param href  as made by `hrefOf` or `workspaceHref` */
  go(href: string): void {
    window.location.hash = href;
  }
}

export const router = new Router();
