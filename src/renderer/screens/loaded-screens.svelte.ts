/** The screens whose code is here. Each is loaded once. */
import { FIRST_SCREEN, LATER_SCREENS, type Screen, type ScreenName } from './screens.ts';

class LoadedScreens {
  #loaded = $state.raw<Readonly<Partial<Record<ScreenName, Screen>>>>(FIRST_SCREEN);

  /** Null while its code is on the way. */
  find(name: ScreenName): Screen | null {
    return this.#loaded[name] ?? null;
  }

  /** @throws when the code cannot be read: the installation is damaged */
  async load(name: ScreenName): Promise<void> {
    if (name === 'today' || this.#loaded[name]) return;
    const { default: screen } = await LATER_SCREENS[name]();
    this.#loaded = { ...this.#loaded, [name]: screen };
  }

  /** One after the other, each when the window has nothing else to do; what fails here fails again when it is wanted. */
  loadAllWhenIdle(): void {
    const [next, ...others] = Object.keys(LATER_SCREENS) as (keyof typeof LATER_SCREENS)[]; // its own keys
    const loadFrom = (name: ScreenName | undefined, rest: readonly ScreenName[]): void => {
      if (name === undefined) return;
      requestIdleCallback(() => {
        this.load(name)
          .catch(() => undefined)
          .finally(() => loadFrom(rest[0], rest.slice(1)));
      });
    };
    loadFrom(next, others);
  }
}

export const loadedScreens = new LoadedScreens();
