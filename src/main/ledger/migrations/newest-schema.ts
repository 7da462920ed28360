/**
 * The schema of a new file, as one number: whether a file's schema is right is asked on every start, and making a new
 * file in memory to compare with takes as long as everything else that opening checks. A test makes the number anew.
 */

/** The form that the number is of. A file of another form is compared with what the migrations make. */
export const DIGESTED_VERSION = 58;

/** SHA-256 of what `schemaDigest` reads, hexadecimal. */
export const NEWEST_SCHEMA_DIGEST = '1835e3840039accc769e9d90526d70fb15a361a6cff541ae1cf13d993111fe5c';
