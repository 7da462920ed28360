/** One choice of a select, a combo box or radio rows. */
export interface Option<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
  /** A second, muted text: what the choice means. */
  readonly detail?: string | undefined;
  readonly isDisabled?: boolean;
}
