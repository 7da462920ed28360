/**
 * One subsystem's queue as the window holds it: filter, order, search, and the pages in sight. Main orders and counts;
 * here a line is a heading or a row of a page, and what has not come yet is undefined. Touches no DOM.
 */
import type { Api } from '../../api.ts';
import type { Response } from '../../../shared/contract/index.ts';
import type { Queue, QueueFilter, QueueSort, SavedView } from '../../../shared/contract/queue.ts';
import type { TaskRow } from '../../../shared/contract/tasks.ts';
import type { TaskState } from '../../../shared/domain/lifecycle.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import type { TaskId } from '../../../shared/ids.ts';
import type { Refusal } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/units.ts';
import { locale } from '../../locale.svelte.ts';

type Page = Response<'queue.get'>;
export type GroupId = Page['groups'][number]['id'];

/** The list as it is drawn: a heading per group that has rows, and its rows. */
export type ListLine =
  | { readonly kind: 'group'; readonly key: string; readonly group: GroupId; readonly count: number }
  | { readonly kind: 'task'; readonly key: string; readonly row: TaskRow };

export interface QueuedId {
  readonly taskId: TaskId;
  readonly state: TaskState;
}

export const NO_FILTER: QueueFilter = { states: [], urgencies: [], poolId: null, enteredBy: null };

const PAGE_ROWS = 100;
/** How far beyond the lines in sight a page is asked for. */
const LINES_AHEAD = 50;
/** Pages kept; those farthest from the rows in sight are let go first. */
const PAGES_MAX = 12;
/** Main names at most this many tasks at once. */
export const IDS_MAX = 2000;

export class QueueState {
  readonly subsystem: SubsystemId;
  filter = $state.raw<QueueFilter>(NO_FILTER);
  sort = $state.raw<QueueSort>(null);
  text = $state('');
  total = $state(0);
  now = $state.raw<Instant | null>(null);
  groups = $state.raw<Page['groups']>([]);
  views = $state.raw<readonly SavedView[]>([]);
  #pages = $state.raw<ReadonlyMap<number, readonly TaskRow[]>>(new Map());

