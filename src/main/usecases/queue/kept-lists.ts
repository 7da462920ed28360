/** What was made last, by key: the one asked for longest ago is given up first. */
export class KeptLists<List> {
  readonly #lists = new Map<string, List>();
  readonly #most: number;

  /** @param most  how many are kept; at least 1 */
  constructor(most: number) {
    this.#most = most;
  }

  /** The list kept under the key, else what `make` gives, kept from now on. */
  get(key: string, make: () => List): List {
    const list = this.#lists.get(key) ?? make();
    this.#lists.delete(key);
    this.#lists.set(key, list);
    for (const old of [...this.#lists.keys()].slice(0, -this.#most)) this.#lists.delete(old);
    return list;
  }

  /** The same without keeping what is made: for what nobody asks for twice. It pushes no other out. */
  once(key: string, make: () => List): List {
    return this.#lists.get(key) ?? make();
  }
}
