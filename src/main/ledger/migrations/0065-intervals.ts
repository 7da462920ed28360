/** How often what a task watches is read (decision 0310). */
import type { Migration } from './migration.ts';

export const intervals: Migration = {
  version: 65,
  sql: [`ALTER TABLE tasks ADD COLUMN interval_seconds INTEGER CHECK (interval_seconds > 0)`],
};
