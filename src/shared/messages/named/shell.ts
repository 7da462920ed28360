/** The messages that are looked up by the name of a screen; a bundle keeps those that begin with `shell_`. */
export * from '../generated/messages.js';
