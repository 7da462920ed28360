/** The messages that are looked up by the kind of an entry; a bundle keeps those that begin with `ledger_kind_`. */
export * from '../generated/messages.js';