  /** Line of each heading, in order; none where a column's order has no groups. */
  readonly #headings = $derived.by(() => {
    let line = 0;
    let row = 0;
    const headings: { line: number; row: number; group: GroupId; count: number }[] = [];
    for (const { id, count } of this.groups) {
      if (id !== 'all') headings.push({ line: line++, row, group: id, count });
      line += count;
      row += count;
    }
    return headings;
  });
  readonly lineCount = $derived(this.total + this.#headings.length);
  readonly isFiltered = $derived(
    this.text.trim() !== '' || JSON.stringify(this.filter) !== JSON.stringify(NO_FILTER),
  );
  /** The rows that are here, in order. */
  readonly rows: readonly TaskRow[] = $derived(
    [...this.#pages].sort(([left], [right]) => left - right).flatMap(([, rows]) => rows),
  );

  readonly #api: Api;
  #asked = 0;
  #sight = { first: 0, end: 40 };
  #missing = new Set<number>();

  constructor(api: Api, subsystem: SubsystemId) {
    this.#api = api;
    this.subsystem = subsystem;
  }

  get queue(): Queue {
    const { subsystem, filter, sort, text } = this;
    return { subsystem, filter, sort, text: text.trim(), language: locale.current };
  }

  /** Asks anew for the pages in sight; answers that have been overtaken are dropped. @returns a refusal, or null */
  async load(): Promise<Refusal | null> {
    const asked = ++this.#asked;
    this.#missing.clear();
    const wanted = this.#pagesInSight();
    const replies = await Promise.all(wanted.map((page) => this.#ask(page)));
    if (asked !== this.#asked) return null;
    const pages = new Map<number, readonly TaskRow[]>();
    for (const [index, reply] of replies.entries()) {
      if (!reply.ok) return reply.error;
      pages.set(wanted[index] ?? 0, reply.value.rows);
    }
    const [first] = replies;
    if (first?.ok) {
      this.total = first.value.total;
      this.groups = first.value.groups;
      this.now = first.value.now;
    }
    this.#pages = pages;
    return null;
  }

  /** Told which lines are in sight: asks for the pages that are not here, and for the one that scrolling on comes to. */
  see(first: number, end: number): void {
    const ahead = first < this.#sight.first ? first - LINES_AHEAD : end + LINES_AHEAD;
    this.#sight = { first, end };
    if (this.now === null) return;
    const next = Math.max(0, Math.min(ahead, this.lineCount - 1));
    for (const page of new Set([...this.#pagesInSight(), this.#pageOf(next)])) void this.#fetch(page);
  }

  lineAt(line: number): ListLine | undefined {
    const heading = this.#headings.find((each) => each.line === line);
    if (heading) {
      const { group, count } = heading;
      return { kind: 'group', key: `group-${group}`, group, count };
    }
    const row = this.rowAt(this.rowOfLine(line));
    return row && { kind: 'task', key: row.taskId, row };
  }

  rowAt(index: number): TaskRow | undefined {
    return this.#pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS];
  }

  /** The row a line holds; of a heading, the row below it. */
  rowOfLine(line: number): number {
    return line - this.#headings.filter((heading) => heading.line < line).length;
  }

  lineOfRow(index: number): number {
    return index + this.#headings.filter((heading) => heading.row <= index).length;
  }

  isHeading(line: number): boolean {
    return this.#headings.some((heading) => heading.line === line);
  }

  /** Where a task stands among the rows that are here; −1 where it is not. */
  indexOf(taskId: TaskId): number {
    for (const [page, rows] of this.#pages) {
      const at = rows.findIndex((row) => row.taskId === taskId);
      if (at >= 0) return page * PAGE_ROWS + at;
    }
    return -1;
  }

  /** Where a task stands in the whole queue; null where it is not listed. */
  async find(taskId: TaskId): Promise<number | null> {
    const known = this.indexOf(taskId);
    if (known >= 0) return known;
    const reply = await this.#api.query('queue.find', { queue: this.queue, taskId });
    return reply.ok ? reply.value.index : null;
  }

  /** The row at `index`, asked for where it is not here. */
  async fetchRow(index: number): Promise<TaskRow | null> {
    if (index < 0 || index >= this.total) return null;
    await this.#fetch(Math.floor(index / PAGE_ROWS));
    return this.rowAt(index) ?? null;
  }

  /** Tasks from one row to another, both included; at most `IDS_MAX`. */
  async ids(from: number, to: number): Promise<readonly QueuedId[]> {
    const offset = Math.max(0, Math.min(from, to));
    const limit = Math.min(IDS_MAX, Math.abs(to - from) + 1);
    const reply = await this.#api.query('queue.ids', { queue: this.queue, offset, limit });
    return reply.ok ? reply.value.tasks : [];
  }

  /** First up, then down, then back to the groups. */
  sortBy(column: NonNullable<QueueSort>['by']): void {
    if (this.sort?.by !== column) this.sort = { by: column, isDescending: false };
    else this.sort = this.sort.isDescending ? null : { by: column, isDescending: true };
  }

  async loadViews(): Promise<void> {
    const reply = await this.#api.query('views.get', {});
    if (reply.ok) this.views = reply.value.views;
  }

  show({ filter, sort }: Pick<SavedView, 'filter' | 'sort'>): void {
    this.filter = filter;
    this.sort = sort;
    this.text = '';
  }

  /** Keeps what is shown under a name; the same name again replaces it. @returns a refusal, or null */
  saveView(name: string): Promise<Refusal | null> {
    const view = { name: name.trim(), subsystem: this.subsystem, filter: this.filter, sort: this.sort };
    return this.#setViews([...this.#otherViews(view.name), view]);
  }

  deleteView(name: string): Promise<Refusal | null> {
    return this.#setViews(this.#otherViews(name));
  }

  #otherViews(name: string): SavedView[] {
    return this.views.filter((view) => view.subsystem !== this.subsystem || view.name !== name);
  }

  async #setViews(views: readonly SavedView[]): Promise<Refusal | null> {
    const reply = await this.#api.command('views.set', { views });
    if (reply.ok) this.views = views;
    return reply.ok ? null : reply.error;
  }

  #ask(page: number) {
    return this.#api.query('queue.get', { queue: this.queue, offset: page * PAGE_ROWS, limit: PAGE_ROWS });
  }

  async #fetch(page: number): Promise<void> {
    if (this.#pages.has(page) || this.#missing.has(page)) return;
    const asked = this.#asked;
    this.#missing.add(page);
    const reply = await this.#ask(page);
    this.#missing.delete(page);
    if (!reply.ok || asked !== this.#asked) return;
    const pages = new Map(this.#pages).set(page, reply.value.rows);
    const middle = this.rowOfLine((this.#sight.first + this.#sight.end) / 2) / PAGE_ROWS;
    const far = [...pages.keys()].sort((left, right) => Math.abs(right - middle) - Math.abs(left - middle));
    for (const old of far.slice(0, Math.max(0, pages.size - PAGES_MAX))) pages.delete(old);
    this.#pages = pages;
  }

  #pagesInSight(): number[] {
    const first = this.#pageOf(this.#sight.first);
    const last = Math.floor(Math.max(0, this.rowOfLine(this.#sight.end) - 1) / PAGE_ROWS);
    return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
  }

  #pageOf(line: number): number {
    return Math.floor(this.rowOfLine(line) / PAGE_ROWS);
  }
}
