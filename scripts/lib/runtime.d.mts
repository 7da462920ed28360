/** Types of runtime.mjs for the tests, which are TypeScript. */
export interface Runtime {
  readonly kind: 'override' | 'pinned' | 'registry';
  readonly version: string;
  readonly folder: string;
  readonly executable: string;
}

export function findRuntime(): Runtime | null;
