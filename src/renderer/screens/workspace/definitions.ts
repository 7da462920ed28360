/**
 * The words and fields in which the five workspaces differ: one row per subsystem. What is the same for all of them is
 * said by the components; what differs by nature (the formula's letter, whether it is about a patient) stands in the
 * shared table of subsystems.
 */
import { taskFieldsOf } from '../../../shared/domain/subsystem.ts';
import type { SubsystemId, TaskField } from '../../../shared/domain/subsystem.ts';
import { m } from '../../../shared/messages/index.ts';

export interface WorkspaceDefinition {
  /** The fields that its tasks have. */
  readonly fields: readonly TaskField[];
  /** The button that opens the form, and the form's title. */
  readonly newTask: () => string;
  /** What the catalogue's rows are here: `Image task and modality`. */
  readonly kind: () => string;
  /** What tᵢ is here: `Processing time`. */
  readonly duration: () => string;
  /** What is worth noting here: `Data set, note`. */
  readonly note: () => string;
  /** What another system calls a task of this kind: `Accession number`. */
  readonly reference: () => string;
  /** What such a reference looks like. */
  readonly referenceExample: () => string;
}

export const WORKSPACES: Readonly<Record<SubsystemId, WorkspaceDefinition>> = {
  records: {
    fields: taskFieldsOf('records'),
    newTask: m.workspace_new_records,
    kind: m.workspace_kind_records,
    duration: m.workspace_duration_records,
    note: m.workspace_note_records,
    reference: m.workspace_reference_records,
    referenceExample: m.workspace_reference_example_records,
  },
  imaging: {
    fields: taskFieldsOf('imaging'),
    newTask: m.workspace_new_imaging,
    kind: m.workspace_kind_imaging,
    duration: m.workspace_duration_imaging,
    note: m.workspace_note_imaging,
    reference: m.workspace_reference_imaging,
    referenceExample: m.workspace_reference_example_imaging,
  },
  insurance: {
    fields: taskFieldsOf('insurance'),
    newTask: m.workspace_new_insurance,
    kind: m.workspace_kind_insurance,
    duration: m.workspace_duration_insurance,
    note: m.workspace_note_insurance,
    reference: m.workspace_reference_insurance,
    referenceExample: m.workspace_reference_example_insurance,
  },
  research: {
    fields: taskFieldsOf('research'),
    newTask: m.workspace_new_research,
    kind: m.workspace_kind_research,
    duration: m.workspace_duration_research,
    note: m.workspace_note_research,
    reference: m.workspace_reference_research,
    referenceExample: m.workspace_reference_example_research,
  },
  monitoring: {
    fields: taskFieldsOf('monitoring'),
    newTask: m.workspace_new_monitoring,
    kind: m.workspace_kind_monitoring,
    duration: m.workspace_duration_monitoring,
    note: m.workspace_note_monitoring,
    reference: m.workspace_reference_monitoring,
    referenceExample: m.workspace_reference_example_monitoring,
  },
};

export function hasField(subsystem: SubsystemId, field: TaskField): boolean {
  return WORKSPACES[subsystem].fields.includes(field);
}
