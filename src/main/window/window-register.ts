/**
 * The windows this application has made and what each may do; the bridge asks it before it answers anybody. A window
 * leaves the register when its contents are destroyed, so that a recycled id is never trusted.
 */
import type { WebContents } from 'electron';

export type WindowRole = 'main' | 'print';

export class WindowRegister {
  readonly #roles = new Map<number, { readonly role: WindowRole; readonly contents: WebContents }>();

  add(contents: WebContents, role: WindowRole): void {
    const { id } = contents;
    this.#roles.set(id, { role, contents });
    contents.once('destroyed', () => {
      this.#roles.delete(id);
    });
  }

  /** Null for contents that this application did not make a window for. */
  roleOf(webContentsId: number): WindowRole | null {
    return this.#roles.get(webContentsId)?.role ?? null;
  }

  /** Contents of the windows that show the application itself. */
  mainContents(): readonly WebContents[] {
    return [...this.#roles.values()].filter(({ role }) => role === 'main').map(({ contents }) => contents);
  }
}
