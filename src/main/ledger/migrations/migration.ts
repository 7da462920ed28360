/** One step of the file's form: static SQL that is run once, in a transaction together with its version number. */
export interface Migration {
  /** Strictly rising; kept in the file as `user_version`. */
  readonly version: number;
  readonly sql: readonly string[];
}
