/** The messages that are looked up by the code of a refusal; a bundle keeps those that begin with `error_`. */
export * from '../generated/messages.js';
