/**
 * The tools the tests themselves stand on: the project's Node and a better-sqlite3 that loads in it.
 */
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { packageJson } from '../../scripts/lib/project.mjs';

test('runs on the Node 24 that the lockfile brings, not on the system’s', () => {
  expect(process.versions.node).toBe(packageJson().devDependencies.node);
  expect(process.versions.node.startsWith('24.')).toBe(true);
});

test('opens a database with the native file in place', () => {
  const database = new Database(':memory:');
  expect(database.prepare('SELECT 6 * 7').pluck().get()).toBe(42);
  database.close();
});
