/** The attributes every form control takes from the field around it. */
import { fieldContext } from './field-context.ts';

export interface ControlAttributes {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': 'true' | undefined;
  readonly 'aria-required': 'true' | undefined;
}

/**
 * @param isUnreadable  whether what is typed cannot be read, which the control says itself (`ControlError`)
 * @returns a function to call in the template, so that a changing error is followed
 */
export function controlAttributes(
  ownId: string,
  isUnreadable: () => boolean = () => false,
): () => ControlAttributes {
  const field = fieldContext();
  const ownErrorId = () => (isUnreadable() ? errorIdOf(ownId) : undefined);
  return () => ({
    id: field?.controlId ?? ownId,
    'aria-describedby': [field?.describedBy, ownErrorId()].filter(Boolean).join(' ') || undefined,
    'aria-invalid': field?.isInvalid || isUnreadable() ? 'true' : undefined,
    'aria-required': field?.isRequired ? 'true' : undefined,
  });
}

/**
 * The name of one part of a control: the field's label, then the part's own `aria-label`. Undefined outside a field.
 */
export function partName(): (partId: string) => string | undefined {
  const field = fieldContext();
  return (partId) => (field ? `${field.labelId} ${partId}` : undefined);
}

/** The id of the words under a control that cannot read what is typed. */
export function errorIdOf(ownId: string): string {
  return `${ownId}-unreadable`;
}

/** Whether the field around it says already what is wrong: then the control itself is silent. */
export function fieldSaysWhatIsWrong(): () => boolean {
  const field = fieldContext();
  return () => field?.isInvalid ?? false;
}
