/** One step of the file's form: static SQL that is run once, in one transaction with the other steps a file lacks. */
export interface Migration {
  /** Strictly rising; kept in the file as `user_version`. */
  readonly version: number;
  readonly sql: readonly string[];
  /** Whether rows of earlier entries are different in the new form: then every projection is made anew. */
  readonly rebuilds?: boolean;
}
