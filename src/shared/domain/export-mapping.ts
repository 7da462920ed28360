/**
 * What this clinic's figures are called elsewhere: in DHIS2, which data element each one is and which organisation unit
 * the clinic is; in FHIR, the clinic's identifier. Kept in the ledger as a setting; names no patient.
 */

/** An identifier of the clinic, with the system that gave it. */
export interface OrganisationMapping {
  readonly system: string;
  readonly value: string;
}

/** One figure and the data element it is sent as. */
export interface DataElementMapping {
  /** `<table>/<figure>/<row>`, as `figureKey` makes it. */
  readonly figure: string;
  readonly dataElement: string;
  /** Null: DHIS2's default. */
  readonly categoryOptionCombo: string | null;
}

export interface ExportMapping {
  readonly organisation: OrganisationMapping | null;
  readonly orgUnit: string | null;
  readonly dataSet: string | null;
  readonly dataElements: readonly DataElementMapping[];
}

export const NO_MAPPING: ExportMapping = {
  organisation: null,
  orgUnit: null,
  dataSet: null,
  dataElements: [],
};

/** A DHIS2 identifier: eleven letters and digits, a letter first. */
export const DHIS2_UID = /^[A-Za-z][A-Za-z0-9]{10}$/;

/** What a figure is kept under: the same in every language and period. */
export function figureKey(table: string, figure: string, row: string): string {
  return `${table}/${figure}/${row}`;
}
