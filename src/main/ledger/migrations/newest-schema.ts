/**
 * The schema of a new file, as one number: whether a file's schema is right is asked on every start, and making a new
 * file in memory to compare with takes as long as everything else that opening checks. A test makes the number anew.
 */

/** The form that the number is of. A file of another form is compared with what the migrations make. */
export const DIGESTED_VERSION = 49;

/** SHA-256 of what `schemaDigest` reads, hexadecimal. */
export const NEWEST_SCHEMA_DIGEST = '4d505b1de93902b92f4b0a5f4df9228eba6238967ca3bb061870b6ddd233f7fb';
