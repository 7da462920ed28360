/** The truth: entries, inserted at the end of the chain and never changed; and the memory of answered commands. */
export const FIRST_ENTRIES_SQL = `
CREATE TABLE entries (
  seq INTEGER PRIMARY KEY CHECK (seq > 0),
  site TEXT NOT NULL CHECK (length(site) BETWEEN 1 AND 64),
  epoch INTEGER NOT NULL CHECK (epoch > 0),
  hlc_ms INTEGER NOT NULL CHECK (hlc_ms >= 0),
  hlc_counter INTEGER NOT NULL CHECK (hlc_counter >= 0),
  effective_seconds INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 64),
  actor TEXT NOT NULL CHECK (length(actor) BETWEEN 1 AND 64),
  command_id TEXT CHECK (length(command_id) BETWEEN 1 AND 64),
  payload TEXT NOT NULL CHECK (json_valid(payload)),
  prev_hash BLOB NOT NULL CHECK (length(prev_hash) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE INDEX entries_by_actor ON entries (actor, seq);
CREATE INDEX entries_by_recorded ON entries (hlc_ms);

CREATE TRIGGER entries_continue_the_chain BEFORE INSERT ON entries
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entries)
  OR NEW.prev_hash IS NOT coalesce((SELECT hash FROM entries ORDER BY seq DESC LIMIT 1), zeroblob(32))
BEGIN SELECT RAISE(ABORT, 'entries: not the next entry of the chain'); END;

CREATE TRIGGER entries_are_never_updated BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'entries: append only'); END;

CREATE TRIGGER entries_are_never_deleted BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'entries: append only'); END;

-- Which entries an accepted command wrote (rebuilt from entries), and what it was answered (kept, not rebuilt).
CREATE TABLE commands (
  command_id TEXT PRIMARY KEY,
  first_seq INTEGER NOT NULL,
  last_seq INTEGER NOT NULL CHECK (last_seq >= first_seq),
  body_digest TEXT CHECK (length(body_digest) = 64),
  reply TEXT CHECK (json_valid(reply)),
  checksum TEXT CHECK (length(checksum) = 64),
  CHECK ((body_digest IS NULL) = (checksum IS NULL))
) STRICT, WITHOUT ROWID;
`;
