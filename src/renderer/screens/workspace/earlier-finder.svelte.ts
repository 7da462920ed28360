/** Tasks that another could come after, by what is typed. */
import type { Api } from '../../api.ts';
import type { TaskRow } from '../../../shared/contract/tasks.ts';
import type { TaskState } from '../../../shared/domain/lifecycle.ts';
import { Finder } from './finder.svelte.ts';

/** Work that was given up never ends. */
const GIVEN_UP: readonly TaskState[] = ['cancelled', 'released', 'missed'];

export class EarlierFinder extends Finder<TaskRow> {
  /** What is typed, until a task is chosen. */
  typed = $state('');

  constructor(api: Api) {
    super(async (text) => {
      const reply = await api.query('task.find', { text });
      return reply.ok ? reply.value.rows.filter((row) => !GIVEN_UP.includes(row.state)) : null;
    });
  }

  override clear(): void {
    super.clear();
    this.typed = '';
  }
}
