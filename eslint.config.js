/**
 * House style as rules (CONTRIBUTING.md). Layers are checked twice: here by import paths, and by one tsconfig per
 * layer. Type-aware rules run where the types are cheap; `.svelte` files are checked for types by svelte-check.
 */
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const typed = ['src/**/*.ts', 'test/**/*.ts'];

/** Refuses imports by path; the message says what to do instead. */
const refuse = (patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });
const from = (group, message) => ({ group, message });

const NO_ELECTRON = from(['electron'], 'Only window/, bridge/ and the composition root know Electron.');
const NO_SQLITE = from(['better-sqlite3'], 'Only ledger/ and security/ open databases.');
const NO_RENDERER = from(['**/renderer/**'], 'The main process never imports the window.');
const NO_MAIN = from(
  ['**/main/**', 'node:*', 'electron', 'better-sqlite3'],
  'The window reaches main through api.ts only.',
);
const mainLayer = (name) => from([`**/${name}/**`], `This layer must not know ${name}/ (docs: layers).`);

/** Which layers of src/main each layer may not import. */
const LAYERS = {
  allocator: ['ledger', 'reports', 'intake', 'security', 'usecases', 'bridge', 'window', 'cli'],
  ledger: ['allocator', 'reports', 'intake', 'security', 'usecases', 'bridge', 'window', 'cli'],
  intake: ['allocator', 'ledger', 'reports', 'security', 'usecases', 'bridge', 'window', 'cli'],
  reports: ['allocator', 'intake', 'security', 'usecases', 'bridge', 'window', 'cli'],
  security: ['allocator', 'reports', 'intake', 'usecases', 'bridge', 'window', 'cli'],
  usecases: ['bridge', 'window', 'cli'],
};

const layerRules = Object.entries(LAYERS).map(([layer, forbidden]) => ({
  files: [`src/main/${layer}/**/*.ts`],
  rules: refuse([
    NO_ELECTRON,
    NO_RENDERER,
    ...(layer === 'ledger' || layer === 'security' ? [] : [NO_SQLITE]),
    ...forbidden.map(mainLayer),
  ]),
}));

/** A syntax that is refused, with why. */
const without = (...entries) => ({
  'no-restricted-syntax': ['error', ...entries.map(([selector, message]) => ({ selector, message }))],
});

const BRIDGE_GLOBAL = [
  "MemberExpression[property.name='clinicAllocator']",
  'Only api.ts talks to the bridge.',
];
const RAW_HTML = ['SvelteMustacheTag[kind="raw"]', 'Raw HTML is refused by the page policy.'];

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      'out/',
      'dist/',
      'demo/',
      '.cache/',
      'test-results/',
      'src/shared/messages/generated/',
    ],
  },
  ...tseslint.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: globals.nodeBuiltin },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', { max: 350, skipBlankLines: false }],
      'max-lines-per-function': ['error', { max: 70, skipComments: true }],
      'no-console': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'], location: 'anywhere' }],
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: typed,
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
  },
  { files: ['src/shared/**/*.ts'], rules: refuse([NO_MAIN, NO_RENDERER]) },
  ...layerRules,
  {
    files: ['src/main/allocator/**/*.ts'],
    rules: without(
      ["MemberExpression[object.name='Date']", 'The planner has no clock: `now` is an argument.'],
      ["NewExpression[callee.name='Date']", 'The planner has no clock: `now` is an argument.'],
      [
        "MemberExpression[object.name='Math'][property.name=/^(random|exp|log|log2|log10|pow|sin|cos|tan|sqrt|cbrt)$/]",
        'Plans are the same on every machine: no randomness, no transcendental maths.',
      ],
      [
        'CallExpression[callee.property.name=/^(localeCompare|toLocaleString)$/]',
        'Compare ids by code units (compareIds).',
      ],
      ["MemberExpression[object.name='Intl']", 'Time-zone data reaches the planner as part of the snapshot.'],
    ),
  },
  {
    files: ['src/main/**/*.ts'],
    ignores: ['src/main/bridge/**', 'src/main/index.ts'],
    rules: without(["ImportSpecifier[imported.name='ipcMain']", 'Only bridge/ listens to pages.']),
  },
  {
    files: ['src/renderer/**/*.{ts,svelte}'],
    languageOptions: { globals: globals.browser },
    rules: {
      ...refuse([NO_MAIN]),
      ...without(
        BRIDGE_GLOBAL,
        RAW_HTML,
        [
          'MemberExpression[property.name=/^(localStorage|sessionStorage|indexedDB|innerHTML|outerHTML)$/]',
          'Nothing is stored in the page, and no HTML is written as text.',
        ],
        [
          'Identifier[name=/^(localStorage|sessionStorage|indexedDB)$/]',
          'Drafts go through draft.set; nothing is stored in the page.',
        ],
      ),
      'svelte/no-at-html-tags': 'error',
      'svelte/no-target-blank': 'error',
      'svelte/require-each-key': 'error',
      // Maps and sets here are local to one computation; state is replaced as a whole ($state.raw).
      'svelte/prefer-svelte-reactivity': 'off',
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  { files: ['src/renderer/api.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['**/*.svelte'],
    rules: {
      'max-lines-per-function': 'off',
      'prefer-const': 'off',
      'svelte/prefer-const': ['error', { excludedRunes: ['$props', '$state', '$derived'] }],
    },
  },
  {
    files: ['test/**/*.ts', 'scripts/**/*.mjs'],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
    rules: {
      'max-lines-per-function': 'off',
      'no-console': 'off',
      ...without([
        "CallExpression[callee.property.name='evaluate'][callee.object.name=/^(electronApp|app)$/], CallExpression[callee.property.name='evaluate'][callee.object.property.name='electronApp']",
        'Use inMain: an answer from a busy main process can be lost, and it asks again.',
      ]),
    },
  },
  { files: ['scripts/lib/app-window.mjs'], rules: { 'no-restricted-syntax': 'off' } },
);
