/** The attributes every form control takes from the field around it. */
import { fieldContext } from './field-context.ts';

export interface ControlAttributes {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': 'true' | undefined;
  readonly 'aria-required': 'true' | undefined;
}

/** @returns a function to call in the template, so that a changing error is followed */
export function controlAttributes(ownId: string): () => ControlAttributes {
  const field = fieldContext();
  return () => ({
    id: field?.controlId ?? ownId,
    'aria-describedby': field?.describedBy,
    'aria-invalid': field?.isInvalid ? 'true' : undefined,
    'aria-required': field?.isRequired ? 'true' : undefined,
  });
}
