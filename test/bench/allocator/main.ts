/**
 * `npm run bench:allocator -- <folder> [--json] [--budgets=1000,5000] [--wt-budget=40000] [--seed=1] [--every=1]
 * [--only=projects,tardiness,clinics,speed]`: reads every PSPLIB `.sm` and OR-Library `wt` file below the folder, plans
 * each by `plan` and prints the figures; "clinics" are the same `.sm` files as clinics with hours and outages, and the
 * sample clinic. Exit code 1 when something that must be reached is missed or a schedule is faulty.
 */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchClinics } from './clinics.ts';
import { benchProjects, isProject, parseBestKnown } from './projects.ts';
import { isKept, tableOf } from './results.ts';
import { benchSpeed } from './speed.ts';
import { SEQUENCES, benchTardiness } from './tardiness.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    budgets: { type: 'string', default: '1000,5000' },
    'wt-budget': { type: 'string', default: '40000' },
    seed: { type: 'string', default: '1' },
    every: { type: 'string', default: '1' },
    only: { type: 'string', default: 'projects,tardiness,clinics,speed' },
  },
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? filesBelow(path) : [path];
    });
}

/** Notes go beside the figures, so that `--json` stays one object. */
function note(text: string): void {
  console.error(`note: ${text}`);
}

const absent = positionals.filter((folder) => !existsSync(folder) || !statSync(folder).isDirectory());
if (absent.length > 0) {
  console.error(`no such folder: ${absent.join(', ')}`);
  process.exit(2);
}
const files = positionals.flatMap(filesBelow);
const every = Number(values.every);
const seed = Number(values.seed);
const parts = values.only.split(',');
const marked = files.filter((path) => path.endsWith('.sm'));
for (const path of marked) if (!isProject(path)) note(`${path} is no instance and is left out`);
const projects = marked.filter(isProject).filter((_, index) => index % every === 0);
const known = files
  .filter((path) => basename(path) === 'best-known.csv')
  .map((path) => readFileSync(path, 'utf8'));
const sequences = files.filter((path) => SEQUENCES.test(basename(path)));
if (projects.length === 0 && (parts.includes('projects') || parts.includes('clinics')))
  note('no PSPLIB .sm files were given, so projects are left out');
else if (projects.length > 0 && known.length === 0)
  note('no best-known.csv was given: deviations are from the critical path');
if (sequences.length === 0 && parts.includes('tardiness'))
  note('no OR-Library wt<n>.txt files were given, so weighted tardiness is left out');
process.on('uncaughtException', (error) => {
  console.error(error instanceof RangeError ? error.message : error);
  process.exit(2);
});
const rows = [
  ...(parts.includes('projects')
    ? benchProjects(
        projects,
        new Map(known.flatMap((text) => [...parseBestKnown(text)])),
        values.budgets.split(',').map(Number),
        seed,
      )
    : []),
  ...(parts.includes('tardiness') ? benchTardiness(sequences, Number(values['wt-budget']), seed, every) : []),
  ...(parts.includes('clinics') ? benchClinics(projects, values.budgets.split(',').map(Number), seed) : []),
  ...(parts.includes('speed') ? benchSpeed() : []),
];
console.log(values.json ? JSON.stringify({ rows }) : tableOf(rows));
process.exitCode = rows.every(isKept) ? 0 : 1;
