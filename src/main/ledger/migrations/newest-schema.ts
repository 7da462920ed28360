/**
 * The schema of a new file, as one number: whether a file's schema is right is asked on every start, and making a new
 * file in memory to compare with takes as long as everything else that opening checks. A test makes the number anew.
 */

/** The form that the number is of. A file of another form is compared with what the migrations make. */
export const DIGESTED_VERSION = 65;

/** SHA-256 of what `schemaDigest` reads, hexadecimal. */
export const NEWEST_SCHEMA_DIGEST = '9f1947789cc0ca4e2c5b719ef3d836c7ed16cf2cc1e98ded66fb2517728b0500';
