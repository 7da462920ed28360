/**
 * How patients are named in rows and on paper, and whether the day's list prints by itself. Given the application for
 * its state and commands; touches no DOM. What is chosen stays until it is saved.
 */
import type { App } from '../../app.svelte.ts';
import type { Request, Response } from '../../../shared/contract/index.ts';
import type { IdentifierPair, ListChoice, ListWay } from '../../../shared/domain/day-list.ts';
import type { Pool } from '../../../shared/domain/pool.ts';
import { FieldRefusal } from '../../forms/field-refusal.svelte.ts';
import type { Refusal } from '../../../shared/result.ts';
import { KeptDraft } from '../../forms/kept-draft.svelte.ts';
import { m } from '../../../shared/messages/index.ts';
import { undoing } from '../../shell/undoing.svelte.ts';
import { locale } from '../../locale.svelte.ts';

type View = Response<'day-list.get'>;
interface DayListForm {
  readonly isOn: boolean;
  readonly hasAll: boolean;
  readonly lists: readonly ListChoice[];
  readonly way: ListWay;
  readonly printer: string;
  readonly folder: string;
}
/** Where what is wrong with the form is said. */
export class DayListSettings {
  view = $state.raw<View | null>(null);
  pools = $state.raw<readonly Pool[]>([]);
  isOn = $state(false);
  hasAll = $state(true);
  lists = $state.raw<readonly ListChoice[]>([]);
  way = $state<ListWay>('printer');
  /** Empty for the system's own choice. */
  printer = $state('');
  folder = $state('');
  isSaved = $state(false);
  readonly refused = new FieldRefusal('day-list.set');

  readonly draft: KeptDraft<DayListForm>;
  readonly #app: App;
  readonly #refuse: (refusal: Refusal) => void;

  constructor(app: App, refuse: (refusal: Refusal) => void) {
    this.#app = app;
    this.#refuse = refuse;
    this.draft = new KeptDraft<DayListForm>(app.api, {
      typed: () => {
        const { isOn, hasAll, lists, way, printer, folder } = this;
        return { isOn, hasAll, lists, way, printer, folder };
      },
      restore: (form) => Object.assign(this, form),
    });
  }

  async load(): Promise<void> {
    const [reply, pools] = await Promise.all([
      this.#app.api.query('day-list.get', {}),
      this.#app.api.query('pool.list', {}),
    ]);
    if (pools.ok) this.pools = pools.value.pools;
    if (!reply.ok) return this.#refuse(reply.error);
    const isFirst = this.view === null;
    this.view = reply.value;
    if (!isFirst) return;
    this.#take(reply.value);
    await this.draft.open('day-list');
  }

  #take({ setting }: View): void {
    if (!setting) return;
    this.isOn = setting.isOn;
    this.hasAll = setting.lists === null;
    this.lists = setting.lists ?? [];
    this.way = setting.way;
    this.printer = setting.printer ?? '';
    this.folder = setting.folder ?? '';
  }

  async saveIdentifiers(identifiers: IdentifierPair): Promise<void> {
    const commandId = crypto.randomUUID();
    if (await this.#app.send('identifiers.set', { identifiers }, commandId))
      undoing.offer(commandId, () => m.settings_identifiers_changed());
  }

  isChosen(list: ListChoice): boolean {
    return this.lists.some(({ poolId, unitId }) => poolId === list.poolId && unitId === list.unitId);
  }

  /** A pool chosen as a whole leaves nothing of it to choose one by one. */
  choose(list: ListChoice, isChosen: boolean): void {
    const others = this.lists.filter(
      ({ poolId, unitId }) =>
        !(poolId === list.poolId && (unitId === list.unitId || (isChosen && list.unitId === null))),
    );
    this.lists = isChosen ? [...others, list] : others;
    this.isSaved = false;
  }

  async chooseFolder(): Promise<void> {
    const reply = await this.#app.api.query('report.choose-folder', {});
    if (!reply.ok) return this.#refuse(reply.error);
    if (reply.value.folder !== null) this.folder = reply.value.folder;
    this.refused.clear();
  }

  async save(): Promise<void> {
    const request: Request<'day-list.set'> = {
      isOn: this.isOn,
      lists: this.hasAll || this.lists.length === 0 ? null : this.lists,
      way: this.way,
      printer: this.printer || null,
      folder: this.folder.trim() || null,
      locale: locale.current,
    };
    const reply = await this.#app.api.command('day-list.set', request);
    this.isSaved = reply.ok;
    this.refused.clear();
    if (!reply.ok && !this.refused.take(reply.error)) this.#refuse(reply.error);
    this.hasAll = request.lists === null;
    if (reply.ok) this.draft.restart();
  }
}
