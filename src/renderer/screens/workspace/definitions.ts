/**
 * The words and fields in which the five workspaces differ: one row per subsystem. What is the same for all of them is
 * said by the components; what differs by nature (the formula's letter, whether it is about a patient) stands in the
 * shared table of subsystems.
 */
import { getSubsystem } from '../../../shared/domain/subsystem.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import { m } from '../../../shared/messages/index.ts';

/** What a task is described by, in the order of the form; `code` is the modality, which the kind of work brings along. */
export const WORKSPACE_FIELDS = [
  'kind',
  'code',
  'patient',
  'needs',
  'duration',
  'urgency',
  'interval',
  'start',
  'due',
  'after',
  'reference',
  'note',
] as const;
export type WorkspaceField = (typeof WORKSPACE_FIELDS)[number];

export interface WorkspaceDefinition {
  /** The fields that its tasks have. */
  readonly fields: readonly WorkspaceField[];
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

/** In the order of the form. */
function fieldsOf(subsystem: SubsystemId): readonly WorkspaceField[] {
  const { isAboutPatient, hasModality, hasInterval } = getSubsystem(subsystem);
  const own: Partial<Record<WorkspaceField, boolean>> = {
    patient: isAboutPatient,
    code: hasModality,
    interval: hasInterval,
  };
  return WORKSPACE_FIELDS.filter((field) => own[field] ?? true);
}

export const WORKSPACES: Readonly<Record<SubsystemId, WorkspaceDefinition>> = {
  records: {
    fields: fieldsOf('records'),
    newTask: m.workspace_new_records,
    kind: m.workspace_kind_records,
    duration: m.workspace_duration_records,
    note: m.workspace_note_records,
    reference: m.workspace_reference_records,
    referenceExample: m.workspace_reference_example_records,
  },
  imaging: {
    fields: fieldsOf('imaging'),
    newTask: m.workspace_new_imaging,
    kind: m.workspace_kind_imaging,
    duration: m.workspace_duration_imaging,
    note: m.workspace_note_imaging,
    reference: m.workspace_reference_imaging,
    referenceExample: m.workspace_reference_example_imaging,
  },
  insurance: {
    fields: fieldsOf('insurance'),
    newTask: m.workspace_new_insurance,
    kind: m.workspace_kind_insurance,
    duration: m.workspace_duration_insurance,
    note: m.workspace_note_insurance,
    reference: m.workspace_reference_insurance,
    referenceExample: m.workspace_reference_example_insurance,
  },
  research: {
    fields: fieldsOf('research'),
    newTask: m.workspace_new_research,
    kind: m.workspace_kind_research,
    duration: m.workspace_duration_research,
    note: m.workspace_note_research,
    reference: m.workspace_reference_research,
    referenceExample: m.workspace_reference_example_research,
  },
  monitoring: {
    fields: fieldsOf('monitoring'),
    newTask: m.workspace_new_monitoring,
    kind: m.workspace_kind_monitoring,
    duration: m.workspace_duration_monitoring,
    note: m.workspace_note_monitoring,
    reference: m.workspace_reference_monitoring,
    referenceExample: m.workspace_reference_example_monitoring,
  },
};

export function hasField(subsystem: SubsystemId, field: WorkspaceField): boolean {
  return WORKSPACES[subsystem].fields.includes(field);
}
