/** A binary heap over a total order: the smallest item first. */
export class BinaryHeap<Item> {
  readonly #items: Item[] = [];
  readonly #compare: (left: Item, right: Item) => number;

  constructor(compare: (left: Item, right: Item) => number) {
    this.#compare = compare;
  }

  peek(): Item | null {
    return this.#items[0] ?? null;
  }

  push(item: Item): void {
    let index = this.#items.push(item) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = this.#items[parent];
      if (above === undefined || this.#compare(above, item) <= 0) break;
      this.#items[index] = above;
      index = parent;
    }
    this.#items[index] = item;
  }

  pop(): Item | null {
    const first = this.#items[0];
    const last = this.#items.pop();
    if (first === undefined || last === undefined) return null;
    if (this.#items.length > 0) this.#sink(last);
    return first;
  }

  #sink(item: Item): void {
    let index = 0;
    for (;;) {
      const child = this.#smallerChild(index);
      const below = this.#items[child];
      if (below === undefined || this.#compare(item, below) <= 0) break;
      this.#items[index] = below;
      index = child;
    }
    this.#items[index] = item;
  }

  #smallerChild(index: number): number {
    const left = this.#items[2 * index + 1];
    const right = this.#items[2 * index + 2];
    return left !== undefined && right !== undefined && this.#compare(right, left) < 0
      ? 2 * index + 2
      : 2 * index + 1;
  }
}
